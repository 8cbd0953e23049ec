"""The visible page as blocks in reading order: paragraphs at block borders and line breaks, data tables as grids,
pictures that may be pages of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from pipeline.model import Block, Paragraph
from pipeline.readers.columns import tabbed
from pipeline.readers.html.cells import tidy
from pipeline.readers.html.pictures import Album, Picture
from pipeline.readers.html.tables import grid_of, is_data_table
from pipeline.readers.lines import blocks_of

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4"}

Piece = Block | Picture


@dataclass(frozen=True, slots=True)
class Found:
    block: Piece
    node: int  # the block element that it stands in, by its number in `Walk.parents`
    linked: float = 0.0  # the share of a paragraph's letters that are links


@dataclass(slots=True)
class Walk:
    found: list[Found] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [0])  # of every block element; the first is the root

    def chain(self, node: int) -> list[int]:
        """From the root down to the node."""
        chain = [node]
        while chain[-1]:
            chain.append(self.parents[chain[-1]])
        return chain[::-1]

    def stands_in(self, node: int, container: int) -> bool:
        while node > container:  # a child's number is above its parent's
            node = self.parents[node]
        return node == container


def walk(root: HtmlElement, album: Album) -> Walk:
    walker = _Walker(album)
    walker.go(root)
    return walker.result


class _Walker:
    def __init__(self, album: Album) -> None:
        self._album = album
        self.result = Walk()
        self._inside = 0
        self._links = 0
        self._pieces: list[tuple[str, bool]] = []

    def go(self, root: HtmlElement) -> None:
        steps = etree.iterwalk(root, events=("start", "end"))
        whole: HtmlElement | None = None  # an element that was taken as a whole
        for event, element in steps:
            if event == "start":
                if self._take_whole(element):
                    whole = element
                    steps.skip_subtree()
                else:
                    self._open(element, is_root=element is root)
                continue
            if whole is not element:
                self._close(element, is_root=element is root)
            whole = None
            if element is not root:
                self._take(element.tail)
        self._flush()

    def _take_whole(self, element: HtmlElement) -> bool:
        if element.tag == "table" and is_data_table(element):
            blocks: Iterator[Piece] = iter((*map(_line, element.iterfind("caption")), grid_of(element)))
        elif element.tag == "pre" and not element.findall(".//table"):
            blocks = iter(blocks_of(tabbed(_lines(element))))
        elif element.tag == "img" and (picture := self._album.picture_of(element)):
            blocks = iter((picture,))
        else:
            return False
        self._flush()
        self.result.found.extend(Found(block, self._inside) for block in blocks)
        return True

    def _open(self, element: HtmlElement, *, is_root: bool) -> None:
        if _is_block(element) and not is_root:
            self._flush()
            self.result.parents.append(self._inside)
            self._inside = len(self.result.parents) - 1
        self._links += element.tag == "a"
        self._take(element.text)

    def _close(self, element: HtmlElement, *, is_root: bool) -> None:
        self._links -= element.tag == "a"
        if _is_block(element) and not is_root:
            self._flush()
            self._inside = self.result.parents[self._inside]

    def _take(self, text: str | None) -> None:
        if text:
            self._pieces.append((text, self._links > 0))

    def _flush(self) -> None:
        if not self._pieces:
            return
        text = tidy("".join(piece for piece, _ in self._pieces))
        if text:
            letters = sum(len(piece.strip()) for piece, _ in self._pieces) or 1
            links = sum(len(piece.strip()) for piece, linked in self._pieces if linked)
            self.result.found.append(Found(Paragraph(text), self._inside, links / letters))
        self._pieces = []


def _is_block(element: HtmlElement) -> bool:
    """What is small in a heading is a line of its own: a date, a source."""
    if element.tag == "small":
        parent = element.getparent()
        return parent is not None and parent.tag in _HEADINGS
    return element.tag in _BLOCKS


def _line(element: HtmlElement) -> Paragraph:
    return Paragraph(tidy(str(element.text_content())))


def _lines(element: HtmlElement) -> Sequence[str]:
    """The lines of preformatted text, `<br>` being one's end as well."""
    for broken in element.iter("br"):
        broken.tail = "\n" + (broken.tail or "")
    return str(element.text_content()).splitlines()
