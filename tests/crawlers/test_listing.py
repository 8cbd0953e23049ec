"""What the rows of a listing tell about where new ones will stand, and what is remembered of it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from crawlers.columns import Column, Known, Order, Row, read_known, without_excerpts, write_known
from crawlers.exchange import Ask
from crawlers.frontier import Step, Visit
from crawlers.listing import Listing
from crawlers.listing_pages import PageRead

FIRST = Visit(Ask("http://e.gov.cn/nb/"), Step.COLUMN)
TITLE = "某县第{}局{}年政府信息公开工作年度报告"


def _row(number: int, day: int | None, year: int = 2024) -> Visit:
    listed = None if day is None else date(2025, 1, 1) + timedelta(days=day)
    return Visit(Ask(f"http://e.gov.cn/{number}.html"), Step.REPORT, TITLE.format(number, year), listed_on=listed)


def _listing(*pages: list[Visit]) -> Listing:
    listing = Listing(FIRST.ask.url)
    for number, rows in enumerate(pages):
        visit = FIRST if not number else Visit(Ask(f"http://e.gov.cn/nb/{number}"), Step.LISTING, column=FIRST.ask)
        dated = [(row.ask.url, row.listed_on) for row in rows if row.listed_on]
        listing.turn(PageRead(visit, rows, dated), lambda row: True)
    return listing


_NUMBERS = count(100)


def _days(*days: int | None) -> list[Visit]:
    return [_row(next(_NUMBERS), day) for day in days]


def test_a_row_that_comes_again_counts_where_it_stood_first() -> None:
    newest, *older = _days(9, 8, 5, 2)
    column = _listing([newest, older[0]], [newest, *older]).column()
    assert column is not None
    assert column.order is Order.DATES


@pytest.mark.parametrize(
    ("pages", "order"),
    [
        ([_days(9, 8, 8), _days(5, 2)], Order.DATES),
        ([_days(2, 9, 8), _days(5, 2)], Order.DATES),  # the first one is pinned
        ([_days(5, 8), _days(9, 2)], Order.NONE),  # the newest stands on another page
        ([_days(9, 2), _days(8, 3)], Order.NONE),
        ([_days(2, 3), _days(8, 9)], Order.NONE),
        ([_days(7, 7), _days(7, 7)], Order.NONE),  # of one day: in any order
        ([_days(9, None), _days(None, 3)], Order.NONE),
        (
            [_days(*range(40, 20, -1)), [_row(99, 35), *_days(*range(20, 0, -1))]],
            Order.DATES,
        ),  # one of forty is out of order
        ([[_row(1, None, 2024), _row(2, None, 2023)], [_row(3, None, 2022)]], Order.YEARS),
        ([[_row(1, None, 2022), _row(2, None, 2024)], [_row(3, None, 2023)]], Order.YEARS),
        ([[_row(1, 5, 2024), _row(2, 9, 2024)], [_row(3, 1, 2023), _row(4, 2, 2023)]], Order.YEARS),
        ([[_row(1, None, 2022), _row(2, None, 2023)], [_row(3, None, 2024)]], Order.NONE),
        ([[_row(1, None), _row(2, None)], [_row(3, None)]], Order.NONE),
    ],
)
def test_only_falling_dates_or_years_show_that_new_rows_come_first(pages: list[list[Visit]], order: Order) -> None:
    column = _listing(*pages).column()
    assert column is not None
    assert column.order is order


def test_a_few_reports_of_one_day_among_others_are_ordered_as_these() -> None:
    listing = Listing(FIRST.ask.url)
    others = [(f"http://e.gov.cn/x{number}", date(2025, 3, 20 - number)) for number in range(5)]
    listing.turn(PageRead(FIRST, [_row(1, 3)], others), lambda row: True)
    column = listing.column()
    assert column is not None
    assert column.order is Order.DATES


def test_a_count_is_remembered_only_where_it_was_right() -> None:
    for rows, remembered in ((["a", "b"], 2), (["a"], 0)):
        listing = _listing(_days(2, 1))
        listing.count(2, rows)
        column = listing.column()
        assert column is not None
        assert column.promised == remembered


def test_a_page_without_rows_of_its_own_is_left_out_only_where_an_interface_gives_them_all() -> None:
    asked = Visit(Ask("http://e.gov.cn/api?page=1"), Step.LISTING, column=FIRST.ask)
    for is_shell, is_answer, begin in ((True, True, asked), (False, True, FIRST), (True, False, FIRST)):
        listing = Listing(FIRST.ask.url)
        listing.turn(PageRead(FIRST, [], [], is_shell=is_shell), lambda row: True)
        listing.goes_on([asked.ask], by_clicks=False)
        listing.turn(PageRead(asked, _days(2, 1), [], is_answer=is_answer), lambda row: True)
        column = listing.column()
        assert column is not None
        assert column.visit == begin
        assert column.first == FIRST.ask.key


def _entered_at_an_answer(*, news: bool) -> Listing:
    """A listing whose further pages only the page around the first answer names, on a later night."""
    asked = Visit(Ask("http://e.gov.cn/api?page=1"), Step.LISTING, column=FIRST.ask)
    known = Column(asked, (Row("http://e.gov.cn/0.html", "x"),), order=Order.DATES, within=True)
    listing = Listing(asked.ask.url, known)
    listing.turn(PageRead(asked, _days(2, 1), [], is_answer=True), lambda row: news)
    listing.goes_on([], by_clicks=False)
    return listing


def test_the_page_around_an_interface_is_asked_only_where_its_first_answer_brings_news() -> None:
    unchanged, grown = _entered_at_an_answer(news=False), _entered_at_an_answer(news=True)
    assert unchanged.stopped
    assert not grown.stopped
    assert grown.lacks_the_page_around
    grown.turn(PageRead(FIRST, [], []), lambda row: False)
    assert not grown.lacks_the_page_around


def _column(name: str, *rows: str) -> Column:
    return Column(
        Visit(Ask(f"http://e.gov.cn/{name}/"), Step.COLUMN),
        tuple(Row(f"http://e.gov.cn/{row}", "政府信息公开年报" if row.endswith("/") else row) for row in rows),
    )


def test_a_page_whose_rows_stand_in_other_columns_is_no_column_of_its_own() -> None:
    home, column, mirror = _column("", "1", "nb/"), _column("nb", "1", "2", "3"), _column("nb2", "3", "2", "1")
    bodies = _column("bm", "1", "4")
    assert without_excerpts([home, column, mirror, bodies]) == (column, bodies)


def test_what_is_known_is_read_as_it_was_written_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "p.columns.json"
    assert read_known(path) is None
    known = Known(("http://e.gov.cn/",), date(2026, 1, 1), (_column("nb", "1"),), (Row("http://e.gov.cn/1", "x"),))
    write_known(path, known)
    assert read_known(path) == known
    path.write_text('{"entrances": "torn')
    assert read_known(path) is None
