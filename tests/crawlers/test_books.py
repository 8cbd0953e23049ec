"""Reports that are turned leaf by leaf: what a page, a frame or a leaf shows of them."""

from __future__ import annotations

import pytest

from crawlers.page import Page
from crawlers.shells import hanging_on, inside
from tests.support.sites import REPORT_TEXT, document

BOOK = "http://e.gov.cn/nb/2024/"
LEAVES = f"{BOOK}files/basic-html/"


def shown(url: str, body: str) -> list[str]:
    return [one.url for one in inside(Page(url, document("", body).encode()))]


def hanging(body: str) -> list[str]:
    return [one.url for one in hanging_on(Page("http://e.gov.cn/nb/1.html", document("年报", body).encode()))]


def test_a_leaf_shows_its_picture_and_leads_to_its_neighbours() -> None:
    buttons = '<a href="page1.html"><img src="../back.png"></a><a href="page3.html">Next</a>'
    assert shown(f"{LEAVES}page2.html", f'{buttons}<img src="../mobile/2.jpg">') == [
        f"{BOOK}files/mobile/2.jpg",
        f"{LEAVES}page1.html",
        f"{LEAVES}page3.html",
    ]


def test_a_leaf_with_the_text_under_its_picture_is_read_as_it_is() -> None:
    assert shown(f"{LEAVES}page2.html", f'<img src="../mobile/2.jpg">{REPORT_TEXT * 3}') == []


@pytest.mark.parametrize(
    "book",
    [
        '<div id="flipbook"></div><noscript><a href="files/basic-html/page1.html">Basic HTML</a></noscript>',
        '<div id="book"></div><script src="mobile/javascript/config.js"></script>',
    ],
)
def test_a_framed_book_is_entered_at_its_first_leaf(book: str) -> None:
    assert hanging('<iframe src="/nb/2024/index.html"></iframe>') == [f"{BOOK}index.html"]
    assert shown(f"{BOOK}index.html", book) == [f"{LEAVES}page1.html"]


def test_pictures_that_only_a_script_names_are_brought_in_its_order() -> None:
    script = 'var pages = ["/b/2.png", "/b/10.png", "\\/b\\/11.png"], logo = ["/i/logo.png"];'
    assert hanging(f"<script>{script}</script>") == [f"http://e.gov.cn/b/{n}.png" for n in (2, 10, 11)]


@pytest.mark.parametrize("listed", ['["/b/1.png"]', '["/b/1.png", "/c/2.png"]', '["/b/1.js", "/b/2.js"]'])
def test_other_lists_of_a_script_are_no_book(listed: str) -> None:
    assert hanging(f"<script>var pages = {listed};</script>") == []


def test_a_page_with_words_of_its_own_is_no_shell() -> None:
    assert hanging(f'{REPORT_TEXT * 3}<iframe src="/nb/2024/index.html"></iframe>') == []
