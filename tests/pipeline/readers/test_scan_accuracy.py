"""Reports of the sample through the scanner that accuracy is asked for, and through worse: nearly every cell is as
printed, and what is not so is not sure."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.model import Fact
from pipeline.readers.scan.document import read_scanned_pdf
from tests.support.gold import gold_of, sample_document
from tests.support.reports.comparing import compare
from tests.support.reports.making import make
from tests.support.reports.options import Options
from tests.support.scanned import OFFICE, Damage, any_damage, scanned_pdf

pytestmark = pytest.mark.slow

SURE = 0.9
ASKED = 0.997
MOST_ARE_READ = 0.95  # a row whose label a seal covers may be lost


def facts_of(slug: str, damage: Damage, seed: int) -> dict[tuple[str, str | None], Fact]:
    scanned = scanned_pdf(sample_document(slug, "pdf").read_bytes(), damage, seed)
    return {(fact.item, fact.applicant): fact for fact in extract(read_scanned_pdf(scanned)).facts}


@pytest.mark.parametrize("slug", ["longde-gaj-2024", "shizuishan-gaj-2022"])
def test_an_office_scan_is_read_as_printed(slug: str) -> None:
    wanted, read = gold_of(slug).cells, facts_of(slug, OFFICE, 7)
    exact = [key for key, amount in wanted.items() if key in read and read[key].amount == amount]
    assert len(exact) >= ASKED * len(wanted)
    assert surely_wrong(wanted, read) == []


@pytest.mark.parametrize("form", ["2019", "2014"])
def test_small_hyphens_and_slashes_are_no_blanks(form: str) -> None:
    made = make(Options(7, format="pdf", style="figures right", form=form, profile="quiet", hand="dashes"))
    facts = extract(read_scanned_pdf(scanned_pdf(made.body, OFFICE, 7))).facts
    found = compare(made.printed, facts)
    assert [str(one) for one in (*found.wrong, *found.missing)] == []
    assert found.exact_sure >= MOST_ARE_READ * found.cells


@pytest.mark.parametrize(("style", "form"), [("horizontal lines", "2021"), ("no lines", "2019")])
def test_a_table_without_lines_between_its_columns_is_read_as_printed(style: str, form: str) -> None:
    made = make(Options(7, format="pdf", style=style, form=form, hand="dashes"))
    facts = extract(read_scanned_pdf(scanned_pdf(made.body, OFFICE, 7))).facts
    found = compare(made.printed, facts)
    assert found.exact >= ASKED * found.cells
    assert [str(one) for one in found.wrong] == []


WORSE = {
    "under a seal and unevenly lit": Damage(skew=-0.7, noise=3, seal=True, uneven_light=50),
    "with the back shining through": Damage(dpi=200, skew=0.5, noise=4, bleed_through=0.15),
    "two pages on a sheet": Damage(skew=0.4, noise=3, two_pages=True),
    "anything": any_damage(11),
}


@pytest.mark.parametrize("how", WORSE)
def test_a_worse_scan_is_never_silently_wrong(how: str) -> None:
    wanted, read = gold_of("zhongwei-gaj-2024").cells, facts_of("zhongwei-gaj-2024", WORSE[how], 3)
    assert surely_wrong(wanted, read) == []
    assert len(read) >= MOST_ARE_READ * len(wanted)


def surely_wrong(wanted: dict, read: dict[tuple[str, str | None], Fact]) -> list[str]:
    return [
        f"{key}: {fact.raw} {fact.confidence}"
        for key, fact in read.items()
        if fact.confidence >= SURE and fact.amount != wanted.get(key, -1)
    ]
