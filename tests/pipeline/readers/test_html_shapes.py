"""One report in every shape of table, every skin of page and every hiding place: the same cells and the same prose."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from pipeline.extract import extract
from pipeline.forms import Item, forms
from pipeline.model import Extract
from pipeline.readers import read
from tests.support.pages import FAMILIES, name_of, page
from tests.support.printed import CellKey, Style, items_printed, printed_report
from tests.support.shapes import OUT_OF_SIGHT, PROSE, SHAPES, out_of_sight, report_body

FORM = forms()["2021"]
TITLE = "某县教育局2024年政府信息公开工作年度报告"
STYLE = Style()


def printed_values(seed: int = 7) -> dict[CellKey, str]:
    """Figures whose sums hold, for every cell of the form."""
    chance = random.Random(seed)
    spare = {code for pair in FORM.alternatives for code in pair.one}
    numbers: dict[CellKey, int] = {}
    for item in FORM.items:
        for applicant in applicants_of(item):
            numbers[item.item, applicant] = (
                0 if item.item in spare else chance.choice([0, 0, 1, chance.randint(2, 900)])
            )
    for rule in sorted(FORM.sums, key=lambda rule: len(rule.left)):  # what other sums are made of first
        for applicant in applicants_of(next(item for item in FORM.items if item.item == rule.left[0])):
            numbers |= {(code, applicant): 0 for code in rule.left[1:]}
            numbers[rule.left[0], applicant] = sum(numbers[code, applicant] for code in rule.right)
    for item in FORM.items:
        if FORM.per_applicant(item):
            of_all = sum(numbers[item.item, one.code] for one in FORM.applicants if not one.sum)
            numbers[item.item, FORM.sum_applicant] = of_all
    return {key: str(number) for key, number in numbers.items()}


def applicants_of(item: Item) -> list[str | None]:
    return [one.code for one in FORM.applicants] if FORM.per_applicant(item) else [None]


VALUES = printed_values()
PRINTED = {key: value for key, value in VALUES.items() if key[0] in {item.item for item in items_printed(FORM, STYLE)}}
BLOCKS = printed_report(FORM, VALUES, STYLE)


def read_page(family: str, body: str) -> Extract:
    return extract(read(page(family, TITLE, body, authority="某县教育局"), name_of(family)))


def surely_wrong(found: Extract) -> list[str]:
    return [
        f"{fact.item} {fact.applicant}: {fact.raw}"
        for fact in found.facts
        if fact.confidence >= 0.9 and fact.value != Decimal(PRINTED.get((fact.item, fact.applicant), "-1"))
    ]


def exact(found: Extract) -> int:
    return sum(fact.value == Decimal(PRINTED.get((fact.item, fact.applicant), "-1")) for fact in found.facts)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_read_whatever_the_table_is_made_of(shape: str) -> None:
    found = read_page("trs", report_body(BLOCKS, shape))
    assert surely_wrong(found) == []
    assert exact(found) == len(PRINTED) == len(found.facts)
    assert {part.number: part.text for part in found.sections}[6] == PROSE["六"]


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_of_the_page_around_it_gets_into_a_report(family: str) -> None:
    found = read_page(family, report_body(BLOCKS, "plain"))
    assert exact(found) == len(PRINTED) == len(found.facts)
    assert all(fact.confidence >= 0.9 for fact in found.facts)
    assert found.titles[0] == TITLE
    expected = {1: PROSE["一"], 2: "", 3: "", 4: "", 5: PROSE["五"], 6: PROSE["六"]}
    assert {part.number: part.text for part in found.sections} == expected


@pytest.mark.parametrize("kind", OUT_OF_SIGHT)
def test_a_report_that_only_a_script_would_show_is_read(kind: str) -> None:
    found = read_page("ucap", out_of_sight(report_body(BLOCKS, "plain"), kind))
    assert exact(found) == len(PRINTED) == len(found.facts)
    assert found.titles[0] == TITLE


def test_what_is_hidden_or_quoted_in_a_script_does_not_stand_beside_what_is_shown() -> None:
    """The markup system of 广东 carries the article twice; last year's numbers may lie hidden in the page."""
    hidden = f"<div style='display:none'>{report_body(printed_report(FORM, printed_values(8), STYLE), 'plain')}</div>"
    found = read_page("gkmlpt", hidden + report_body(BLOCKS, "plain"))
    assert exact(found) == len(PRINTED) == len(found.facts)


@pytest.mark.parametrize(("encoding", "family"), [("gb18030", "trs"), ("utf-8", "km_gbk"), ("utf-16", "ucap")])
def test_a_page_in_another_encoding_than_it_declares_is_read(encoding: str, family: str) -> None:
    body = page(family, TITLE, report_body(BLOCKS, "plain"), authority="某县教育局", encoding=encoding)
    found = extract(read(body, "a.html", charset="iso-8859-1"))
    assert exact(found) == len(PRINTED)
    assert found.titles[0] == TITLE
