"""XPath expressions, compiled once. They are looked for in C: a loop over a page of tables makes thousands of objects
for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

_SETS = {"set": "http://exslt.org/sets"}


def elements_at(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    return cast("Callable[[HtmlElement], list[HtmlElement]]", XPath(path))


def texts_at(path: str) -> Callable[[HtmlElement], list[str]]:
    return cast("Callable[[HtmlElement], list[str]]", XPath(path, smart_strings=False, namespaces=_SETS))
