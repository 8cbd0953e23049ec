"""Web pages: tables from the markup itself, prose where the article stands, pictures of pages by OCR."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

from lxml.html import HtmlElement

from pipeline.charset import decode
from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.readers.html.article import article_of
from pipeline.readers.html.drawn import redraw
from pipeline.readers.html.embedded import embedded_in, shows_markup
from pipeline.readers.html.metadata import metadata_of
from pipeline.readers.html.opened import open_prose_tables
from pipeline.readers.html.parse import parse
from pipeline.readers.html.pictures import Album, Picture, read_in_place
from pipeline.readers.html.styles import Styles, styles_of
from pipeline.readers.html.tables import with_heads
from pipeline.readers.html.visible import visible
from pipeline.readers.html.walk import Piece, walk
from pipeline.readers.pasted import tables_in_lines
from pipeline.readers.source import Source

__all__ = ["MEDIA_TYPES", "read", "read_markup"]

MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_MOST_BYTES = 30 * 1024 * 1024
_FEW_LETTERS = 600  # of prose: a page that shows less, and no table, may carry its report out of sight
_TALL = 5  # rows of a table that counts


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"网页过大 / the page has {len(source.body)} bytes")
    return read_markup(decode(source.body, source.charset), source)


def read_markup(text: str, source: Source) -> Document:
    tree = parse(text)
    album = Album(source.pictures, _base(tree, source.name))
    pieces = _pieces(tree, text, album)
    metadata = metadata_of(tree, text)
    if _is_bare(pieces):
        pieces = max((pieces, *_out_of_sight(text, album)), key=_worth)
    pieces += album.without({piece.body for piece in pieces if isinstance(piece, Picture)})
    blocks, doubts = read_in_place(pieces, source.ocr)
    return Document(
        "html",
        source.media_type,
        tuple(_numbered(with_heads(list(tables_in_lines(blocks))))),
        title=metadata.title,
        published_on=metadata.published_on,
        source=metadata.source,
        doubts=tuple(doubts),
    )


def _base(tree: HtmlElement, name: str) -> str:
    declared = tree.find(".//base")
    href = declared.get("href") if declared is not None else None
    try:
        return urljoin(name, href) if href else name
    except ValueError:
        return name


def _pieces(tree: HtmlElement, text: str, album: Album, *, unhidden: bool = False) -> list[Piece]:
    """The article's blocks; `tree` is changed."""
    styles = styles_of(tree)
    root = visible(tree, Styles() if unhidden else styles, unhidden=unhidden)
    redraw(root, styles)
    open_prose_tables(root)
    return article_of(walk(root, album), text)


def _is_bare(pieces: Sequence[Piece]) -> bool:
    """Whether a page shows next to nothing, or markup that was escaped once too often."""
    prose = sum(len(piece.text) for piece in pieces if isinstance(piece, Paragraph) and not shows_markup(piece.text))
    return prose < _FEW_LETTERS and not any(isinstance(piece, Picture) or _is_tall(piece) for piece in pieces)


def _is_tall(piece: Piece) -> bool:
    return isinstance(piece, Grid) and piece.height >= _TALL


def _worth(pieces: Sequence[Piece]) -> int:
    tables = sum(len(piece.cells) for piece in pieces if isinstance(piece, Grid))
    prose = (piece.text for piece in pieces if isinstance(piece, Paragraph) and not shows_markup(piece.text))
    return sum(map(len, prose)) + 10 * tables


def _out_of_sight(text: str, album: Album) -> list[list[Piece]]:
    """What the page would show if a script ran: markup that it carries as text, or parts that are hidden at first."""
    found: list[list[Piece]] = []
    for markup in embedded_in(parse(text)):
        try:
            found.append(_pieces(parse(markup), markup, album))
        except UnreadableDocument:
            continue  # no markup after all
    return found or [_pieces(parse(text), text, album, unhidden=True)]


def _numbered(blocks: Sequence[Block]) -> list[Block]:
    count = 0
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid):
            count += 1
            block = replace(block, number=count)
        numbered.append(block)
    return numbered
