"""Which of several places is believed that publish the same report. `pipeline.assembly` asks it among what one pass has
found, `pipeline.warehouse` between that and the report it holds; both by this rule:

1. The better reading: more complete, then more cells, then more surely read.
2. Of equally good readings the one nearest to the authority: on its own portal, on one of its division, on one of a
   division around it, elsewhere. A file that a person hands over is as near as any portal.
3. Of equally near ones the place that brings news: its figures are others than when it was last read, or its text is
   while its figures are those held. A file that was never read before is news, and so is a page that calls itself a
   correction.
4. Else the place that is held. What it says now is believed over what it said before, however good that was.

A place that says what is held changes nothing, however near it is, and a pass that does not look at the held place
takes nothing from it by 3 and 4 but news. So a correction arrives from every place that is good enough, and a mirror
that missed it does not undo it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.divisions import divisions
from pipeline.identity import Context, authority_of
from pipeline.model import Authority, Portal, Report
from pipeline.titles import is_correction

STATUSES = ("narrative", "partial", "complete")  # worst first

Key = tuple[str, int]  # authority and year: one report


@dataclass(frozen=True, slots=True, order=True)
class Quality:
    """Compared field by field. Surety counts in whole hundredths: one doubtful cell more is no other quality."""

    status: int
    facts: int
    confidence: float


def quality(status: str, facts: int, confidence: float) -> Quality:
    return Quality(STATUSES.index(status), facts, round(confidence, 2))


def mean_confidence(report: Report) -> float:
    return sum(fact.confidence for fact in report.facts) / len(report.facts) if report.facts else 0.0


@dataclass(frozen=True, slots=True)
class Substance:
    """Hashes over what a report says, however it is laid out and read."""

    figures: str
    text: str


def substance(report: Report) -> Substance:
    figures = (repr((one.item, one.applicant, str(one.kind), _plain(one.value))) for one in report.facts)
    text = (repr((part.number, "".join(part.text.split()))) for part in report.sections)
    return Substance(_hash(figures), _hash(text))


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _hash(lines: Iterable[str]) -> str:
    return hashlib.blake2s("\n".join(sorted(lines)).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """One place where a report stands, and what it says there."""

    portal_id: str | None  # None for a file that was handed over
    page_url: str
    file_url: str
    quality: Quality
    nearness: int
    substance: Substance
    corrects: bool = False  # its title says so

    @property
    def address(self) -> str:
        return self.page_url or self.file_url

    def is_same_place(self, other: Standing) -> bool:
        """The same page, or the same file linked from another."""
        pairs = ((self.page_url, other.page_url), (self.file_url, other.file_url))
        return any(one and one == another for one, another in pairs)


@dataclass(frozen=True, slots=True)
class Held:
    """What the warehouse holds of a report, and what each place said when it was last read, by its address."""

    standing: Standing
    seen: Mapping[str, Substance]


# --- nearness ------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def owner_of(portal: Portal) -> Authority | None:
    """The authority that the registry names, under the id that its reports get."""
    return authority_of(
        portal.authority, context=Context(portal_authority=portal.authority, portal_division=portal.division)
    )


def standing(report: Report, nearness: int) -> Standing:
    return Standing(
        portal_id=report.source.portal_id,
        page_url=report.source.page_url,
        file_url=report.source.file_url,
        quality=quality(report.status, len(report.facts), mean_confidence(report)),
        nearness=nearness,
        substance=substance(report),
        corrects=is_correction(report.title),
    )


def standing_on(portal: Portal | None, report: Report) -> Standing:
    if portal is None:
        return standing(report, 0)
    owner = owner_of(portal)
    return standing(report, nearness_of(report.authority, owner.authority_id if owner else None, portal.division))


def nearness_of(authority: Authority, owner_id: str | None, division: str | None) -> int:
    """How near a portal of that owner and division is to the authority."""
    if division is None:
        return 0
    if owner_id == authority.authority_id:
        return 3
    place = divisions().today(authority.division)  # portals stand under today's code
    if division == place:
        return 2
    return int(divisions().belongs(place, division))


# --- the rule ------------------------------------------------------------------------------------------


def choose(found: Sequence[Standing], held: Held | None) -> Standing:
    """The place that is believed among those of one pass; the first of those that nothing tells apart."""
    best = max((one.quality, one.nearness) for one in found)
    best_read = [one for one in found if one.quality == best[0]]
    nearest = [one for one in best_read if one.nearness == best[1]]
    if held is None:
        return next((one for one in nearest if one.corrects), nearest[0])
    own = [one for one in best_read if one.is_same_place(held.standing)]
    agreeing = [one for one in own if one.substance in {near.substance for near in nearest}]
    corrected = [one for one in nearest if one in own and one.substance != held.standing.substance]
    news = [one for one in nearest if is_news(one, held)]
    kept = [one for one in nearest if one in own]
    if agreeing and not news:
        return agreeing[0]
    return (corrected or news or kept or nearest)[0]


def says_the_same(one: Standing, held: Held) -> bool:
    return one.substance == held.standing.substance and one.quality == held.standing.quality


def takes_over(one: Standing, held: Held) -> bool:
    """Whether what another place than the held one says goes before what is held."""
    if one.quality != held.standing.quality:
        return one.quality > held.standing.quality
    is_file = one.portal_id is None or held.standing.portal_id is None
    if not is_file and one.nearness != held.standing.nearness:
        return one.nearness > held.standing.nearness
    return is_news(one, held)


def is_news(one: Standing, held: Held) -> bool:
    before, now, then = held.seen.get(one.address), one.substance, held.standing.substance
    if before is None:
        return now != then and (one.corrects or one.portal_id is None or held.standing.portal_id is None)
    if now.figures != then.figures:
        return now.figures != before.figures
    return now.figures == before.figures and now.text != before.text
