"""Pictures of a DOCX that print what it says: pages scanned into Word, tables pasted as images. They are read by OCR
where the text has fewer tables than a report; small ones are decoration."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.readers.ooxml import Package

_TABLES_OF_A_REPORT = 3
_FEWEST_LETTERS = 30  # a document with fewer consists of its pictures
_LEAST_WIDTH, _LEAST_HEIGHT = 500, 150  # pixels: no table can be read in less
_MOST_BESIDE_TEXT = 20


@dataclass(frozen=True, slots=True)
class Picture:
    """Stands among the blocks where a picture does."""

    part: str


def of_pictures_alone(blocks: Sequence[Block | Picture], package: Package) -> tuple[str, ...]:
    """The pictures that a document without text and tables consists of, in order."""
    letters = sum(len(block.text) for block in blocks if isinstance(block, Paragraph))
    if letters >= _FEWEST_LETTERS or any(isinstance(block, Grid) for block in blocks):
        return ()
    return tuple(part for part in _parts(blocks) if _is_large(package, part))


def read_alone(parts: Sequence[str], package: Package, media_type: str, ocr: str) -> Document:
    if ocr == "never":
        raise UnreadableDocument(
            "文件里只有图片，未做 OCR / the document holds pictures only, and OCR is off or missing"
        )
    return _read_pictures((package.bytes(part) for part in parts), media_type)


def with_tables_of_pictures(
    blocks: Sequence[Block | Picture], package: Package, ocr: str
) -> tuple[list[Block], list[str]]:
    """The blocks with the contents of pictures that hold tables, and what could not be read of the pictures."""
    tables = sum(isinstance(block, Grid) for block in blocks)
    large = {part for part in _parts(blocks) if _is_large(package, part)} if tables < _TABLES_OF_A_REPORT else set()
    if large and (ocr == "never" or len(large) > _MOST_BESIDE_TEXT):
        return _plain(blocks), [f"{len(large)} 张图片未做 OCR / {len(large)} pictures were not read"]
    read: list[Block] = []
    doubts: list[str] = []
    for block in blocks:
        if not isinstance(block, Picture):
            read.append(block)
        elif block.part in large:
            try:
                found = _read_pictures([package.bytes(block.part)])
            except UnreadableDocument as error:
                doubts.append(f"图片未能读取 / a picture could not be read: {error}"[:200])
                continue
            if any(isinstance(inside, Grid) for inside in found.blocks):
                read.extend(unnumbered(found.blocks))
    return read, doubts


def _read_pictures(pictures: Iterable[bytes], media_type: str = "image") -> Document:
    from pipeline.readers.scan.document import read_pictures  # OCR models take a second to load: only when needed

    return read_pictures(pictures, media_type)


def unnumbered(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of another document, its tables without the numbers that they have there."""
    return [replace(block, number=0) if isinstance(block, Grid) else block for block in blocks]


def _plain(blocks: Sequence[Block | Picture]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Picture)]


def _parts(blocks: Sequence[Block | Picture]) -> list[str]:
    return list(dict.fromkeys(block.part for block in blocks if isinstance(block, Picture)))


def _is_large(package: Package, part: str) -> bool:
    """A picture whose size cannot be told is no reason to leave it out."""
    if part not in package:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of many pixels: the reader of pictures has its own bound
        try:
            with Image.open(io.BytesIO(package.bytes(part))) as image:
                return image.width >= _LEAST_WIDTH and image.height >= _LEAST_HEIGHT
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return True
