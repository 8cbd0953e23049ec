"""Which division a body's place is: the one in its name, or the one that text, source or portal give it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.divisions import Divisions, Printed
from pipeline.identity.context import Context
from pipeline.identity.names import ParsedName
from pipeline.model import Division


def place_of(parsed: ParsedName, context: Context, known: Divisions) -> Division | None:
    hints = tuple(code for code in (context.province, context.portal_division) if code and known.get(code))
    if parsed.codes:
        place = _standing(parsed, context.year, known)
        return known.choose(place.codes, name=place.name, within=hints, text=context.preamble, year=context.year)
    printed = _place_in_text(parsed, context, known, hints)
    if printed is not None:
        return printed
    if parsed.generic and hints:
        return _above(hints[-1], parsed.generic, known)
    if context.portal_division:
        return known.get(context.portal_division)
    if hints and (parsed.township or parsed.body.endswith("厅")):
        return known.get(hints[-1])
    return None  # a province alone does not say whose 商务局


def _standing(parsed: ParsedName, year: int | None, known: Divisions) -> Printed:
    """The innermost place; of a zone in a year before it became a district (深圳市光明新区), the place around it."""
    inner = parsed.places[-1]
    of_zone = parsed.place_is_bare or parsed.body.endswith("管理委员会")
    if year is None or not of_zone or len(parsed.places) < 2:
        return inner
    then = [known.as_of(code, year) for code in inner.codes]
    stood = any(place is not None and known.in_force(place.code, year) for place in then)
    return inner if stood or any(known.today(code) != code for code in inner.codes) else parsed.places[-2]


def _above(home: str, generic: str, known: Divisions) -> Division | None:
    """市 of 市教育局, seen from the portal: its own division, or the first around it of that kind."""
    for division in known.lineage(home):
        if _is_called(division, generic):
            return division
    return None


def _is_called(division: Division, generic: str) -> bool:
    """Whether its own bodies call it so: 区 is a district, an autonomous region is 自治区."""
    return division.name.endswith(generic) and (generic != "区" or division.level == "county")


def _place_in_text(parsed: ParsedName, context: Context, known: Divisions, hints: Sequence[str]) -> Division | None:
    """The place that the source or the text prints directly before the same body, most often where there are several;
    never one outside the portal's division."""
    body = parsed.township or parsed.body
    if len(body) < 2:
        return None
    text = f"{context.source}。{context.portal_authority}。{context.preamble}"
    printed = list(known.places(text))
    votes: dict[str, int] = {}
    for index, place in enumerate(printed):
        if not text.startswith(body, place.stop):
            continue
        division = known.choose(_codes_in_run(printed, index, known), name=place.name, within=hints, year=context.year)
        if division is None or (parsed.generic and not _is_called(division, parsed.generic)):
            continue
        if all(known.belongs(division.code, hint) or known.belongs(hint, division.code) for hint in hints):
            votes[division.code] = votes.get(division.code, 0) + 1
    if not votes:
        return None
    return known.get(max(votes, key=lambda code: votes[code]))


def _codes_in_run(printed: Sequence[Printed], index: int, known: Divisions) -> tuple[str, ...]:
    """What a place can be, given the places printed directly in front of it (province, city)."""
    first = index
    while first > max(0, index - 2) and printed[first - 1].stop == printed[first].start:
        first -= 1
    codes = printed[first].codes
    for place in printed[first + 1 : index + 1]:
        inner = tuple(code for code in place.codes if any(known.belongs(code, outer) for outer in codes))
        codes = inner or place.codes
    return codes
