"""Web pages: tables from the markup itself, prose where trafilatura finds the article."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.charset import decode
from pipeline.readers.html.article import article_of
from pipeline.readers.html.metadata import metadata_of
from pipeline.readers.html.walk import walk
from pipeline.readers.lines import grid_of_rows, split_bare
from pipeline.readers.source import Source

MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_MOST_BYTES = 30 * 1024 * 1024
_UNSEEN = ("script", "style", "noscript", "template", "svg", "head", "select", "textarea", "button")


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"网页过大 / the page has {len(source.body)} bytes")
    text = decode(source.body, source.charset)
    tree = _parse(text)
    metadata = metadata_of(tree)
    visible = _visible(tree)
    blocks = article_of(walk(visible), text)
    return Document(
        "html",
        source.media_type,
        tuple(_numbered(_tables_in_lines(blocks))),
        title=metadata.title,
        published_on=metadata.published_on,
        source=metadata.source,
    )


def _parse(text: str) -> HtmlElement:
    try:
        # an encoding declared in the text itself would make lxml refuse it; the bytes say what it is
        return document_fromstring(text.encode("utf-8"), parser=_parser())
    except (etree.ParserError, ValueError) as error:
        raise UnreadableDocument(f"网页没有内容 / the page has no content: {error}") from error


def _parser() -> HTMLParser:
    # without huge_tree, libxml2 silently drops what is nested deeper than 256 elements, as pasted Word spans can be
    return HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)


def _visible(tree: HtmlElement) -> HtmlElement:
    body = tree.find("body")
    root = body if body is not None else tree
    for element in list(root.iter()):
        if element is root or element.getparent() is None:
            continue
        if not isinstance(element.tag, str) or element.tag in _UNSEEN or _is_hidden(element):
            element.drop_tree()
    return root


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _tables_in_lines(blocks: list[Block]) -> list[Block]:
    """Tables that were pasted as one cell a line, found in what the markup says are paragraphs."""
    found: list[Block] = []
    run: list[str] = []

    def end_run() -> None:
        pieces = split_bare(run)
        found.extend(Paragraph(piece) if isinstance(piece, str) else grid_of_rows(piece, 0) for piece in pieces)
        run.clear()

    for block in blocks:
        if isinstance(block, Paragraph):
            run.append(block.text)
        else:
            end_run()
            found.append(block)
    end_run()
    return found


def _numbered(blocks: list[Block]) -> list[Block]:
    count = 0
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid):
            count += 1
            block = Grid(block.cells, count, block.exact, block.page)
        numbered.append(block)
    return numbered
