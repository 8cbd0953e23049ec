"""Where a page leads besides its anchors, and what stands beside a link."""

from __future__ import annotations

import pytest

from crawlers.page import Page
from crawlers.platforms.replies import text_in

NB = "http://e.gov.cn/zwgk/nb/"


def _page(html: str) -> Page:
    return Page("http://e.gov.cn/zwgk/", f"<html><body>{html}</body></html>".encode())


@pytest.mark.parametrize(
    "html",
    [
        '<a href="nb/">年报</a>',
        '<map><area href="/zwgk/nb/" alt="年报"></map>',
        '<select><option value="">请选择</option><option value="/zwgk/nb/">年报</option></select>',
        "<select onchange=\"location.href='/zwgk/'+this.value+'/'\"><option value='nb'>年报</option></select>",
        "<select onchange=\"window.open('n'+this.options[this.selectedIndex].value)\"><option value='b/'>年报</select>",
        "<li onclick=\"location.href='nb/'\">年报</li>",
        "<a href=\"javascript:window.open('/zwgk/nb/')\">年报</a>",
        '<a href="#" onclick="goPage(\'/zwgk/nb/\',3)">年报</a>',
        '<li data-url="/zwgk/nb/">年报</li>',
        '<script>var menu=[{"id":7,"name":"\\u5e74\\u62a5","url":"\\/zwgk\\/nb\\/"}]</script>',
        "<script>init({columnName:'年报', target:'_blank', linkUrl:'/zwgk/nb/'})</script>",
        '<a href="/zwgk/nb/"><img src="a.png"></a><a href="/zwgk/nb/"><img src="b.png" alt="年报"></a>',
    ],
)
def test_a_menu_leads_on_however_it_is_written(html: str) -> None:
    assert [(link.url, link.text) for link in _page(html).links] == [(NB, "年报")]


@pytest.mark.parametrize(
    "html",
    [
        '<option value="3">三级</option>',
        '<select onchange="show(this.value)"><option value="3">三级</option></select>',
        "<li onclick=\"showTab('年报')\">年报</li>",
        '<a href="javascript:void(0)">年报</a>',
        '<script>{"name": "年报", "url": "mailto:a@b"}</script>',
        '<a href="nb/"><img src="a.png"></a>',
    ],
)
def test_what_has_no_address_or_no_name_is_no_link(html: str) -> None:
    assert _page(html).links == ()


@pytest.mark.parametrize(
    ("html", "beside"),
    [
        ('<div><h3>政府信息公开年报</h3><a href="nb/">更多&gt;&gt;</a></div>', "政府信息公开年报"),
        ('<div class="t"><span>信息公开年报</span><span><a href="nb/">More</a></span></div>', "信息公开年报"),
        (f'<div><p>{"正文" * 40}</p><a href="nb/">更多</a></div>', ""),
        ('<a href="nb/" title="政府信息公开年报">公开</a>', "政府信息公开年报"),
    ],
)
def test_more_is_called_what_stands_over_it(html: str, beside: str) -> None:
    assert [link.beside for link in _page(html).links] == [beside]


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ('<div class="topnav"><a href="1">一</a></div>', "main"),
        ('<ul id="main-nav"><li><a href="1">一</a></li></ul>', "menu"),
        ('<header><div class="crumbs"><a href="1">一</a></div></header>', "crumb"),
        ('<div class="foot-links"><a href="1">一</a></div>', "foot"),
    ],
)
def test_a_link_has_its_place_on_the_page(html: str, place: str) -> None:
    assert [link.place for link in _page(html).links] == [place]


def test_reports_that_only_a_script_opens_are_told() -> None:
    title = "某县公安局2024年政府信息公开工作年度报告"
    rows = f'<a href="javascript:void(0)" onclick="detail(81)">{title}</a><a href="javascript:show(1)">机构职能</a>'
    assert _page(rows).without_address == [title]
    assert _page(f'<a href="#" onclick="open(\'/r/81.html\')">{title}</a>').without_address == []


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("年报（更正）", "年报（更正）"),
        ("[查看]", "查看"),
        ("年报 (2025-01-20)", "年报"),
        ("·年报[2025-01-20]", "年报"),
    ],
)
def test_brackets_are_left_to_a_title_that_ends_in_them(text: str, called: str) -> None:
    assert [link.text for link in _page(f"<a href=nb/>{text}</a>").links] == [called]


_HEADS = "<tr><th>序号</th><th>单位</th><th>2024年</th><th>2023年</th></tr>"


@pytest.mark.parametrize(
    ("html", "called"),
    [
        (f"<table>{_HEADS}<tr><td>1<td>财政局<td>-<td><a href=nb/>查看</a></table>", "财政局2023年"),
        ("<table><tr><td><td>财政局</td></tr><tr><td>2023年<td><a href=nb/>查看</a></table>", "财政局2023年"),
        ("<table><tr><td>财政局</td><td><a href=nb/>2023年</a></td></tr></table>", "财政局2023年"),
        ("<table><tr><td>财政局</td><td><a href=nb/>年度报告</a></td></tr></table>", "财政局年度报告"),
        ("<ul><li>财政局：<a href=nb/>2023年</a></li></ul>", "财政局2023年"),
        ("<ul><li><b>财政局2023年年报</b><a href=nb/>[查看]</a> 2024-01-20</li></ul>", "财政局2023年年报"),
        ("<div><h4>2023年</h4><a href=nb/>更多&gt;&gt;</a></div>", "2023年"),
        ("<table><tr><td>各部门</td><td><a href=nb/>2023年</a></td></tr></table>", "2023年"),
        ("<table><tr><td>财政局</td><td><a href=nb/>机构职能</a></td></tr></table>", "机构职能"),
    ],
)  # fmt: skip
def test_a_row_is_called_what_its_table_says_where_its_link_says_little(html: str, called: str) -> None:
    assert [link.called for link in _page(html).links] == [called]


def test_bodies_below_the_columns_node_of_a_tree_are_called_after_it() -> None:
    nodes = (
        '{"id": "9", "pId": "0", "name": "信息公开年报"}, {"id": "91", "pId": "9", "name": "审计局", "url": "/a/"},'
        '{"id": "92", "pId": "8", "name": "教育局", "url": "/b/"}'
    )
    links = _page(f"<script>var zNodes=[{nodes}];</script>").links
    assert [(link.text, link.beside) for link in links] == [("审计局", "信息公开年报"), ("教育局", "")]


def test_half_a_character_in_a_row_of_data_can_be_written_down() -> None:
    data = '{"title": "某局2024年政府信息公开工作年度报告\\ud83d", "url": "/a.html"}'
    (link,) = _page(f"<script>var rows = [{data}]</script>").links
    assert link.text.startswith("某局2024年政府信息公开工作年度报告")
    link.text.encode()
    assert text_in({"title": "年报\ud83d"}, "title") == "年报?"
