"""The meanings of codes: every code that a column may hold has one, and its number in Stata files stays."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from pipeline.forms import forms
from pipeline.warehouse.codes import code_labels, coded_columns
from tests.pipeline.warehouse.conftest import Load

CHECKED = r"\(?\"?(\w+)\"? IN \((.+?)\)"


@pytest.fixture
def allowed(load: Load, tmp_path: Path) -> dict[tuple[str, str], set[str]]:
    """What the tables' own constraints let into their columns."""
    load()
    with duckdb.connect(str(tmp_path / "nianbao.duckdb"), read_only=True) as db:
        rows = db.execute(
            "SELECT table_name, constraint_text FROM duckdb_constraints() WHERE constraint_type = 'CHECK'"
        ).fetchall()
    found = ((table, re.search(CHECKED, text)) for table, text in rows)
    return {(table, match[1]): set(re.findall(r"'([^']+)'", match[2])) for table, match in found if match}


def test_the_codes_are_those_that_the_tables_take(allowed: dict[tuple[str, str], set[str]]) -> None:
    for column in ("reports.level", "reports.status", "facts.kind", "facts.method", "checks.severity"):
        table, name = column.split(".")
        assert set(code_labels(table, name)) == allowed[table, name], column


def test_every_code_is_explained_in_both_languages() -> None:
    for column in coded_columns():
        assert all(code.zh and re.search(r"[A-Za-z]", code.en) for code in column.codes), column.name
        assert len({code.code for code in column.codes}) == len(column.codes), column.name


def test_a_newer_form_takes_the_next_number() -> None:
    oldest_first = sorted(forms(), key=lambda form: forms()[form].from_year)
    assert list(code_labels("reports", "form")) == ["narrative", *oldest_first]
    assert list(code_labels("missing", "reason")) and not code_labels("facts", "reason")
