"""Made documents that were once read wrongly, each with the bug it showed and what it prints.

A new one is a file and a JSON beside it in `tests/regressions/`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract import extract
from pipeline.model import Extract, Fact
from pipeline.readers import read

FOLDER = Path(__file__).parent / "regressions"
SURE = 0.9


def cases() -> list[tuple[Path, dict[str, Any]]]:
    found = []
    for described in sorted(FOLDER.glob("*.json")):
        document = next(path for path in FOLDER.glob(f"{described.stem}.*") if path != described)
        found.append((document, json.loads(described.read_text(encoding="utf-8"))))
    return found


def is_right(fact: Fact, kind: str, value: float | None) -> bool:
    same = value is None or (fact.value is not None and abs(fact.value - Decimal(str(value))) < Decimal("0.00005"))
    return fact.kind == kind and same


def result_of(document: Path) -> Extract:
    return extract(read(document.read_bytes(), document.name))


@pytest.mark.parametrize(("document", "printed"), cases(), ids=lambda case: getattr(case, "stem", ""))
def test_read_as_printed(document: Path, printed: dict[str, Any]) -> None:
    result = result_of(document)
    cells = {(item, applicant): (kind, value) for item, applicant, kind, value in printed["cells"]}
    facts = {(fact.item, fact.applicant): fact for fact in result.facts}
    wrong = [fact for key, fact in facts.items() if key not in cells or not is_right(fact, *cells[key])]
    assert [fact for fact in wrong if fact.confidence >= SURE] == []
    if printed["exact"]:
        assert wrong == []
        assert cells.keys() - facts.keys() == set()
    assert result.form == printed["form"]
    assert "".join(result.titles[0].split()) == "".join(printed["title"].split())
    assert {section.number for section in result.sections} >= set(printed["sections"])
