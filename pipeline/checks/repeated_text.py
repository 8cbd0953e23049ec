"""The rule `repeated_text`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.verdict import Flaw, NotApplicable, Verdict

SHINGLE = 6  # characters
SHORTEST = 150  # a shorter text says the same everywhere
LARGELY = Decimal("0.8")  # the share of common shingles from which a text counts as repeated
LONGEST = 50_000


@check(version=1, severity="warning")
def repeated_text(context: CheckContext) -> Verdict:
    """No section of some length repeats last year's text, or another authority's, except for the numbers."""
    others = list(_others(context))
    if not others:
        return NotApplicable("库中没有可比的文本（该机关上一年度的报告或其他机关的报告）。")
    tabular = {table.section for table in context.form.tables} if context.form else set()  # their words are the form's
    own = {
        section.number: (section.heading, shingles)
        for section in context.report.sections
        if section.number not in tabular and (shingles := _shingles(section.text))
    }
    if not own:
        return NotApplicable("各部分文字太短，无法比较。")
    flaws = []
    for whose, number, text in others:
        if number not in own:
            continue
        heading, shingles = own[number]
        share = _common(shingles, _shingles(text))
        if share >= LARGELY:
            flaws.append(Flaw(f"“{heading}”部分与{whose}有{share:.0%}的文字相同。", None, None, None, share))
    return flaws


def _others(context: CheckContext) -> Iterator[tuple[str, int, str]]:
    if context.last_year is not None:
        yield from (("上一年度的报告", number, text) for number, text in context.last_year.sections.items())
    for peer in context.peers:
        yield from ((f"{peer.authority}的报告", number, text) for number, text in peer.sections.items())


def _shingles(text: str) -> frozenset[str]:
    letters = re.sub(r"[\W\d_]", "", text[:LONGEST])
    if len(letters) < SHORTEST:
        return frozenset()
    return frozenset(letters[at : at + SHINGLE] for at in range(len(letters) - SHINGLE + 1))


def _common(one: frozenset[str], two: frozenset[str]) -> Decimal:
    """Jaccard similarity, to two places."""
    return round(Decimal(len(one & two)) / Decimal(len(one | two) or 1), 2)
