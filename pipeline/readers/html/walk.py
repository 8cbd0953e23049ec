"""The visible page as blocks in reading order: paragraphs at block borders and line breaks, data tables as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.model import Block, Paragraph
from pipeline.readers.html.tables import grid_of, is_data_table
from pipeline.readers.lines import blocks_of

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_SPACE = re.compile(r"\s+")
_DEEPEST = 250  # nested elements; what lies deeper is read as plain text


@dataclass(frozen=True, slots=True)
class Found:
    block: Block
    element: HtmlElement  # the block element that it stands in
    linked: float = 0.0  # the share of a paragraph's letters that are links


def walk(root: HtmlElement) -> list[Found]:
    walker = _Walker(root)
    walker.enter(root, 0, linked=False)
    walker.flush()
    return walker.found


class _Walker:
    def __init__(self, root: HtmlElement) -> None:
        self.found: list[Found] = []
        self._inside = root
        self._pieces: list[tuple[str, bool]] = []

    def enter(self, element: HtmlElement, depth: int, linked: bool) -> None:
        tag = element.tag
        if tag == "table" and is_data_table(element):
            self.flush()
            self.found.append(Found(grid_of(element), element))
            return
        if tag == "pre":
            self.flush()
            self.found.extend(Found(block, element) for block in blocks_of(_lines(element)))
            return
        outside = self._inside
        if tag in _BLOCKS:
            self.flush()
            self._inside = element
        linked = linked or tag == "a"
        if depth >= _DEEPEST:
            self._take(element.text_content(), linked)
        else:
            self._take(element.text or "", linked)
            for child in element.iterchildren():
                self.enter(child, depth + 1, linked)
                self._take(child.tail or "", linked)
        if tag in _BLOCKS:
            self.flush()
            self._inside = outside

    def _take(self, text: str, linked: bool) -> None:
        if text:
            self._pieces.append((text, linked))

    def flush(self) -> None:
        text = _SPACE.sub(" ", "".join(piece for piece, _ in self._pieces)).strip()
        if text:
            letters = sum(len(piece.strip()) for piece, _ in self._pieces) or 1
            links = sum(len(piece.strip()) for piece, linked in self._pieces if linked)
            self.found.append(Found(Paragraph(text), self._inside, links / letters))
        self._pieces = []


def _lines(element: HtmlElement) -> Iterator[str]:
    """The lines of preformatted text, `<br>` being one's end as well."""
    for broken in element.iter("br"):
        broken.tail = "\n" + (broken.tail or "")
    yield from str(element.text_content()).splitlines()
