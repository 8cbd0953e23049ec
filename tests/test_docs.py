"""The documents against what they speak of: tables made from the database, links that lead somewhere, one version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from pipeline.resources import ROOT
from pipeline.warehouse.documentation import PAGE, note_of, page, relations

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```", re.M | re.S)


def project() -> dict[str, str]:
    declared: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return declared


# --- docs/tables.md --------------------------------------------------------------------------------------


def test_the_page_of_tables_is_what_the_database_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m pipeline.warehouse.documentation"


def test_every_table_and_column_is_explained_in_chinese_and_english() -> None:
    notes = {one.name: one.note for one in relations()}
    notes |= {f"{one.name}.{column.name}": column.note for one in relations() for column in one.columns}
    unexplained = [
        name
        for name, note in notes.items()
        if not re.search(r"[\u4e00-\u9fff0-9]", note.chinese) or not re.search(r"[A-Za-z]", note.english)
    ]
    assert unexplained == []


def test_a_comment_is_divided_where_the_languages_meet() -> None:
    note = note_of("行政区划，GB/T 2260 / Divisions by GB/T 2260 / ISO")
    assert (note.chinese, note.english) == ("行政区划，GB/T 2260", "Divisions by GB/T 2260 / ISO")
    assert note_of("是否约数（余、约）/ Whether approximate").chinese == "是否约数（余、约）"
    assert note_of(None) == note_of("")


# --- links -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings_that_exist(document: Path) -> None:
    text = _FENCED.sub("", document.read_text(encoding="utf-8"))
    broken = [
        link for link in _LINK.findall(text) if not link.startswith("http") and not leads_somewhere(document, link)
    ]
    assert broken == []


def leads_somewhere(document: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    target = (document.parent / name).resolve() if name else document
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(target)


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- licence and citation ----------------------------------------------------------------------------------


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project()["license"] == "Apache-2.0"
    assert "Apache License" in text and "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_citation_names_the_version_that_is_here() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == project()["version"]
    assert citation["license"] == project()["license"]
