"""Journals: what was written is there, whatever a kill tore off."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import jsonl
from pipeline.model import Fact, ValueKind


@dataclass(frozen=True)
class Entry:
    text: str
    number: Decimal
    day: date | None


entries = st.builds(
    Entry,
    text=st.text(st.characters(exclude_categories=["Cs"])),
    number=st.decimals(allow_nan=False, allow_infinity=False, places=4),
    day=st.none() | st.dates(),
)


@given(st.lists(st.lists(entries, max_size=4), max_size=4))
def test_what_is_appended_is_read_in_order(batches: list[list[Entry]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new" / "journal.jsonl"
        for batch in batches:
            jsonl.append(path, batch)
        assert list(jsonl.read(path, Entry)) == [entry for batch in batches for entry in batch]


@given(st.lists(entries, min_size=1, max_size=4), entries, st.data())
def test_a_torn_end_costs_the_torn_line_only(before: list[Entry], after: Entry, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        jsonl.append(path, before)
        whole = path.read_bytes()
        kept = whole[: data.draw(st.integers(0, len(whole) - 1))]
        path.write_bytes(kept)
        complete = before[: kept.count(b"\n")]
        assert list(jsonl.read(path, Entry)) == complete
        jsonl.append(path, [after])
        read = list(jsonl.read(path, Entry))
        assert read[: len(complete)] == complete and read[-1] == after
        assert len(read) <= len(complete) + 2  # a line torn before its end alone is whole


def test_no_journal_is_an_empty_one(tmp_path: Path) -> None:
    assert list(jsonl.read(tmp_path / "none.jsonl", Entry)) == []


@pytest.mark.parametrize("kind", list(ValueKind))
def test_decimals_and_kinds_come_back_as_they_were(kind: ValueKind) -> None:
    fact = Fact("fees.total", None, kind, Decimal("0.1000"), "0.1000", "cell", 0.999, page=2, bbox=(1.5, 2, 3, 4))
    assert jsonl.loads(Fact, jsonl.dumps(fact)) == fact
