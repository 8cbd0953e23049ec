"""Which of a page's blocks are the article: what holds all of its sentences if nothing of the page's frame stands
among them, else what trafilatura says; and the title before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import trafilatura

from pipeline.furniture import is_furniture
from pipeline.model import Grid, Paragraph
from pipeline.readers.html.pictures import Picture
from pipeline.readers.html.walk import Found, Piece, Walk
from pipeline.readers.ragged import is_value

_SENTENCE = 20  # letters: what is shorter occurs outside of the article as well
_TALL = 5  # rows: a lower table may well belong to the page's frame
_FEWEST, _LABEL = 3, 4  # values and labels of a table of figures, and the letters of a label
_LINKED = 0.6  # a short line with so much of it linked is navigation
_LONGEST_LINK = 60
_LINES_OF_TITLE = 4
_TOLERATED_LINKS = 2  # links alone on their lines that an article may hold
_HEADING = re.compile(r"^\s*[一二三四五六七八九]\s*[、.．]\s*\S.{3,43}$")
_SPACE = re.compile(r"\s+")
_MOST_TEXT = 4_000_000  # characters that trafilatura is given


def article_of(walk: Walk, html: str) -> list[Piece]:
    """The article's blocks without links to elsewhere. Of a page that holds no sentence, everything that is not
    navigation."""
    found = walk.found
    marks = [item.node for item in found if _is_sentence(item)] or [item.node for item in found if _is_shown(item)]
    container = _widened(_common(walk, marks), marks, walk) if marks else 0
    if marks and not _is_clean(walk, container):
        marks = _marks_by_trafilatura(found, html)
        container = _widened(_common(walk, marks), marks, walk) if marks else 0
    if not marks:
        return [item.block for item in found if not _is_of_the_page(item)]
    inside = [place for place, item in enumerate(found) if walk.stands_in(item.node, container)]
    first = _back_over_title(found, inside[0])
    return [item.block for item in found[first : inside[-1] + 1] if not _is_of_the_page(item)]


def _is_sentence(item: Found) -> bool:
    """Prose, or a section's heading: a report that is all tables has these."""
    text = _text(item)
    return item.linked < _LINKED and ((len(text) >= _SENTENCE and "。" in text) or bool(_HEADING.match(text)))


def _text(item: Found) -> str:
    return item.block.text if isinstance(item.block, Paragraph) else ""


def _common(walk: Walk, nodes: Iterable[int]) -> int:
    """The innermost element that holds all of these."""
    common: list[int] = []
    for chain in map(walk.chain, dict.fromkeys(nodes)):
        common = common or chain
        shared = 0
        while shared < min(len(common), len(chain)) and common[shared] == chain[shared]:
            shared += 1
        common = common[:shared]
    return common[-1]


def _widened(container: int, marks: Sequence[int], walk: Walk) -> int:
    """Never a single paragraph, and wide enough to hold the page's tables of figures and its pictures."""
    if container in marks:
        container = walk.parents[container]
    shown = [item.node for item in walk.found if _is_shown(item)]
    return _common(walk, [container, *shown])


def _is_shown(item: Found) -> bool:
    return isinstance(item.block, Picture) or (isinstance(item.block, Grid) and _is_of_figures(item.block))


def _is_of_figures(grid: Grid) -> bool:
    """Tall, with labels and values: no calendar, and no table of a page's own data."""
    if grid.height < _TALL:
        return False
    values = sum(is_value(cell.text) for cell in grid.cells)
    return values >= _FEWEST and sum(len(cell.text) >= _LABEL for cell in grid.cells) >= _FEWEST


def _is_clean(walk: Walk, container: int) -> bool:
    """Whether nothing that belongs to the page's frame stands in it."""
    links = sum(_is_navigation(item) for item in walk.found if walk.stands_in(item.node, container))
    return links <= _TOLERATED_LINKS


def _marks_by_trafilatura(found: Sequence[Found], html: str) -> list[int]:
    text = trafilatura.extract(
        html[:_MOST_TEXT], favor_recall=True, include_comments=False, include_tables=True, deduplicate=False
    )
    known = {_letters(line) for line in (text or "").splitlines()}
    return [item.node for item in found if _is_sentence(item) and _letters(_text(item)) in known]


def _letters(text: str) -> str:
    return _SPACE.sub("", text).strip("-•|")


def _back_over_title(found: Sequence[Found], first: int) -> int:
    """The printed title stands in short lines right before the prose."""
    start = first
    while start > 0 and first - start < _LINES_OF_TITLE:
        block = found[start - 1].block
        if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_LINK or _is_navigation(found[start - 1]):
            break
        start -= 1
    return start


def _is_of_the_page(item: Found) -> bool:
    """Navigation, or a line such as page footers and date bars have."""
    return _is_navigation(item) or is_furniture(_text(item))


def _is_navigation(item: Found) -> bool:
    text = _text(item)
    return bool(text) and item.linked >= _LINKED and len(text) <= _LONGEST_LINK
