"""Expressions that are looked for in a page give what stands there, and keep nothing of it."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from lxml.html import HtmlElement, document_fromstring

from crawlers.paths import elements_at, texts_at

PAGE = "<html><body><p>甲<script>x()</script></p><p onclick='y()'>乙</p></body></html>"
BUT_SCRIPTS = "set:difference(/descendant::body//text(), /descendant::script/text())"


@pytest.mark.parametrize("path", ["/descendant::p/text()", BUT_SCRIPTS])
def test_texts_are_given_in_their_order_however_often_they_are_asked_for(path: str) -> None:
    texts, root = texts_at(path), document_fromstring(PAGE)
    assert all([*map(str, texts(root))] == ["甲", "乙"] for _ in range(250))


def test_elements_are_given_themselves() -> None:
    root = document_fromstring(PAGE)
    assert elements_at("/descendant::*[@onclick]")(root) == [root.findall(".//p")[1]]


def _entries_of_logs() -> int:
    """They stand in lists, which are what the collector knows of."""
    lists = [known for known in gc.get_objects() if type(known) is list]
    return sum(type(one).__name__ == "_LogEntry" for known in lists for one in known)


@pytest.mark.parametrize("path", ["/descendant::p/text()", BUT_SCRIPTS])
def test_an_expression_keeps_nothing_of_the_pages_that_it_was_asked_about(path: str) -> None:
    texts, root = texts_at(path), document_fromstring(PAGE)
    _ask(texts, root, 50)
    before = _entries_of_logs()
    _ask(texts, root, 1000)
    assert _entries_of_logs() < before + 200


def _ask(texts: Callable[[HtmlElement], list[str]], root: HtmlElement, times: int) -> None:
    for _ in range(times):
        texts(root)
