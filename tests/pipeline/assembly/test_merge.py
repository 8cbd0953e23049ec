"""One report out of a page and its attachments, cell by cell."""

from __future__ import annotations

from decimal import Decimal

from pipeline.assembly.merge import merged_facts, merged_sections
from pipeline.model import Extract, Fact, Mention, Section, ValueKind


def cell(value: int | None, confidence: float = 0.99, item: str = "requests.new") -> Fact:
    kind = ValueKind.BLANK if value is None else ValueKind.NUMBER
    number = None if value is None else Decimal(value)
    raw = "" if value is None else str(value)
    return Fact(item, "total", kind, number, raw, "cell", confidence, reason="" if confidence >= 0.9 else "unsure")


def extract(*facts: Fact, form: str = "2021", sections: tuple[Section, ...] = (), number: int = 0) -> Extract:
    mentions = tuple(Mention(one.number, "x", Decimal(number), "件", False, "", 0, 1) for one in sections)
    return Extract("html", form, (), None, None, "", facts, sections, mentions)


def test_a_cell_comes_from_where_it_is_read_most_surely() -> None:
    best, other = extract(cell(3, 0.7), cell(1, item="a")), extract(cell(8, 0.95), cell(2, item="b"))
    found = {fact.item: (fact.value, fact.confidence) for fact in merged_facts([best, other])}
    assert found == {"requests.new": (8, 0.95), "a": (1, 0.99), "b": (2, 0.99)}


def test_two_sure_readings_that_disagree_are_a_doubt_with_its_reason() -> None:
    (fact,) = merged_facts([extract(cell(3)), extract(cell(8))])
    assert (fact.value, fact.confidence < 0.9) == (3, True)
    assert "'8'" in fact.reason


def test_a_blank_and_a_zero_do_not_disagree_and_an_unsure_reading_doubts_no_sure_one() -> None:
    assert merged_facts([extract(cell(0)), extract(cell(None))]) == (cell(0),)
    assert merged_facts([extract(cell(3)), extract(cell(8, 0.8))]) == (cell(3),)


def test_another_forms_cells_are_not_mixed_in() -> None:
    assert merged_facts([extract(cell(3)), extract(cell(8, item="other"), form="2014")]) == (cell(3),)


def test_a_page_without_a_form_of_its_own_adds_what_no_other_has() -> None:
    last = extract(cell(5), cell(1, item="review.upheld"), cell(2, item="strange"), form="narrative")
    assert merged_facts([extract(cell(3)), last]) == (cell(3), cell(1, item="review.upheld"))


def test_a_section_comes_with_its_mentions_from_the_best_unless_another_has_clearly_more() -> None:
    short, long = Section(1, "一、总体情况", "短文" * 20), Section(1, "总体情况", "长文" * 40)
    padded = Section(1, "总体情况", "短 文 " * 20)
    for sections, chosen, number in (((short, padded), short, 1), ((short, long), long, 2), ((long, short), long, 1)):
        one, two = (extract(sections=(section,), number=place) for place, section in enumerate(sections, start=1))
        found, mentions = merged_sections([one, two])
        assert found == (chosen,)
        assert [mention.value for mention in mentions] == [number]
