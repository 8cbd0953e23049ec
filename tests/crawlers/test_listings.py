"""Listings that were read to their end lie on the desk, and are what they were when they are taken up again."""

from __future__ import annotations

import tracemalloc

from crawlers.columns import Column, Row
from crawlers.desk import Desk
from crawlers.exchange import Ask
from crawlers.frontier import Step, Visit
from crawlers.listing import Listing
from crawlers.listing_pages import PageRead
from crawlers.listings import Listings

FIRST = Visit(Ask("http://e.gov.cn/nb/"), Step.COLUMN)
SECOND = Visit(Ask("http://e.gov.cn/nb/2"), Step.LISTING, column=FIRST.ask)
TITLE = "某县第{}局2024年政府信息公开工作年度报告"


def _rows(*numbers: int) -> list[Visit]:
    return [Visit(Ask(f"http://e.gov.cn/{number}.html"), Step.REPORT, TITLE.format(number)) for number in numbers]


def _turn(listings: Listings, visit: Visit, rows: list[Visit], further: list[Ask]) -> None:
    listing = listings.of(visit, visit.ask.url)
    listing.seen.update(row.ask.url for row in rows)
    listing.count(3, [row.ask.url for row in rows])
    listing.turn(PageRead(visit, rows, []), lambda row: True)
    listing.goes_on(further, by_clicks=False)
    listings.put_away(visit)


def _told(listing: Listing | None) -> tuple[object, ...]:
    assert listing is not None
    return listing.column(), listing.shortfall(), listing.is_read, listing.repeats, len(listing.seen), listing.news


def test_a_listing_that_was_read_to_its_end_tells_the_same_as_before_it_was_put_away() -> None:
    listings = Listings()
    _turn(listings, FIRST, _rows(1, 2), [SECOND.ask])
    open_one = listings.named(FIRST.ask.key)
    assert open_one is listings.of(FIRST, "")  # its second page is still to come
    _turn(listings, SECOND, _rows(2), [FIRST.ask])
    read = listings.named(FIRST.ask.key)
    assert read is not open_one
    assert _told(read) == _told(open_one)
    assert read is not None
    assert read.shortfall() is not None  # it promised three


def test_a_page_that_comes_later_is_one_more_of_its_listing() -> None:
    listings = Listings()
    _turn(listings, FIRST, _rows(1), [])
    _turn(listings, SECOND, _rows(2, 3), [])
    column = listings.of(SECOND, "").column()
    assert column is not None
    assert [row.url for row in column.rows] == [row.ask.url for row in _rows(1, 2, 3)]
    assert not listings.of(SECOND, "").seen.add(_rows(1)[0].ask.url)


def test_listings_stand_in_the_order_in_which_they_were_met() -> None:
    listings, other = Listings(), Visit(Ask("http://e.gov.cn/bm/"), Step.COLUMN)
    _turn(listings, FIRST, _rows(1), [SECOND.ask])
    _turn(listings, other, _rows(2), [])
    _turn(listings, SECOND, _rows(3), [])
    listings.renew(other)
    assert [key for key, _ in listings.items()] == [FIRST.ask.key, other.ask.key]
    assert not any(listings.of(other, "").rows())


def test_a_listing_whose_known_rows_began_stays_in_hand_and_its_further_pages_are_needless() -> None:
    known = Column(FIRST, tuple(Row(row.ask.url, row.title) for row in _rows(1, 2)), promised=2)
    listings = Listings({known.first: known})
    listing = listings.of(FIRST, "")
    listing.count(2, [row.ask.url for row in _rows(1)])
    listing.turn(PageRead(FIRST, _rows(1), []), lambda row: False)
    listing.goes_on([SECOND.ask], by_clicks=False)
    listings.put_away(FIRST)
    assert listings.named(FIRST.ask.key) is listing
    assert listings.is_needless(SECOND)
    assert not listings.is_needless(FIRST)


def test_one_that_is_read_whole_tonight_goes_by_nothing_known_afterwards_either() -> None:
    known = Column(FIRST, (Row("http://e.gov.cn/9.html", TITLE.format(9)),), promised=1)
    listings = Listings({known.first: known})
    listings.renew(FIRST, whole=True)
    listings.put_away(FIRST)
    read = listings.named(FIRST.ask.key)
    assert read is not None
    assert read.known is None


def test_a_report_that_names_its_neighbours_takes_some_bytes_of_memory() -> None:
    with Desk() as desk:
        listings = Listings(desk=desk)
        reports = [(visit, _rows(number + 1, number + 2)) for number, visit in enumerate(_rows(*range(1000)))]
        _turn(listings, *reports.pop(), [])
        tracemalloc.start()
        try:
            for visit, rows in reports:
                _turn(listings, visit, rows, [])
            taken = tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()
    assert taken < 500 * len(reports)
