"""One file's content in reading order, as a reader finds it: paragraphs and grids, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# x0, top, x1, bottom in page points, from the top left corner of the page as a viewer shows it (crop box, turned as the
# file says), also where the text lies on its side or a scan was straightened to be read
BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid cell. `row` and `column` count from 0 on the grid's own raster, spans included."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    page: int | None = None  # from 1
    bbox: BBox | None = None
    method: str = "cell"  # cell | ocr | text
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()  # other readings the OCR considered, best first
    doubt: str = ""  # why confidence is low, where it is not the OCR's


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `exact` is true when rows and columns are known from structure (HTML, DOCX, ruling lines), false
    when they were inferred from tabs or line breaks, so that columns may have slipped."""

    cells: tuple[Cell, ...]
    number: int  # 1 for the document's first table
    exact: bool = True
    page: int | None = None

    @property
    def height(self) -> int:
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def rows(self) -> Iterator[list[Cell]]:
        """Cells by the row they start in, left to right; rows without a cell of their own come empty."""
        by_row: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            by_row[cell.row].append(cell)
        for row in by_row:
            yield sorted(row, key=lambda cell: cell.column)


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    page: int | None = None
    bbox: BBox | None = None


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Document:
    extractor: str  # html | pdf | scan | docx | doc | ofd | sheet | text
    media_type: str
    blocks: tuple[Block, ...]
    title: str = ""  # from metadata (<title>, ArticleTitle, core properties); the printed title is in the blocks
    published_on: date | None = None  # from metadata
    source: str = ""  # who published, from metadata (ContentSource)
    pages: int | None = None
    doubts: tuple[str, ...] = ()  # what the reader could not do, one line each
