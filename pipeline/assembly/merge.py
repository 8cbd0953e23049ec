"""One report out of a page and its attachments: each fact and each section from where it is best printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.forms import forms
from pipeline.model import Extract, Fact, Mention, Section

NARRATIVE = "narrative"  # no statutory table tells the form
SURE = 0.9
_CONTESTED = 0.8
_CLEARLY_MORE = 1.1  # times the letters


def merged_facts(extracts: Sequence[Extract]) -> tuple[Fact, ...]:
    """Each cell from where it is read most surely, the best extract first among equals; of extracts that print the
    form of the best. What a page without a form of its own prints is the form's where nothing else has it: a report's
    last page may hold the last table alone. Where two that are sure disagree, neither is."""
    best = extracts[0]
    read: dict[tuple[str, str | None], list[Fact]] = {}
    for extract in extracts:
        if extract.form == best.form:
            for fact in extract.facts:
                read.setdefault((fact.item, fact.applicant), []).append(fact)
    form = forms().get(best.form)
    known = {item.item for item in form.items} if form else set()
    loose = (fact for extract in extracts if extract.form == NARRATIVE for fact in extract.facts)
    for fact in list(loose) if form else ():
        if fact.item in known and (fact.item, fact.applicant) not in read:
            read[fact.item, fact.applicant] = [fact]
    return tuple(_chosen(facts) for facts in read.values())


def _chosen(facts: Sequence[Fact]) -> Fact:
    if len(facts) == 1:
        return facts[0]
    surest = max(facts, key=lambda fact: fact.confidence)  # the first of several
    if surest.confidence < SURE:
        return surest
    other = next((one for one in facts if one.confidence >= SURE and _says(one) != _says(surest)), None)
    if other is None:
        return surest
    reason = f"another file of the report prints {other.raw.strip() or 'nothing'!r}"
    return replace(surest, confidence=_CONTESTED, reason=reason)


def _says(fact: Fact) -> Decimal | str:
    """A blank, a dash and 无 say the same as a zero: two files of one report print it this way and that."""
    amount = fact.amount
    return fact.raw if amount is None else amount


def merged_sections(extracts: Sequence[Extract]) -> tuple[tuple[Section, ...], tuple[Mention, ...]]:
    """Each section from the best extract unless another has clearly more of it, with the mentions found in it."""
    chosen: dict[int, tuple[Section, Extract]] = {}
    for extract in extracts:
        for section in extract.sections:
            held = chosen.get(section.number)
            if held is None or _letters(section) > _CLEARLY_MORE * _letters(held[0]):
                chosen[section.number] = (section, extract)
    pairs = [chosen[number] for number in sorted(chosen)]
    mentions = [
        mention for section, extract in pairs for mention in extract.mentions if mention.section == section.number
    ]
    return tuple(section for section, _ in pairs), tuple(mentions)


def _letters(section: Section) -> int:
    return sum(not letter.isspace() for letter in section.text)
