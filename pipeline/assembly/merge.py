"""One report out of a page and its attachments: each fact and each section from where it is best printed."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.forms import Form, forms
from pipeline.model import Extract, Fact, Mention, Section


def merged_facts(extracts: Sequence[Extract]) -> tuple[Fact, ...]:
    """Those of the best extract; others of the same form only add what it lacks."""
    best = extracts[0]
    facts = {(fact.item, fact.applicant): fact for fact in best.facts}
    for extract in extracts[1:]:
        if extract.form == best.form:
            for fact in extract.facts:
                facts.setdefault((fact.item, fact.applicant), fact)
    return tuple(facts.values())


def merged_sections(extracts: Sequence[Extract]) -> tuple[tuple[Section, ...], tuple[Mention, ...]]:
    """For every section number the longest text, with the mentions found in it."""
    chosen: dict[int, tuple[Section, Extract]] = {}
    for extract in extracts:
        for section in extract.sections:
            held = chosen.get(section.number)
            if held is None or len(section.text) > len(held[0].text):
                chosen[section.number] = (section, extract)
    pairs = [chosen[number] for number in sorted(chosen)]
    mentions = [
        mention for section, extract in pairs for mention in extract.mentions if mention.section == section.number
    ]
    return tuple(section for section, _ in pairs), tuple(mentions)


def status_of(form_code: str, facts: Sequence[Fact]) -> str:
    """complete when every cell of the form is there, narrative when none is."""
    if not facts:
        return "narrative"
    form = forms().get(form_code)
    printed = {(fact.item, fact.applicant) for fact in facts}
    return "complete" if form and _expected(form, printed) <= printed else "partial"


def _expected(form: Form, printed: set[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
    columns: list[str | None] = [applicant.code for applicant in form.applicants]
    return {
        (item.item, column)
        for item in form.items
        for column in (columns if form.per_applicant(item) else [None])
        if item.item not in form.not_expected(printed, column)
    }
