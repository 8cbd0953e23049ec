"""How a listing goes on, and how it does not."""

from __future__ import annotations

import pytest

from crawlers.page import Page
from crawlers.paging import needs_clicks, pager_links, rows_promised


def _page(html: str) -> Page:
    return Page("http://e.gov.cn/nb/", f"<html><body>{html}</body></html>".encode())


@pytest.mark.parametrize(
    "pager",
    [
        '<div class="page"><a href="javascript:turn(2)">下一页</a></div>',
        '<span onclick="turn(2)">下一页</span>',
        '<a href="#">上一页</a><a href="#">1</a><a href="#">2</a><a href="#">下一页</a>',
        '<div>第1/3页 <button type="button">下一页</button></div>',
        "<table><tr><td>1</td><td><a href=\"javascript:__doPostBack('g','Page$2')\">2</a></td></tr></table>",
        '<div class="load-more" onclick="more()">点击加载更多</div>',
        '<div class="el-pagination"><button class="btn-next"><i></i></button></div>',
    ],
)
def test_a_pager_without_addresses_needs_clicks(pager: str) -> None:
    assert needs_clicks(_page(pager))


@pytest.mark.parametrize(
    "pager",
    [
        "",
        '<a href="index_2.html">下一页</a>',
        "<a onclick=\"location.href='/nb/2'\">下一页</a>",
        '<p><a href="javascript:turn(1)">下一页</a><span>共1页</span></p>',
        '<div><a href="#">上一页</a><span>1</span><a href="#">下一页</a></div>',
        '<div>第 3 / 3 页 <a href="#">下一页</a></div>',
        '<div><a href="index.html">首页</a><a href="index_1.html">上一页</a><a>下一页</a></div>',
        '<li class="disabled"><a href="javascript:turn(2)">下一页</a></li>',
        '<button class="btn-next" disabled="disabled"><i></i></button>',
        '<div class="calendar"><a href="#">下一页</a></div>',
        '<p><a href="javascript:turn(1)">1</a> 2 <a href="javascript:turn(3)">3</a></p>',
        '<p>1 件 <a href="javascript:turn(2)">2</a></p>',
    ],
)
def test_a_listing_whose_end_is_seen_needs_none(pager: str) -> None:
    assert not needs_clicks(_page(pager))


def test_a_picture_of_an_arrow_leads_to_the_next_page() -> None:
    assert list(pager_links(_page('<a href="p2.htm"><img src="r.gif" alt="下一页"></a>'))) == [
        "http://e.gov.cn/nb/p2.htm"
    ]


def test_the_days_of_a_calendar_are_no_pages() -> None:
    days = "".join(f'<td><a href="?day={day}">{day}</a></td>' for day in range(1, 29))
    heads = "".join(f"<th>{day}</th>" for day in "日一二三四五六")
    numbers = "".join(f'<a href="?p={n}">{n}</a>' for n in range(1, 4))
    assert list(pager_links(_page(f"<table><tr>{heads}</tr><tr>{days}</tr></table>"))) == []
    assert list(pager_links(_page(f'<div class="rili"><p>{numbers}</p></div>'))) == []
    month = "".join(f'<a href="?d={day}">{day}</a>' for day in range(1, 32))
    assert list(pager_links(_page(f"<div>{month}</div>"))) == []
    assert len(list(pager_links(_page(f'<div>{month}<a href="?d=2">下一页</a></div>')))) == 31
    assert list(pager_links(_page(f"<p>{numbers}</p>"))) == ["http://e.gov.cn/nb/?p=2", "http://e.gov.cn/nb/?p=3"]


@pytest.mark.parametrize(
    ("html", "promised"),
    [
        ('<div>共 35 条 <a href="#">下一页</a></div>', 35),
        ('<p>全年公开共 120 条。</p><div><a href="#">下一页</a></div>', 0),
        ('<div>共 35 条</div>', 0),
    ],
)  # fmt: skip
def test_what_a_pager_says_of_its_rows_is_a_promise(html: str, promised: int) -> None:
    assert rows_promised(_page(html)) == promised
