"""Markup to a tree of elements, within bounds: what libxml2 would drop without a word is refused with one."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.errors import UnreadableDocument

_MOST_TAGS = 600_000  # opening and closing; a report pasted from Word has some ten thousands
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def parse(text: str) -> HtmlElement:
    if text.count("<") > _MOST_TAGS:
        raise UnreadableDocument(f"网页元素过多 / the page has more than {_MOST_TAGS} tags")
    markup = _CONTROL.sub("", text).encode("utf-8", "replace")
    parser = _parser()
    try:
        # an encoding declared in the text itself would make lxml refuse it; the bytes say what it is
        tree = document_fromstring(markup, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocument(f"网页没有内容 / the page has no content: {error}") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableDocument("网页嵌套过深 / the page's elements are nested too deep to be read")
    return tree


def _parser() -> HTMLParser:
    # without huge_tree, libxml2 silently drops what is nested deeper than 256 elements, as pasted Word spans can be;
    # with it the bound is 2048, and reaching that is an entry in its log
    return HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
