"""The body of a DOCX as blocks in reading order: paragraphs, tables as grids, what text boxes hold before the paragraph
they hang on, pictures and inserted files where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.model import Block, Cell, Grid, Paragraph
from pipeline.readers.docx import names
from pipeline.readers.docx.names import Element, w
from pipeline.readers.docx.pictures import Picture
from pipeline.readers.docx.tables import RawCell, cells_of, own, raw_cells, rows_of
from pipeline.readers.docx.text import Printed, TextReader
from pipeline.readers.lines_in_cells import BROKEN_FIGURE, BROKEN_TRUST, STRUCK_TRUST, joined_lines

_DEEPEST = 12  # tables and text boxes in one another
_MOST_CELLS = 40_000  # of one table
_LONGEST_DATA = 300  # letters: a row of one cell that holds more is prose
_LONGEST_BROKEN = 40  # letters: of a line that a soft break ends and that may go on in the next
_SENTENCE_ENDS = ("。", "；", "！", "？")
_MARKER = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）])")


class Inserted:
    """Stands among the blocks where a file was inserted whole (`altChunk`), and names its relation."""

    def __init__(self, relation: str) -> None:
        self.relation = relation


Piece = Block | Picture | Inserted


class BodyReader:
    def __init__(self, text: TextReader, pictures: dict[str, str]) -> None:
        self._text = text
        self._pictures = pictures  # part by id of relation
        self.doubts: dict[str, None] = {}
        self._tables = 0

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[Piece]:
        if depth > _DEEPEST:
            self._doubt("嵌套过深的内容未读 / what is nested too deep was not read")
            return
        for part in parent.iterchildren():
            if part.tag == names.P:
                yield from self._paragraph(part, depth)
            elif part.tag == names.TBL:
                yield from self._table(part, depth)
            elif part.tag == w("altChunk"):
                yield Inserted(part.get(names.LINK_ID, ""))
            elif part.tag == names.ALTERNATE:
                choice = part.find(names.CHOICE)
                yield from self.blocks(choice if choice is not None else part, depth + 1)
            elif part.tag in (
                w("sdt"),
                w("sdtContent"),
                w("customXml"),
                w("ins"),
                w("moveTo"),
                w("smartTag"),
                w("subDoc"),
            ):
                yield from self.blocks(part, depth)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Piece]:
        printed = self._text.read(element)
        if printed.doubt:
            self._doubt("有删除线的文字未计入 / struck-through text was left out")
        for box in printed.boxes:
            yield from self.blocks(box, depth + 1)
        yield from (Paragraph(text) for text in _lines(printed.text))
        yield from self._pictures_of(printed)

    def _pictures_of(self, printed: Printed) -> Iterator[Picture]:
        return (Picture(self._pictures[name]) for name in printed.pictures if name in self._pictures)

    def _doubt(self, line: str) -> None:
        self.doubts.setdefault(line)

    # --- tables ------------------------------------------------------------------------------------------

    def _table(self, table: Element, depth: int) -> Iterator[Piece]:
        """Grids of the rows that hold data. A table with tables in it, or of one column, lays out the page, and so does
        a row of a single cell with prose; what stands in those is read as if there were no table."""
        rows = rows_of(table)
        if sum(len(cells_of(row)) for row in rows) > _MOST_CELLS:
            self._doubt(f"表格超过 {_MOST_CELLS} 格，未读 / a table of more than {_MOST_CELLS} cells was not read")
            return
        if all(len(cells_of(row)) <= 1 for row in rows) or any(
            _holds_tables(row) and len(cells_of(row)) > 1 for row in rows
        ):
            for row in rows:
                yield from self._opened(row, depth)
            return
        raw = raw_cells(table)
        self._tables += 1
        number = self._tables
        for is_prose, group in groupby(enumerate(rows), key=lambda numbered: _is_prose(numbered[1])):
            indexes = [index for index, _ in group]
            if is_prose:
                for index in indexes:
                    yield from self._opened(rows[index], depth)
            else:
                inside = range(indexes[0], indexes[-1] + 1)
                yield from self._grid([cell for cell in raw if cell.row in inside], number, depth)

    def _opened(self, row: Element, depth: int) -> Iterator[Piece]:
        for cell in cells_of(row):
            yield from self.blocks(cell, depth + 1)

    def _grid(self, raw: Sequence[RawCell], number: int, depth: int) -> Iterator[Piece]:
        """Rows count from the table's own first, wherever the grid begins; its number tells tables apart, no more.
        Pictures in cells follow the grid."""
        pictures: list[Picture] = []
        cells = [self._cell(cell, pictures, depth) for cell in raw]
        yield Grid(tuple(cells), number)
        yield from pictures

    def _cell(self, raw: RawCell, pictures: list[Picture], depth: int) -> Cell:
        printed = list(self._printed_in(raw.element, depth))
        for part in printed:
            pictures.extend(self._pictures_of(part))
        lines = [line for part in printed for line in part.text.split("\n")]
        text, broken = joined_lines(lines)
        doubt = next((part.doubt for part in printed if part.doubt), "")
        confidence = STRUCK_TRUST if doubt else 1.0
        if broken:
            doubt, confidence = doubt or BROKEN_FIGURE, BROKEN_TRUST
        return Cell(
            text,
            raw.row,
            raw.start,
            rowspan=raw.rowspan,
            colspan=raw.stop - raw.start,
            confidence=confidence,
            doubt=doubt,
        )

    def _printed_in(self, element: Element, depth: int) -> Iterator[Printed]:
        """Paragraphs of a cell, those of boxes and of frames in it included."""
        if depth > _DEEPEST:
            return
        for paragraph in _paragraphs(element):
            printed = self._text.read(paragraph)
            for box in printed.boxes:
                yield from self._printed_in(box, depth + 1)
            yield printed


def _paragraphs(element: Element) -> Iterator[Element]:
    """Those of a cell in order, those of tables of a single cell in it included: such a table only draws a frame."""
    for part in element.iterchildren():
        if part.tag == names.P:
            yield part
        elif part.tag not in names.UNSEEN:
            yield from _paragraphs(part)


def _holds_tables(row: Element) -> bool:
    return any(len(list(own(nested, names.TC))) > 1 for cell in cells_of(row) for nested in cell.iter(names.TBL))


def _is_prose(row: Element) -> bool:
    cells = cells_of(row)
    if len(cells) != 1:
        return False
    return _holds_tables(row) or sum(len(text.text or "") for text in cells[0].iter(names.T)) > _LONGEST_DATA


def _lines(text: str) -> Iterator[str]:
    """A paragraph cut at the soft breaks that end a line of their own: after a sentence, or before the next heading. A
    heading or title that was only broken to look better stays whole."""
    held = ""
    for line in text.split("\n"):
        if held and (held.endswith(_SENTENCE_ENDS) or len(held) > _LONGEST_BROKEN or _MARKER.match(line)):
            yield held
            held = ""
        held = f"{held}\n{line.strip()}" if held else line.strip()
    if held:
        yield held
