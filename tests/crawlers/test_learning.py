"""What is learnt from a script's answers: which of them has a page's rows, how a row is read, and how pages are
counted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from crawlers.exchange import Ask, Heard
from crawlers.learning import Learned, learn
from crawlers.page import Page
from crawlers.replayed import Replayed
from tests.support.sites import listing

PLACE = "http://e.gov.cn"
YEARS = (2024, 2023, 2022)
OLDER = (2021, 2020, 2019)


def _title(year: int) -> str:
    return f"某县公安局{year}年政府信息公开工作年度报告"


PAGE = Page(
    f"{PLACE}/nb/", listing(*((f"/r/{year}.html", _title(year), f"{year + 1}-01-20") for year in YEARS)).encode()
)


def _heard(said: object, query: str = "page=1", **sent: str) -> Heard:
    body = said if isinstance(said, str) else json.dumps(said)
    return Heard(Ask(f"{PLACE}/api?{query}", **sent), body.encode(), "utf-8")  # type: ignore[arg-type]


def _learnt(*heard: Heard, whole: bool = False) -> Learned | None:
    return learn(heard, PAGE, PAGE.links, PAGE.links, whole=whole)


def _rows(years: tuple[int, ...] = YEARS) -> list[dict[str, object]]:
    return [
        {"id": one, "t": f"<em>某县</em>{_title(one)[2:]}", "u": f"/r/{one}.html", "d": f"{one + 1}-01-20 09:00"}
        for one in years
    ]


def _without_addresses(years: tuple[int, ...] = YEARS) -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if name != "u"} for row in _rows(years)]


XML = "".join(f"<row><t>{_title(one)}</t><u>/r/{one}.html</u></row>" for one in YEARS)
MARKUP = "".join(f'<li><a href="/r/{one}.html">{_title(one)}</a>{one + 1}-01-20</li>' for one in YEARS)


@pytest.mark.parametrize(
    ("said", "dated"),
    [
        pytest.param({"code": 0, "data": {"menu": [{"t": "首页", "u": "/"}], "list": _rows()}}, True, id="objects"),
        pytest.param({"list": _without_addresses()}, True, id="addresses made of numbers"),
        pytest.param([[one["u"], one["t"]] for one in _rows()], False, id="lists"),
        pytest.param({"a": [{"in": row} for row in _rows()]}, True, id="further in"),
        pytest.param(f'<?xml version="1.0" encoding="gbk"?><r>{XML}</r>', False, id="xml"),
        pytest.param(MARKUP, True, id="markup"),
        pytest.param({"html": MARKUP}, True, id="markup in data"),
    ],
)
def test_a_row_is_read_as_the_page_shows_it(said: object, dated: bool) -> None:
    found = _learnt(_heard({"list": [{"t": "别的", "u": "/x.html"}]}, "q=other"), _heard(said))
    assert found is not None
    rows = Replayed(found.replay, "").entries(found.pages[0])
    assert [(row.url, row.text) for row in rows][-3:] == [(f"{PLACE}/r/{one}.html", _title(one)) for one in YEARS]
    assert rows[-1].listed_on == (date(2023, 1, 20) if dated else None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Ask(f"{PLACE}/api?c=7&pageNo=1"), Ask(f"{PLACE}/api?c=7&pageNo=2")),
        (
            Ask(f"{PLACE}/api", form=(("start", "0"), ("limit", "3"))),
            Ask(f"{PLACE}/api", form=(("start", "3"), ("limit", "3"))),
        ),
        (Ask(f"{PLACE}/api", json='{"q":{"page":1},"c":7}'), Ask(f"{PLACE}/api", json='{"q":{"page":2},"c":7}')),
    ],
)
def test_a_page_is_asked_for_by_a_number_with_a_known_name(first: Ask, second: Ask) -> None:
    found = _learnt(Heard(first, json.dumps(_rows()).encode(), "utf-8"))
    assert found is not None
    assert replace(found.replay.ask(1), optional=False) == second


def test_an_unknown_number_is_known_by_two_requests() -> None:
    first, second = Ask(f"{PLACE}/rows_7_1.json"), Ask(f"{PLACE}/rows_7_2.json")
    heard = [Heard(ask, json.dumps(_rows(years)).encode()) for ask, years in ((first, YEARS), (second, OLDER))]
    assert _learnt(heard[0]) is None
    found = _learnt(*heard)
    assert found is not None
    assert [found.replay.ask(index).url for index in range(3)] == [first.url, second.url, f"{PLACE}/rows_7_3.json"]
    assert set(found.pages) == {0, 1}


def test_a_listing_of_one_page_needs_no_number() -> None:
    found = _learnt(_heard(_rows(), "c=7"), whole=True)
    assert found is not None
    assert Replayed(found.replay, "").next_pages(found.pages[0], found.replay.first) == []


@pytest.mark.parametrize(
    ("counts", "pages"),
    [
        ({"total": 9}, [2, 3]),
        ({"total": 3, "records": 9}, [2, 3]),  # the one of pages, the other of rows
        ({"pageCount": 3}, [2, 3]),
        ({"total": 3}, [2]),  # not of rows, as there are more: until there are none
        ({}, [2]),
    ],
)
def test_further_pages_are_asked_for_as_many_as_are_counted(counts: dict[str, int], pages: list[int]) -> None:
    found = _learnt(_heard({**counts, "list": _rows()}))
    assert found is not None
    asks = Replayed(found.replay, "").next_pages(found.pages[0], found.replay.first)
    assert [ask.url for ask in asks] == [f"{PLACE}/api?page={page}" for page in pages]


@pytest.mark.parametrize(
    "said",
    [
        {"list": _rows(YEARS[:2])},  # not all
        {"list": [{**row, "t": "年报"} for row in _rows()]},
        {"list": [{"id": 7 * one, "t": _title(one)} for one in YEARS]},  # nothing tells the addresses
        "none",
    ],
)
def test_an_answer_with_other_rows_is_none(said: object) -> None:
    assert _learnt(_heard(said)) is None


def test_a_date_that_is_not_the_pages_is_not_read() -> None:
    found = _learnt(_heard([{**row, "d": "2020-01-01"} for row in _rows()]))
    assert found is not None
    assert found.replay.rows.day == ()


@pytest.mark.parametrize(
    "said",
    [
        {"code": 500, "list": []},
        {"code": 0, "rows": _rows()},
        {"code": 0, "list": None},
        {"code": 0, "list": [{"name": "x"}]},
        "<html>busy</html>",
    ],
)
def test_an_answer_of_another_form_is_no_page_of_the_listing(said: object) -> None:
    found = _learnt(_heard({"code": 0, "list": _rows()}))
    assert found is not None
    reader = Replayed(found.replay, "")
    body = said if isinstance(said, str) else json.dumps(said)
    assert not reader.answers(Page(f"{PLACE}/api?page=2", body.encode()))
    assert reader.answers(Page(f"{PLACE}/api?page=4", b'{"code": 0, "list": []}'))
