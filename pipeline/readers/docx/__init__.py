"""Word's DOCX: what a reader of the printed page would see, in reading order, tables with their merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.errors import UnreadableDocument
from pipeline.media import DOCX, FLAT_DOCX, HTML, MHTML, RTF, TEXT, sniff
from pipeline.model import Block, Document, Grid
from pipeline.readers.docx.body import BodyReader, Inserted, Piece
from pipeline.readers.docx.flat import zipped
from pipeline.readers.docx.names import child
from pipeline.readers.docx.numbering import Numbering
from pipeline.readers.docx.pictures import Picture, of_pictures_alone, read_alone, unnumbered, with_tables_of_pictures
from pipeline.readers.docx.styles import Styles
from pipeline.readers.docx.text import TextReader
from pipeline.readers.ooxml import Element, Package
from pipeline.readers.pasted import tables_in_lines
from pipeline.readers.source import Source

MEDIA_TYPES = (DOCX, FLAT_DOCX)

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOST_INSERTED = 20
_INSERTABLE = (HTML, MHTML, RTF, TEXT)


def read(source: Source) -> Document:
    return _read(source, within_another=False)


def _read(source: Source, within_another: bool) -> Document:
    package = Package(zipped(source.body) if source.media_type == FLAT_DOCX else source.body, "DOCX")
    main = package.main_part()
    body = child(package.xml(main), "body")
    if body is None:
        raise UnreadableDocument("DOCX 没有正文 / the DOCX has no body")
    reader = _body_reader(package, main)
    pieces = list(reader.blocks(body))
    doubts = list(reader.doubts)
    whole = _with_inserted(pieces, package, main, source.ocr, doubts, within_another)
    alone = of_pictures_alone(whole, package)
    if alone:
        return read_alone(alone, package, source.media_type, source.ocr)
    blocks, unread = with_tables_of_pictures(whole, package, source.ocr)
    numbered = tuple(_numbered(tables_in_lines(blocks)))
    return Document("docx", source.media_type, numbered, title=_title(package), doubts=(*doubts, *unread))


def _body_reader(package: Package, main: str) -> BodyReader:
    relations = package.relations(main)
    parts = {relation.kind: relation.part for relation in relations.values() if relation.part in package}

    def root(kind: str) -> Element | None:
        return package.xml(parts[kind]) if kind in parts else None

    styles = Styles(root("styles"))
    pictures = {name: relation.part for name, relation in relations.items() if relation.kind == "image"}
    return BodyReader(TextReader(styles, Numbering(root("numbering"), styles)), pictures)


def _with_inserted(
    pieces: Sequence[Piece], package: Package, main: str, ocr: str, doubts: list[str], within_another: bool
) -> list[Block | Picture]:
    """Files that were inserted whole, each read by the reader for its own type; none inside of an inserted one."""
    relations = package.relations(main)
    found: list[Block | Picture] = []
    left = 0 if within_another else _MOST_INSERTED
    for piece in pieces:
        if not isinstance(piece, Inserted):
            found.append(piece)
            continue
        relation = relations.get(piece.relation)
        left -= 1
        try:
            if relation is None or relation.part not in package or left < 0:
                raise UnreadableDocument(piece.relation)
            found.extend(unnumbered(_read_inserted(package.bytes(relation.part), ocr)))
        except UnreadableDocument as error:
            doubts.append(f"插入的文件未读 / a file inserted into the DOCX was not read: {error}"[:200])
    return found


def _read_inserted(body: bytes, ocr: str) -> Sequence[Block]:
    from pipeline.readers import read as read_any  # which finds this module by looking into the package

    media_type = sniff(body)
    if media_type in MEDIA_TYPES:
        return _read(Source(body, media_type, ocr=ocr), within_another=True).blocks
    if media_type not in _INSERTABLE:
        raise UnreadableDocument(media_type)
    return read_any(body, ocr=ocr).blocks


def _title(package: Package) -> str:
    for relation in package.relations().values():
        if relation.kind == "core-properties" and relation.part in package:
            title = package.xml(relation.part).find(_TITLE)
            return "" if title is None else (title.text or "").strip()
    return ""


def _numbered(blocks: Iterable[Block]) -> Iterable[Block]:
    """Tables numbered through; the parts of one have its number."""
    count, last = 0, 0
    for block in blocks:
        if isinstance(block, Grid):
            count += not last or block.number != last
            last = block.number
            block = replace(block, number=count)
        yield block
