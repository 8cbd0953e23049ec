"""A report before it enters: what of it may, and what goes to quarantine.

A cell, a section or a mention that breaks a constraint stays out alone, and the report is judged anew without it: one
cell that was misread must not cost the two hundred beside it, and `missing_item` tells that it is not there. What makes
the report itself doubtful - who says it, where, about which year - keeps all of it out: its rows would stand under a
wrong name. A date that cannot be is left out of its row.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TypeVar

from pipeline.checks import CheckContext, run_checks
from pipeline.completeness import status_of
from pipeline.forms import forms
from pipeline.model import Fact, Finding, Mention, Report, Section
from pipeline.warehouse.constraints import (
    Known,
    day_reason,
    fact_reason,
    finding_reason,
    mention_reason,
    report_reason,
    section_reason,
)
from pipeline.warehouse.content import ReportRows
from pipeline.warehouse.quarantine import Quarantined, quarantined

Part = TypeVar("Part", Fact, Section, Mention, Finding)


@dataclass(frozen=True, slots=True)
class Examined:
    rows: ReportRows | None  # what may enter
    broken: tuple[Quarantined, ...]


def examine(rows: ReportRows, known: Known) -> Examined:
    report = rows.report
    reason = report_reason(report, known)
    if reason is not None:
        return Examined(None, (whole(report, reason),))
    broken: list[Quarantined] = []
    reason = day_reason(report)
    if reason is not None:
        broken.append(whole(report, reason))
        report = replace(report, published_on=None)
    facts = _sound(report, "facts", _once(report.facts, _cell), lambda one: fact_reason(one, report.form), broken)
    sections = _sound(report, "sections", _once(report.sections, _number), section_reason, broken)
    lengths = {one.number: len(one.text) for one in sections}
    mentions = _sound(report, "mentions", _free(report.mentions), lambda one: mention_reason(one, lengths), broken)
    kept = replace(report, facts=facts, sections=sections, mentions=mentions)
    findings = rows.findings
    if broken:
        kept = replace(kept, status=status_of(report.form, facts))
        findings = tuple(run_checks(CheckContext(kept, forms().get(report.form))))
    findings = _sound(report, "checks", _free(findings), finding_reason, broken)
    return Examined(ReportRows(kept, findings), tuple(broken))


def whole(report: Report, reason: str) -> Quarantined:
    """The report's own row."""
    row: dict[str, object] = {
        "report_id": report.report_id,
        "province": report.province,
        "year": report.year,
        **asdict(report.authority),
        "title": report.title,
        "form": report.form,
        "status": report.status,
        "published_on": report.published_on,
        **asdict(report.source),
    }
    key = report.report_id or report.source.file_url
    return quarantined("reports", (key,), report.report_id, report.source.file_url, row, reason)


# --- parts, each with what its key says against it -------------------------------------------------------

_TWICE = "同一项出现两次 / the same one twice"
_CONTESTED = "同一项出现两次而内容不同 / the same one twice, with different contents"


def _cell(fact: Fact) -> Hashable:
    return fact.item, fact.applicant


def _number(section: Section) -> Hashable:
    return section.number


def _free(parts: Sequence[Part]) -> list[tuple[Part, str | None]]:
    """Of a kind that has no key."""
    return [(part, None) for part in parts]


def _once(parts: Sequence[Part], key: Callable[[Part], Hashable]) -> list[tuple[Part, str | None]]:
    """What says the same under one key stays once; where it does not, nobody knows which is right, and none stays."""
    first: dict[Hashable, Part] = {}
    contested = {key(part) for part in parts if first.setdefault(key(part), part) != part}
    met: set[Hashable] = set()
    told: list[tuple[Part, str | None]] = []
    for part in parts:
        mark = key(part)
        told.append((part, _CONTESTED if mark in contested else _TWICE if mark in met else None))
        met.add(mark)
    return told


def _sound(
    report: Report,
    table: str,
    parts: Sequence[tuple[Part, str | None]],
    rule: Callable[[Part], str | None],
    broken: list[Quarantined],
) -> tuple[Part, ...]:
    sound = []
    for part, twice in parts:
        reason = twice or rule(part)
        if reason is None:
            sound.append(part)
            continue
        row: dict[str, object] = asdict(part)
        named = (report.report_id, *(row[name] for name in _KEYS[table]))
        broken.append(quarantined(table, named, report.report_id, report.source.file_url, row, reason))
    return tuple(sound)


_KEYS = {
    "facts": ("item", "applicant"),
    "sections": ("number",),
    "mentions": ("section", "start"),
    "checks": ("rule", "item", "applicant"),
}
