"""Links, dates and characters of a page."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

from crawlers.attachments import attachments
from crawlers.exchange import Ask
from crawlers.page import Page, date_in, decode, parse_fragment
from crawlers.platforms import platforms

TEXT = "政府信息公开年报"
REPORT = "中卫市体育局2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("body", "declared"),
    [
        (TEXT.encode(), "gbk"),
        (TEXT.encode("gb18030"), "utf-8"),
        (TEXT.encode("gb18030"), ""),
        (b"\xef\xbb\xbf" + TEXT.encode(), ""),
    ],
)
def test_characters_are_read_right_whatever_the_server_says(body: bytes, declared: str) -> None:
    assert decode(body, declared) == TEXT


def test_the_registry_has_the_last_word_about_characters() -> None:
    assert decode("政府資訊公開年報".encode("big5"), "gbk", "big5") == "政府資訊公開年報"


def _links(html: str) -> list[tuple[str, str | None]]:
    page = Page("http://e.gov.cn/a/", html.encode())
    return [(link.text, link.listed_on and link.listed_on.isoformat()) for link in page.links]


def test_a_rows_date_does_not_bleed_into_its_neighbours() -> None:
    html = (
        "<ul><li><a href=1>一</a> 2025-01-02</li><li><a href=2>二</a></li><li><a href=3>三</a>[2024年3月4日]</li></ul>"
    )
    assert _links(html) == [("一", "2025-01-02"), ("二", None), ("三", "2024-03-04")]


def test_a_shortened_text_gives_way_to_the_title_and_an_empty_one_to_the_alt() -> None:
    html = (
        '<a href=1 title="某县公安局2024年报告">某县公安局...</a><a href=2 title="更多">政府信息公开年报</a>'
        '<a href=3><img alt="年报"></a>'
    )
    assert _links(html) == [("某县公安局2024年报告", None), ("政府信息公开年报", None), ("年报", None)]


@pytest.mark.parametrize("text", ["x", "查看", "[全文]", "2024年度报告", "中卫市体育局", "年报"])
def test_a_text_that_names_no_report_gives_way_to_a_title_that_does(text: str) -> None:
    assert _links(f'<a href=1 title="{REPORT}">{text}</a>') == [(REPORT, None)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (REPORT, "图解年报"),
        (REPORT, "中卫市财政局2024年政府信息公开工作年度报告"),
        ("中卫市体育局政府信息公开年报", "年报"),
        ("点击查看", "2024年"),
    ],
)
def test_a_text_that_says_what_it_leads_to_is_believed(title: str, text: str) -> None:
    assert _links(f'<a href=1 title="{title}">{text}</a>') == [(text, None)]


def test_a_servlets_link_is_an_attachment_by_its_text_though_its_title_names_the_report() -> None:
    html = f'<a href="/download.jsp?id=1" title="{REPORT}">点击下载</a>'
    found = attachments(Page("http://e.gov.cn/a/", html.encode()))
    assert [one.url for one in found] == ["http://e.gov.cn/download.jsp?id=1"]


def test_links_in_menus_and_footers_are_furniture() -> None:
    html = '<div class="main-nav"><a href=1>一</a></div><p><a href=2>二</a></p><footer><a href=3>三</a></footer>'
    assert [link.furniture for link in Page("http://e.gov.cn/", html.encode()).links] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2025-13-01", None), ("2025.1.9", date(2025, 1, 9)), ("120250101", None), ("发布于2024/02/30", None)],
)
def test_only_real_days_are_dates(text: str, expected: date | None) -> None:
    assert date_in(text) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe",
        b'<?xml version="1.0" encoding="gbk"?><a href="x">y</a>',
        b"<div>" * 20_000 + b"<a href=1>x</a>",
        b"<ul>" + b"<li><a href='/r'>2024</a></li>" * 20_000,
        b"<datastore><record><![CDATA[" * 20_000,
        b"<a href='/module/xxgk/tree.jsp?area=" * 20_000,
        b'<p queryData="' + b"{'webId':'1','pageId':'" * 20_000,
        b"createPageHTML(" + b"1, " * 20_000 + b"<form action=search>" * 5_000,
        b"<nextgroup>" * 20_000 + b"funclick('a','b')" * 20_000,
        b"<a onclick=\"'" + b"download" * 50_000 + b'">x</a>',
        b"<script>/*" + b"getSearchList(/*1,2,3,4,5,6) " * 20_000,
    ],
)
def test_a_hostile_page_is_read_in_a_few_seconds_or_found_empty(body: bytes) -> None:
    began = time.process_time()  # of this process: the machine may have others to serve
    page = Page("http://e.gov.cn/col/col1/index.html", body)
    for platform in platforms().values():
        looks = (platform.detect, platform.entries, platform.columns, platform.searches, platform.promised)
        for look in (*looks, platform.listed, platform.holds_report, platform.answers):
            look(page)
        platform.next_pages(page, Ask(page.url))
    attachments(page)
    assert len(page.links) <= 5000
    assert time.process_time() - began < 10


def test_a_page_that_only_sends_on_says_where() -> None:
    refresh = b'<meta http-equiv="refresh" content="0; url=zwgk/index.html">'
    script = b"<script>window.location.href='/zwgk/'</script>"
    assert Page("http://e.gov.cn/", refresh).refresh == "http://e.gov.cn/zwgk/index.html"
    assert Page("http://e.gov.cn/", script).refresh == "http://e.gov.cn/zwgk/"
    replaced = b"<script>window.top.location.replace('/zwgk/');</script>"
    assert Page("http://e.gov.cn/", replaced).refresh == "http://e.gov.cn/zwgk/"


def test_an_article_that_comes_as_data_is_a_page_beside_its_own_address() -> None:
    markup = '<p>一、总体情况</p><p><a href="files/1.pdf">附件</a></p>'
    article = {"title": 'A"局2024年政府信息公开工作年度报告', "content": markup, "url": "/c1/202501/a.shtml"}
    page = Page("http://a.gov.cn/interface-cms/proxy/api?manuscriptId=1", json.dumps({"data": article}).encode())
    assert page.title == article["title"]
    assert "一、总体情况" in page.running_text
    assert [link.url for link in page.links] == ["http://a.gov.cn/c1/202501/files/1.pdf"]


@pytest.mark.parametrize("data", [[], {"data": None}, {"data": [1]}, {"data": {"title": "A", "content": "no markup"}}])
def test_other_data_is_no_page(data: object) -> None:
    assert not Page("http://a.gov.cn/", json.dumps(data).encode()).links


@pytest.mark.parametrize(
    "text", ['<?xml version="1.0" encoding="gbk"><p>年报</p>', "<p>\ud800年报</p>", "<meta charset=gb2312><p>年报</p>"]
)
def test_a_torn_declaration_half_a_letter_or_a_wrong_charset_costs_no_text(text: str) -> None:
    assert "年报" in parse_fragment(text).text_content()


@pytest.mark.parametrize("scripts", [1, 500])
def test_what_scripts_and_styles_say_is_no_text_however_many_there_are(scripts: int) -> None:
    unseen = "<script>var a = 1</script><style>p {}</style><noscript>开启<b>脚本</b>后查看</noscript>"
    page = Page("https://www.nx.gov.cn/", f"<body><p>某局</p>{unseen * scripts}<p>年报</p></body>".encode())
    assert page.running_text == " ".join(["某局", *["脚本"] * scripts, "年报"])


def test_a_word_is_said_in_whatever_case_and_encoding() -> None:
    page = Page("http://e.gov.cn/a/", f"<p OnClick='x()'>{TEXT}</p>".encode("gb18030"))
    assert page.says("onclick")
    assert not page.says("data-url")
    assert page.opening == ("onclick",)


def test_of_two_meta_tags_with_one_name_the_first_counts() -> None:
    page = Page("http://e.gov.cn/a/", b"<meta name=SiteName content=' a '><meta property='sitename' content=b>")
    assert (page.meta("sitename"), page.meta("siteid")) == ("a", "")


@pytest.mark.parametrize("unseen", ["", "<script>1</script>", "<script>1</script>" * 250])
def test_a_reader_sees_all_but_scripts(unseen: str) -> None:
    page = Page("http://e.gov.cn/a/", f"<title>t</title><body>a{unseen}<p>1{unseen}</p>\n b</body>".encode())
    assert page.running_text == "a 1 b"
