"""Which pictures of a page are fetched as pages or tables of its report."""

from __future__ import annotations

import pytest

from crawlers.attachments import attachments
from crawlers.page import Page

PROSE = "全年主动公开政府信息120条，办理政府信息公开申请3件。" * 30
TABLE = f"<table>{'<tr><td>项目</td><td>0</td></tr>' * 8}</table>"


def pictures(body: str) -> list[str]:
    return [one.url for one in attachments(Page("http://e.gov.cn/a/t1.html", f"<div id=zoom>{body}</div>".encode()))]


def test_a_body_of_nothing_but_pictures_is_fetched_in_its_order() -> None:
    assert pictures('<img src="./W02.jpg"><img src="W01.png"><img src="/i/3.jpeg">') == [
        "http://e.gov.cn/a/W02.jpg",
        "http://e.gov.cn/a/W01.png",
        "http://e.gov.cn/i/3.jpeg",
    ]


def test_pictures_of_tables_among_prose_are_fetched_and_photographs_beside_tables_are_not() -> None:
    assert pictures(f"<p>{PROSE}</p><img src=b.png>") == ["http://e.gov.cn/a/b.png"]
    assert pictures(f"<p>{PROSE}</p>{TABLE}<img src=photo.jpg>") == []


def test_a_picture_that_is_loaded_late_is_fetched_and_not_its_placeholder() -> None:
    assert pictures('<img src="/loading.png" data-original="1.jpg">') == ["http://e.gov.cn/a/1.jpg"]
    assert pictures('<img src="data:image/gif;base64,R0lGOD" data-src="2.jpg">') == ["http://e.gov.cn/a/2.jpg"]


def test_pictures_below_the_title_are_fetched_where_no_name_tells_the_body_and_the_portals_own_are_not() -> None:
    title = "<div class=t><b>某县教育局2024年</b><b>政府信息公开年报</b></div>"
    shown = f"<img src=/logo.png>{title}<p><img src=1.jpg></p><div class=foot><img src=/code.png></div>"
    page = f"<title>某县教育局2024年政府信息公开年报_某县</title><body>{shown}".encode()
    assert [one.url for one in attachments(Page("http://e.gov.cn/a/t1.html", page))] == ["http://e.gov.cn/a/1.jpg"]
    worded = page + PROSE.encode()
    assert attachments(Page("http://e.gov.cn/a/t1.html", worded)) == ()


@pytest.mark.parametrize("image", ["<img src=i.gif>", "<img src=i.png width=16>", '<img src="i.png" height="40px">'])
def test_an_icon_is_no_page(image: str) -> None:
    assert pictures(image) == []


def test_a_linked_file_goes_before_pictures() -> None:
    assert pictures('<img src=1.jpg><a href="r.pdf">附件</a>') == ["http://e.gov.cn/a/r.pdf"]


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ('<iframe src="/pdfjs/web/viewer.html?file=/download.do?id=7"></iframe>', ["/download.do?id=7"]),
        ('<a href="/js/viewer.html?File=%2Fu%2Fnb.pdf">预览</a>', ["/u/nb.pdf"]),
        ('<a href="/search.html?file=annual">预览</a>', []),
    ],
)
def test_a_viewer_shows_the_file_that_its_address_names(html: str, files: list[str]) -> None:
    page = Page("http://e.gov.cn/a/t1.html", html.encode())
    assert [one.url.removeprefix("http://e.gov.cn") for one in attachments(page)] == files


def test_the_pages_of_a_flip_book_come_in_their_order() -> None:
    links = "".join(f'<a href="files/basic-html/page{n}.html">{n}</a>' for n in (10, 2, 1, 2))
    found = attachments(Page("http://e.gov.cn/nb/2023/", links.encode()))
    assert [one.url[len("http://e.gov.cn/nb/2023/files/basic-html/") :] for one in found] == [
        "page1.html",
        "page2.html",
        "page10.html",
    ]


@pytest.mark.parametrize(
    ("html", "files"),
    [
        ('<a href="/servlet/FileDown?id=9">2024年度报告.pdf</a>', ["/servlet/FileDown?id=9"]),
        ('<a href="/fj/9f8a" download="2024年度报告.pdf">2024年度报告</a>', ["/fj/9f8a"]),
        ('<a href="t2.html">2023年度报告.pdf</a>', []),
        ("<a onclick=\"down('/servlet/FileDown?id=9','2023年报.doc')\">下载</a>", ["/servlet/FileDown?id=9"]),
        ("<a onclick=\"down('/up/9.pdf','2023年报.pdf')\">下载</a>", ["/up/9.pdf"]),
        ("<a onclick=\"down('2023.pdf')\">下载</a>", ["/a/2023.pdf"]),
    ],
)
def test_a_script_sends_what_its_link_calls_a_file(html: str, files: list[str]) -> None:
    found = attachments(Page("http://e.gov.cn/a/t1.html", html.encode()))
    assert [one.url.removeprefix("http://e.gov.cn") for one in found] == files
