"""Bodies of a government that have each a page of their own with their column: 部门信息公开."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawlers.exchange import Ask
from crawlers.frontier import Step, Visit
from crawlers.page import Link, Page
from crawlers.scope import Scope
from crawlers.scoring import way_of
from pipeline.titles import body_of_label, is_unit_label, normalised, without_rank, year_of_title

_MOST = 120  # named on one page
_DEEPEST = 2  # clicks from a body's own page to its column
NEAR = 0.4  # a way that is called 信息公开 at least


@dataclass
class Bodies:
    scope: Scope
    _noted: dict[str, Visit] = field(default_factory=dict)

    def note(self, page: Page, entries: list[Link]) -> None:
        """What a page on the way names one after the other: a body, or a group of which the next page names them."""
        named = [link for link in entries if not link.furniture and self.scope.owns(link.url)]
        named = [link for link in named if is_unit_label(link.called) and year_of_title(link.called) is None]
        for link in named[:_MOST]:
            ask, body = Ask(link.url), body_of_label(link.called)
            self._noted.setdefault(ask.key, Visit(ask, Step.BODIES, link.called, page.url, body=body))

    def take(self) -> list[Visit]:
        """What was noted since it was last taken."""
        noted, self._noted = list(self._noted.values()), {}
        return noted

    def ways(self, visit: Visit, page: Page, is_known: Callable[[str], bool]) -> list[Visit]:
        """From a body's own page to its column, or nearer. What other pages have led to is the site's."""
        own = [(Ask(link.url), link.text, way_of(link)) for link in page.links if self.scope.owns(link.url)]
        own = [(ask, text, way) for ask, text, way in own if not is_known(ask.key)]
        ways = [(ask, text, way) for ask, text, way in own if way.is_column]
        if not ways and visit.depth + 1 < _DEEPEST:
            ways = [(ask, text, way) for ask, text, way in own if way.nearness >= NEAR]
        return [
            Visit(
                ask,
                Step.COLUMN if way.is_column else Step.BODIES,
                text,
                page.url,
                score=way.rank,
                depth=visit.depth + 1,
                body=visit.body,
            )
            for ask, text, way in ways
        ]


def unheard(bodies: list[Visit], titles: Iterable[str]) -> list[Visit]:
    """Those that no report's title names. Of a group nothing can be said before it is looked at."""
    silent = {name for visit in bodies if (name := without_rank(visit.body))}
    for title in titles:
        said = normalised(title)
        silent -= {name for name in silent if name in said}
    return [visit for visit in bodies if not visit.body or without_rank(visit.body) in silent]
