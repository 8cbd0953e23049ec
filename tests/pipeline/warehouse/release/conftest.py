"""One warehouse with what is awkward in each format, and releases of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import warehouse
from pipeline.model import Fact, Section, ValueKind
from tests.pipeline.warehouse.synthetic import (
    DIVISIONS,
    make_fact,
    make_portal,
    make_report,
    make_run,
    rows,
)

Rows = list[tuple[Any, ...]]

FORMULA = '=HYPERLINK("http://example","x")'
AWKWARD_RAW = ("-5", "+3", "-", "－", "@a", "-一", "'=1+1", '1,5"x"\n第二行', "x\x01_x000D_")


def awkward_facts() -> tuple[Fact, ...]:
    """Cells that a spreadsheet may misread, each with what it prints."""
    items = ("requests.new", "requests.carried_in", "outcome.granted", "outcome.partial", "outcome.total",
             "outcome.denied.state_secret", "review.total", "review.upheld", "review.other")  # fmt: skip
    values = (Decimal(-5), Decimal(3), None, None, None, None, None, Decimal("0.0001"), None)
    return tuple(
        replace(
            make_fact(item, "total" if item[0] == "o" or item[2] == "q" else None, value, raw=raw),
            kind=ValueKind.NUMBER if value is not None else ValueKind.TEXT,
            page=2,
            bbox=(1.5, 2.0, 3.25, 4.0),
        )
        for item, value, raw in zip(items, values, AWKWARD_RAW, strict=True)
    )


@pytest.fixture(scope="package")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("held")
    reports = [
        make_report(1, 2023),
        make_report(1, 2024),
        make_report(2, 2016, form="2014"),
        make_report(2, 2020, form="2019"),
        make_report(3, 2024, form="narrative", status="narrative", published_on=None),
        make_report(4, 2024, province="320000", title=FORMULA, facts=awkward_facts(),
                    sections=(Section(1, "-一、概述", "总" * 40_000), Section(2, "二", ""))),
    ]  # fmt: skip
    loaded = warehouse.load(
        data,
        reports=[rows(report) for report in reports],
        documents=(),
        portals=(make_portal(),),
        outcomes=(),
        run=make_run(),
        divisions=DIVISIONS,
    )
    assert loaded.new == len(reports)
    return data


@pytest.fixture(scope="package")
def release(held: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The release in a format, made once."""
    made: dict[str, Path] = {}

    def _release(format: str) -> Path:
        if format not in made:
            made[format] = tmp_path_factory.mktemp("releases") / format
            warehouse.export(held, made[format], format=format)
        return made[format]

    return _release


@pytest.fixture
def stored(held: Path) -> Callable[..., Rows]:
    """A table's rows as the published file has them, sorted by all that is in them."""

    def _stored(table: str, columns: str = "*") -> Rows:
        with duckdb.connect(str(held / "nianbao.duckdb"), read_only=True) as db:
            return db.execute(f'SELECT {columns} FROM "{table}"').fetchall()

    return _stored
