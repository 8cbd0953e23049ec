"""Which form a table is read by: its own labels decide, not the rest of the document."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from pipeline.extract import extract
from pipeline.extract.facts import SURE
from pipeline.forms import forms
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.readers.lines import grid_of_rows
from tests.pipeline.extract.test_matcher import consistent
from tests.support.printed import Style, printed_report


def read(blocks: list[Block], title: str = "") -> Document:
    return Document("html", "text/html", tuple(blocks), title=title)


def report(form_code: str, seed: int, year: int | None = None) -> tuple[list[Block], dict[tuple[str, str | None], str]]:
    form = forms()[form_code]
    printed = {key: str(figure) for key, figure in consistent(form, Style(), Random(seed)).items()}
    blocks = printed_report(form, printed, Style())
    title = Paragraph(f"某县教育局{year or form.from_year}年政府信息公开工作年度报告")
    return [title, *blocks[1:]], printed


def test_rows_of_a_local_table_are_read_in_doubt_and_the_report_stays_narrative() -> None:
    rows = [
        ["项目", "单位", "数量"],
        ["主动公开政府信息数", "条", "12"],
        ["举报投诉数量", "件", "3"],
        ["参观人数", "人", "800"],
        ["兼职人员数", "人", "2"],
    ]
    grid = replace(grid_of_rows(rows, 1), exact=True)
    result = extract(read([Paragraph("某县教育局2012年政府信息公开工作年度报告"), Paragraph("一、概述"), grid]))
    assert result.form == "narrative"
    values = {fact.item: fact.value for fact in result.facts}
    assert values == {
        "disclosed.total": Decimal(12),
        "complaints.total": Decimal(3),
        "organisation.staff_part_time": Decimal(2),
    }
    assert all(fact.confidence < SURE and fact.reason for fact in result.facts)


def test_each_table_keeps_its_own_items_where_a_report_mixes_two_forms() -> None:
    newer, printed = report("2021", 1)
    older, printed_older = report("2019", 2)
    section_2 = next(block for block in older if isinstance(block, Grid))
    first = next(place for place, block in enumerate(newer) if isinstance(block, Grid))
    grids_2 = [place for place, block in enumerate(newer) if isinstance(block, Grid)][:4]
    mixed = [block for place, block in enumerate(newer) if place not in grids_2]
    mixed.insert(first, section_2)
    result = extract(read(mixed))
    facts = {(fact.item, fact.applicant): fact.raw for fact in result.facts}
    assert result.form == "2019"  # told by section 2, in which they differ most
    assert facts["regulations.made", None] == printed_older["regulations.made", None]
    assert facts["outcome.other.unpaid", "total"] == printed["outcome.other.unpaid", "total"]


def test_of_two_reports_in_a_file_the_newer_is_read_and_the_other_told() -> None:
    last, _ = report("2021", 3, 2022)
    this, printed = report("2021", 4, 2023)
    for blocks in (last + this, this + last):
        result = extract(read(blocks))
        assert {(fact.item, fact.applicant): fact.raw for fact in result.facts} == printed
        assert len(result.doubts) == 1 and "2023" in result.doubts[0]
        assert result.titles[0].startswith("某县教育局2023年")
