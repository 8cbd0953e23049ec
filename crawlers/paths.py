"""XPath expressions, compiled once. They are looked for in C: a loop over a page of tables makes thousands of objects
for nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml.etree import XPath
from lxml.html import HtmlElement

_Texts = Callable[[HtmlElement], list[str]]
_SETS = {"set": "http://exslt.org/sets"}
_EVALUATIONS = 100  # of one compiled expression with prefixes


def elements_at(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    return cast("Callable[[HtmlElement], list[HtmlElement]]", XPath(path))


def texts_at(path: str) -> _Texts:
    return _Prefixed(path) if "set:" in path else cast(_Texts, XPath(path, smart_strings=False))


class _Prefixed:
    """Compiled anew from time to time: each evaluation of an expression with prefixes leaves an entry in a log that
    lxml keeps for as long as the expression, some 140 bytes for every page that is read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._evaluations = 0

    def __call__(self, root: HtmlElement) -> list[str]:
        if not self._evaluations % _EVALUATIONS:
            self._compiled = cast(_Texts, XPath(self._path, smart_strings=False, namespaces=_SETS))
        self._evaluations += 1
        return self._compiled(root)
