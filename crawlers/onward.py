"""How a listing goes on after a page of it: by further addresses, by clicks in a browser, or by the requests that its
script was heard to send. Knows which listings have not come to their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from crawlers.exchange import Ask, FetchFailed, Heard, Trouble
from crawlers.frontier import Step, Visit
from crawlers.listing import Listing
from crawlers.page import Link, Page
from crawlers.paging import clicked_to_end, needs_clicks, shown_in_part
from crawlers.platforms.base import Platform
from crawlers.replays import Follow, Replays
from pipeline.titles import is_column_label, year_of_title

_ONLY_CLICKS = "列表未读到底：下一页只能由浏览器点击 / not read to its end: only clicks in a browser show more"
_ONLY_SCROLLS = "列表未滚动到底 / the browser did not come to the end of a listing that goes on when scrolled"
_NO_ADDRESS = "列表中的报告没有地址，只能由脚本打开 / reports are listed without addresses, only scripts open them"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a listing in a column."""

    visit: Visit
    page: Page
    platform: Platform
    listing: Listing
    links: list[Link]
    rows: list[tuple[Link, Visit]]  # that are wanted
    is_new: bool  # it may lead on: some of its links, or none where only further requests bring rows
    has_rows: bool
    heard: Sequence[Heard] | None = None  # by a browser that drew it just now


@dataclass
class Onward:
    add: Callable[[Visit], bool]  # to what is visited; False where it has been
    owns: Callable[[str], bool]  # whether an address is the portal's
    may_render: Callable[[], bool]
    replays: Replays
    _unread: dict[str, FetchFailed] = field(default_factory=dict)  # listings that only scripts can show whole

    def follow(self, shown: Shown) -> None:
        visit, page, platform = shown.visit, shown.page, shown.platform
        by_clicks, onward, whole = False, None, False
        if shown.is_new:
            asks = platform.next_pages(page, visit.ask)
            by_clicks = not asks and self._has_clicks_left(shown)
            whole = not (asks or by_clicks or shown_in_part(page))
            goes_on = shown.listing.goes_on(asks, by_clicks=by_clicks)
            if goes_on and (asks or by_clicks or shown.listing.lacks_the_page_around):
                onward = partial(self._go_on, shown, asks, by_clicks=by_clicks)
        entered = visit.step is not Step.LISTING or visit.ask.clicks
        if (
            shown.heard is not None
            and entered
            and self._is_replayed(shown, onward, whole=whole or clicked_to_end(page))
        ):
            onward = None
        if onward is not None:
            onward()
        self._note_the_unread(shown)

    def unread(self) -> Iterable[FetchFailed]:
        return self._unread.values()

    def _has_clicks_left(self, shown: Shown) -> bool:
        visit, page, platform = shown.visit, shown.page, shown.platform
        if visit.ask.counted or visit.ask.clicks or visit.replay or not shown.has_rows or not needs_clicks(page):
            return False
        return not 0 < platform.promised(page) <= len(platform.listed(page))

    def _go_on(self, shown: Shown, asks: list[Ask], *, by_clicks: bool) -> None:
        visit, first = shown.visit, shown.visit.listing
        further = replace(visit, step=Step.LISTING, column=first, platform=shown.platform.name)
        for ask in asks:
            if self.owns(ask.url):
                self.add(replace(further, ask=ask))
        if shown.listing.lacks_the_page_around:
            self.add(replace(visit, step=Step.COLUMN, ask=first, platform="", column=None))
        if by_clicks and not first.posts:
            self._unread[first.plain.key] = FetchFailed(Trouble.NO_BROWSER, _ONLY_CLICKS, url=shown.page.url)
            if self.may_render():
                self.add(replace(further, ask=replace(first, by_browser=True, clicks=True)))

    def _note_the_unread(self, shown: Shown) -> None:
        visit, page, first = shown.visit, shown.page, shown.visit.listing
        if visit.ask.clicks and clicked_to_end(page):
            self._unread.pop(first.plain.key, None)
        elif not visit.ask.clicks and shown_in_part(page):
            self._unread[first.plain.key] = FetchFailed(Trouble.DEAD, _ONLY_SCROLLS, url=page.url)
        if not visit.replay and page.without_address:
            self._unread[f"{first.plain.key} rows"] = FetchFailed(Trouble.DEAD, _NO_ADDRESS, url=page.url)

    # --- without the browser -------------------------------------------------------------------------------

    def _is_replayed(self, shown: Shown, onward: Callable[[], None] | None, *, whole: bool) -> bool:
        """Whether the listing is asked for from its beginning as its script does."""
        here = replace(shown.visit, platform=shown.platform.name)
        links = (shown.links, _listed(shown.rows))
        first = self.replays.learn(here, shown.page, links, shown.heard or (), onward, whole=whole)
        if first is not None and not self.add(first) and not self.replays.at_hand:
            self.replays.drop(first)
            return False
        return first is not None

    def take_answer(self, visit: Visit, page: Page, follow: Follow) -> None:
        """Of a replayed request."""
        if not self.replays.read(visit, page, follow):
            self.leave_to_page(visit, None)
        elif self.replays.is_whole(visit):
            self._unread.pop(visit.listing.plain.key, None)

    def leave_to_page(self, visit: Visit, failed: FetchFailed | None) -> bool:
        """Whether the page that the script is on has the listing instead, or there was nothing more to come."""
        if failed is not None and self.replays.has_ended(visit, failed):
            return True
        visits = self.replays.give_up(visit, failed)
        for one in visits or ():
            self.add(one)
        return visits is not None


def _listed(rows: list[tuple[Link, Visit]]) -> list[Link]:
    """What the listing itself must have of a page's rows: reports, years, what is dated. A site's menu has links that
    may be rows too; they count where there is nothing else."""
    others = [(link, row) for link, row in rows if row.step is Step.REPORT or not is_column_label(row.title)]
    sure = [
        link
        for link, row in others
        if row.step is Step.REPORT or link.listed_on or year_of_title(row.title) is not None
    ]
    return sure or [link for link, _ in others]
