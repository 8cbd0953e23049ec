"""Machines that share a lake: data folders with loads of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from pipeline import warehouse
from pipeline.model import Report
from pipeline.warehouse import Lake, ReportRows
from tests.pipeline.warehouse.synthetic import DIVISIONS, WHEN, make_outcome, make_portal, make_report, make_run, rows

COUNTED = ("reports", "facts", "sections", "checks", "mentions", "report_versions", "fact_versions", "quarantine")


def machine(folder: Path, numbers: list[int], *, hour: int = 0, add: int = 0) -> Path:
    """A data folder that has loaded these reports at that hour."""
    load(folder, [rows(corrected(make_report(number), add)) for number in numbers], hour=hour)
    return folder


def load(folder: Path, given: Sequence[ReportRows], *, hour: int = 0, crawled: str = "") -> None:
    """`crawled` is the state that the crawl of the one portal ended in."""
    when = WHEN + timedelta(hours=hour)
    run = replace(make_run(f"{folder.name}-{hour}"), started_at=when, finished_at=when)
    warehouse.load(
        folder,
        reports=given,
        documents=(),
        portals=[make_portal()] if crawled else (),
        outcomes=[make_outcome(state=crawled)] if crawled else (),
        run=run,
        divisions=DIVISIONS,
    )


def corrected(report: Report, add: int) -> Report:
    first = report.facts[0]
    assert first.value is not None
    value = first.value + Decimal(add)
    return replace(report, facts=(replace(first, value=value, raw=str(value)), *report.facts[1:]))


def counts(place: Path | Lake) -> dict[str, int]:
    each = ", ".join(f"(SELECT count(*) FROM {name})" for name in COUNTED)
    [found] = warehouse.query(place, f"SELECT {each}").rows
    return dict(zip(COUNTED, found, strict=True))
