"""Which readings the sums of a form choose, confirm and contradict, and what they leave alone."""

from __future__ import annotations

from decimal import Decimal

from pipeline.extract.arithmetic import settled
from pipeline.extract.facts import SURE
from pipeline.forms import forms
from pipeline.model import Cell, Document, Fact, Grid
from pipeline.numerals import parse_cell

FORM = forms()["2021"]
PARTS = [applicant.code for applicant in FORM.applicants if not applicant.sum]
GRANTED = ("outcome.granted", "enterprise")


def printed_amounts() -> dict[tuple[str, str | None], int]:
    """A consistent section 3: 38 granted and 5 partly so for enterprises, all of them new."""
    items = [item.item for item in FORM.items if FORM.per_applicant(item) and item.item != "outcome.other"]
    amounts = {(item, applicant): 0 for item in items for applicant in [*PARTS, "total"]}
    for applicant in ("enterprise", "total"):
        amounts["outcome.granted", applicant] = 38
        amounts["outcome.partial", applicant] = 5
        amounts["outcome.total", applicant] = 43
        amounts["requests.new", applicant] = 43
    return amounts


class Scan:
    """Facts as they come from a scan, each in a cell of its own."""

    def __init__(self, method: str = "ocr") -> None:
        self.method = method
        self.said = {key: (str(amount), 0.99, ()) for key, amount in printed_amounts().items()}

    def read(self, key: tuple[str, str | None], text: str, confidence: float, *alternatives: str) -> None:
        self.said[key] = (text, confidence, alternatives)

    def settled(self) -> dict[tuple[str, str | None], Fact]:
        facts, cells = [], []
        for place, ((item, applicant), (text, confidence, alternatives)) in enumerate(self.said.items()):
            bbox = (0.0, float(place), 1.0, place + 1.0)
            kind, value = parse_cell(text, "件")
            reason = "" if confidence >= SURE else "OCR is unsure"
            facts.append(Fact(item, applicant, kind, value, text, self.method, confidence, 1, bbox, reason=reason))
            cells.append(Cell(text, place, 0, 1, 1, 1, bbox, self.method, confidence, tuple(alternatives)))
        document = Document("scan", "application/pdf", (Grid(tuple(cells), 1),))
        return {(fact.item, fact.applicant): fact for fact in settled(facts, FORM, document)}


def test_the_alternative_with_which_two_independent_sums_hold_is_taken_and_nearly_sure() -> None:
    scan = Scan()
    scan.read(GRANTED, "33", 0.6, "38", "88")
    fact = scan.settled()[GRANTED]
    assert (fact.raw, fact.value, fact.method) == ("38", Decimal(38), "ocr")
    assert SURE <= fact.confidence < 0.99
    assert "'33'" in fact.reason and "'38'" in fact.reason and "applicant_sum" in fact.reason


def test_where_only_one_sum_tells_the_choice_stays_doubtful() -> None:
    scan = Scan()
    for key in [key for key in scan.said if key[1] not in ("enterprise", None) and key[0] == "outcome.granted"]:
        del scan.said[key]  # no row to add up
    scan.read(GRANTED, "33", 0.6, "38")
    fact = scan.settled()[GRANTED]
    assert fact.raw == "38" and fact.confidence < SURE


def test_where_two_alternatives_fit_none_is_taken() -> None:
    scan = Scan()
    for key in list(scan.said):
        if key[1] == "total":
            del scan.said[key]  # only the columns add up
    scan.read(GRANTED, "33", 0.6, "38", "36")
    scan.read(("outcome.partial", "enterprise"), "6", 0.6, "5", "7")
    facts = scan.settled()
    assert facts[GRANTED].raw == "33" and facts["outcome.partial", "enterprise"].raw == "6"


def test_what_no_reading_makes_whole_stays_as_it_was_read() -> None:
    scan = Scan()
    scan.read(GRANTED, "33", 0.6, "35")
    fact = scan.settled()[GRANTED]
    assert (fact.raw, fact.confidence, fact.reason) == ("33", 0.6, "OCR is unsure")


def test_a_weak_number_that_two_independent_sums_confirm_is_nearly_sure_but_a_weak_0_is_not() -> None:
    scan = Scan()
    scan.read(GRANTED, "38", 0.7, "33")
    scan.read(("outcome.partial", "research"), "0", 0.7)
    facts = scan.settled()
    assert SURE <= facts[GRANTED].confidence < 0.99 and facts[GRANTED].reason == ""
    assert facts["outcome.partial", "research"].confidence == 0.7


def test_a_sure_digit_that_sums_contradict_is_doubted_where_one_that_looks_alike_would_fit() -> None:
    scan = Scan()
    scan.read(GRANTED, "36", 0.99)
    fact = scan.settled()[GRANTED]
    assert fact.raw == "36" and fact.confidence < SURE and "'38'" in fact.reason


def test_a_sure_number_is_left_where_nothing_alike_would_fit() -> None:
    scan = Scan()
    scan.read(GRANTED, "91", 0.99)
    assert scan.settled()[GRANTED].confidence == 0.99


def test_clear_prints_are_left_alone_whatever_the_sums_say() -> None:
    scan = Scan(method="cell")
    scan.read(GRANTED, "36", 0.6, "38")
    fact = scan.settled()[GRANTED]
    assert (fact.raw, fact.confidence) == ("36", 0.6)
