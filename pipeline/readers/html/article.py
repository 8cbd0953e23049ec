"""Which of a page's blocks are the article: trafilatura knows its prose, the markup what else stands with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache

import trafilatura
from lxml.html import HtmlElement

from pipeline.model import Block, Grid, Paragraph
from pipeline.readers.html.walk import Found
from pipeline.resources import CONFIG

_SENTENCE = 20  # letters: what is shorter occurs outside of the article as well
_TALL = 5  # rows: a lower table may well belong to the page's frame
_LINKED = 0.6  # a short line with so much of it linked is navigation
_LONGEST_LINK = 60
_SPACE = re.compile(r"\s+")
_MOST_TEXT = 4_000_000  # characters that trafilatura is given


def article_of(found: Sequence[Found], html: str) -> list[Block]:
    """What stands in the element that holds the article's prose, and the title before it, without links to elsewhere.
    Where trafilatura finds no article, everything that is not navigation."""
    known = _prose(html)
    marks = [item.element for item in found if _is_sentence(item) and _letters(_text(item)) in known]
    if not marks:
        return [item.block for item in found if not _is_of_the_page(item)]
    container = _widened(_common_ancestor(marks), marks, found)
    inside = [place for place, item in enumerate(found) if _stands_in(item.element, container)]
    first = _back_over_title(found, inside[0])
    return [item.block for item in found[first : inside[-1] + 1] if not _is_of_the_page(item)]


def _is_sentence(item: Found) -> bool:
    text = _text(item)
    return len(text) >= _SENTENCE and "。" in text


def _text(item: Found) -> str:
    return item.block.text if isinstance(item.block, Paragraph) else ""


def _common_ancestor(elements: Sequence[HtmlElement]) -> HtmlElement:
    chains = [[*reversed(list(element.iterancestors())), element] for element in elements]
    common = chains[0]
    for chain in chains[1:]:
        shared = 0
        while shared < min(len(common), len(chain)) and common[shared] is chain[shared]:
            shared += 1
        common = common[:shared]
    return common[-1]


def _widened(container: HtmlElement, marks: Sequence[HtmlElement], found: Sequence[Found]) -> HtmlElement:
    """Never a single paragraph, and wide enough to hold the page's tables if there are any."""
    if any(mark is container for mark in marks) and container.getparent() is not None:
        container = container.getparent()
    tables = [item.element for item in found if isinstance(item.block, Grid) and item.block.height >= _TALL]
    while tables and not any(_stands_in(table, container) for table in tables):
        container = container.getparent()
    return container


def _stands_in(element: HtmlElement, container: HtmlElement) -> bool:
    return element is container or any(ancestor is container for ancestor in element.iterancestors())


def _prose(html: str) -> set[str]:
    text = trafilatura.extract(
        html[:_MOST_TEXT],
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    return {_letters(line) for line in (text or "").splitlines()}


def _letters(text: str) -> str:
    return _SPACE.sub("", text).strip("-•|")


def _back_over_title(found: Sequence[Found], first: int) -> int:
    """The printed title stands in short lines right before the prose."""
    start = first
    while start > 0 and first - start < 4:
        block = found[start - 1].block
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINK or _is_navigation(found[start - 1]):
            break
        start -= 1
    return start


def _is_of_the_page(item: Found) -> bool:
    """Navigation, or a line such as page footers and date bars have."""
    return _is_navigation(item) or _is_furniture(_text(item))


def _is_navigation(item: Found) -> bool:
    text = _text(item)
    return bool(text) and item.linked >= _LINKED and len(text) <= _LONGEST_LINK


def _is_furniture(text: str) -> bool:
    longest, lines = _furniture()
    return len(text) <= longest and "。" not in text and bool(lines.search(text))


@lru_cache(maxsize=1)
def _furniture() -> tuple[int, re.Pattern[str]]:
    data = tomllib.loads((CONFIG / "furniture.toml").read_text(encoding="utf-8"))
    return data["longest"], re.compile("|".join(data["lines"]))
