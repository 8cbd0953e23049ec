"""Pictures in a page that may be pages or tables of the report: told by size, read where the page lacks tables."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote, unquote_to_bytes, urljoin

from lxml.html import HtmlElement
from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Grid
from pipeline.readers.ragged import is_value

_DATA = re.compile(r"\s*data:image/(?:png|jpe?g|gif|bmp|tiff?|webp)(?:;[\w=.-]+)*?(;base64)?,", re.IGNORECASE)
_LEAST_BYTES = 4000
_LEAST_WIDTH, _LEAST_HEIGHT = 400, 150  # pixels: a line of six numbers is hardly smaller
_WIDEST = 8  # times as wide as high: a banner or a rule
_ENOUGH_VALUES = 100  # in the page's own tables: half of what the statutory form prints
_MOST_PICTURES = 60


@dataclass(frozen=True, slots=True)
class Picture:
    body: bytes


@dataclass(frozen=True, slots=True)
class Album:
    """The pictures that lie beside a page, by their addresses."""

    pictures: Mapping[str, bytes]
    base: str = ""

    def picture_of(self, image: HtmlElement) -> Picture | None:
        """What an image element shows, if it is large enough to be read."""
        body = _inline(image.get("src") or "") or self._beside(image)
        return Picture(body) if body and len(body) >= _LEAST_BYTES and is_page_sized(body) else None

    def _beside(self, image: HtmlElement) -> bytes:
        """By any of its attributes: where pictures are loaded late, `src` names another."""
        if not self.pictures:
            return b""
        sources = (value for name, value in image.attrib.items() if "src" in name or name.startswith("data-"))
        return next((found for one in sources if (found := self._by_address().get(self._key(one)))), b"")

    def _by_address(self) -> dict[str, bytes]:
        return {self._key(address): body for address, body in self.pictures.items()}

    def _key(self, address: str) -> str:
        try:
            joined = urljoin(self.base, address.strip())
        except ValueError:
            return ""
        return unquote(joined).partition("//")[2].partition("?")[0]

    def without(self, placed: Collection[bytes]) -> list[Picture]:
        """Those that stand nowhere on the page, so that they are read behind it."""
        return [Picture(body) for body in self.pictures.values() if body not in placed and is_page_sized(body)]


def _inline(source: str) -> bytes:
    found = _DATA.match(source[:100])
    if not found:
        return b""
    data = source[found.end() :]
    try:
        return base64.b64decode(unquote_to_bytes(data)) if found[1] else unquote_to_bytes(data)
    except (binascii.Error, ValueError):
        return b""


def is_page_sized(body: bytes) -> bool:
    """Not an icon, a code to scan or a banner."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(body)) as image:
                width, height = image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return width >= _LEAST_WIDTH and height >= _LEAST_HEIGHT and width <= height * _WIDEST


def read_in_place(pieces: Sequence[Block | Picture], ocr: str) -> tuple[list[Block], list[str]]:
    """The blocks with those of the pictures where these stand, and what could not be done."""
    pictures = [piece for piece in pieces if isinstance(piece, Picture)]
    blocks: list[Block] = [piece for piece in pieces if not isinstance(piece, Picture)]
    if not pictures or _has_tables(blocks):
        return blocks, []
    if ocr == "never":
        return blocks, [
            f"{len(pictures)} 张图片未做 OCR / {len(pictures)} pictures were not read: OCR is off or missing"
        ]
    try:
        read, doubts = _read(pictures[:_MOST_PICTURES])
    except UnreadableDocument as error:
        return blocks, [str(error)]
    numbers = iter(range(1, len(pictures) + 1))
    placed: list[Block] = []
    for piece in pieces:
        placed += read.get(next(numbers), []) if isinstance(piece, Picture) else [piece]
    return placed, doubts


def _has_tables(blocks: Sequence[Block]) -> bool:
    values = sum(is_value(cell.text) for block in blocks if isinstance(block, Grid) for cell in block.cells)
    return values >= _ENOUGH_VALUES


def _read(pictures: Sequence[Picture]) -> tuple[dict[int, list[Block]], list[str]]:
    """What each picture shows, by its number from 1."""
    from pipeline.readers.scan.document import read_pictures  # loads the OCR, which most pages do not need

    document = read_pictures([picture.body for picture in pictures])
    by_page = {page: list(blocks) for page, blocks in groupby(document.blocks, key=_page)}
    return by_page, list(document.doubts)


def _page(block: Block) -> int:
    return block.page or 1
