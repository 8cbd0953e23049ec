"""A worksheet laid out for reading: titles, headings and notes as paragraphs, tables as grids. Cells keep the row and
column that they have on the sheet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Cell, Grid, Paragraph
from pipeline.readers.lines_in_cells import BROKEN_FIGURE, BROKEN_TRUST, STRUCK_TRUST, joined_lines
from pipeline.readers.sheet.model import MOST_CELLS, STRUCK, Place, Printed, Sheet, Span

_LONGEST_DATA = 300  # letters: a row of one cell that holds more is prose
_DOUBTED = 0.7
_NEAR = 40  # rows above that may be of the same table
_FEWEST_HEADS = 3  # texts of a row that names columns
_DIGIT = re.compile(r"\d")
# What may name a group of columns or rows; headings are numbered, or longer, or name a year.
_GROUP = re.compile(r"(?![（(]?[一二三四五六七八九十]{1,3}[)）、.．])[^\d\s:：]{2,12}")


def blocks_of(sheet: Sheet) -> Iterator[Block]:
    layout = _laid_out(sheet)
    table: list[int] = []
    for row in layout.printed_rows():
        if table and layout.is_gap(table[-1], row) and _is_header_of_blanks(layout, table[-1], row):
            table.append(table[-1] + 1)
        if _is_prose(layout, row, table):
            yield from _grid(layout, table)
            table = []
            yield from (Paragraph(line) for line in layout.lines_of(row))
            continue
        if table and layout.is_gap(table[-1], row):
            yield from _grid(layout, table)
            table = []
        table.append(row)
    if table and _is_header_of_blanks(layout, table[-1], None):
        table.append(table[-1] + 1)
    yield from _grid(layout, table)


@dataclass(slots=True)
class _Layout:
    sheet: Sheet
    rows: dict[int, dict[int, Cell]] = field(default_factory=lambda: defaultdict(dict))  # cells where they begin
    covered: dict[Place, Place] = field(default_factory=dict)  # places of merged cells, by where those begin
    under: set[int] = field(default_factory=set)  # rows into which a cell reaches that begins above
    ruled: dict[int, int] = field(default_factory=dict)  # the last column with a border, by row
    columns: tuple[int, int] = (0, -1)  # the first and the last with text
    inner: set[int] = field(default_factory=set)  # rows with rows of several texts above and below, and no gap between

    def texts(self, row: int) -> list[Cell]:
        return [cell for cell in self.rows.get(row, {}).values() if cell.text]

    def printed_rows(self) -> list[int]:
        return sorted({row for row in self.rows if self.texts(row)} | set(self.ruled) | self.under)

    def is_gap(self, row: int, following: int) -> bool:
        """Whether an empty row is printed between two rows."""
        return any(between not in self.sheet.hidden_rows for between in range(row + 1, following))

    def lines_of(self, row: int) -> list[str]:
        """The lines of a row of prose, as they stand in their cell."""
        printed = [self.sheet.cells.get((row, cell.column)) or Printed(cell.text) for cell in self.texts(row)]
        return [line.strip() for each in printed for line in each.text.splitlines() if line.strip()]


def _laid_out(sheet: Sheet) -> _Layout:
    layout = _Layout(sheet)
    last_row = max((row for row, _ in sheet.cells), default=0)
    for span in sheet.spans:
        _take_span(layout, replace(span, bottom=min(span.bottom, max(last_row, span.top))))
    for place, printed in sheet.cells.items():
        if place not in layout.covered and sheet.prints(place):
            layout.rows[place[0]][place[1]] = _cell(place, printed)
    for row, column in sheet.ruled:
        if sheet.prints((row, column)):
            layout.ruled[row] = max(column, layout.ruled.get(row, 0))
    begun = [cell for row in layout.rows.values() for cell in row.values() if cell.text or cell.doubt]
    if begun:
        layout.columns = min(cell.column for cell in begun), max(cell.column + cell.colspan - 1 for cell in begun)
    layout.inner = _inner_rows(layout)
    return layout


def _inner_rows(layout: _Layout) -> set[int]:
    inner: set[int] = set()
    since: list[int] | None = None  # rows after the last one of several texts
    previous = -1
    for row in layout.printed_rows():
        if layout.is_gap(previous, row):
            since = None
        if len(layout.texts(row)) > 1:
            inner.update(since or ())
            since = []
        elif since is not None:
            since.append(row)
        previous = row
    return inner


def _take_span(layout: _Layout, span: Span) -> None:
    """A merged cell prints what stands in its first place, wherever the first place is that is not hidden."""
    sheet = layout.sheet
    rows = [row for row in range(span.top, span.bottom + 1) if row not in sheet.hidden_rows]
    columns = [column for column in range(span.left, span.right + 1) if column not in sheet.hidden_columns]
    if not rows or not columns or (rows[0], columns[0]) in layout.covered:
        return
    start = rows[0], columns[0]
    printed = sheet.cells.get((span.top, span.left), Printed(""))
    cell = _cell(start, printed, rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)
    layout.rows[start[0]][start[1]] = cell
    places = ((row, column) for row in range(span.top, span.bottom + 1) for column in range(span.left, span.right + 1))
    layout.covered.update(dict.fromkeys(places, start))
    if len(layout.covered) > MOST_CELLS:
        raise UnreadableDocument("工作表过大，不是年报 / too large a sheet for a report: merged cells")
    if cell.text:
        layout.under.update(rows[1:])


def _cell(place: Place, printed: Printed, rowspan: int = 1, colspan: int = 1) -> Cell:
    text, broken = joined_lines(printed.text.splitlines())
    doubt = printed.doubt
    confidence = 1.0 if not doubt else STRUCK_TRUST if doubt == STRUCK else _DOUBTED
    if broken:
        doubt, confidence = doubt or BROKEN_FIGURE, BROKEN_TRUST
    return Cell(text, *place, rowspan, colspan, confidence=confidence, doubt=doubt)


def _is_header_of_blanks(layout: _Layout, row: int, following: int | None) -> bool:
    """Whether a row names columns, and on a sheet without borders nothing but an empty row can be their figures."""
    texts = layout.texts(row)
    if layout.ruled or len(texts) < _FEWEST_HEADS or any(_DIGIT.search(cell.text) for cell in texts):
        return False
    return following is None or not any(_DIGIT.match(cell.text) for cell in layout.texts(following))


def _is_prose(layout: _Layout, row: int, table: Sequence[int]) -> bool:
    """A row that holds one text and is no row of a table: it has no borders where others have them; without any, it
    goes over the whole width or stands before or behind the rows of several texts. Right below rows of a `table` it may
    be the label of one without figures."""
    texts = layout.texts(row)
    if len(texts) != 1 or texts[0].rowspan > 1 or row in layout.under:
        return False
    cell = texts[0]
    if len(cell.text) > _LONGEST_DATA:
        return True
    if layout.ruled:
        return row not in layout.ruled or (layout.ruled[row] < cell.column + cell.colspan and cell.colspan == 1)
    beside = max(len(layout.texts(row - 1)), len(layout.texts(row + 1)))
    goes_on = bool(table) and table[-1] == row - 1
    if goes_on and _is_merged_like_labels(layout, cell, table[-_NEAR:]):
        return False
    if (beside > 1 or goes_on) and _GROUP.fullmatch("".join(cell.text.split())):
        return False
    first, last = layout.columns
    whole_width = first < last and cell.column <= first and cell.column + cell.colspan > last
    return whole_width or row not in layout.inner


def _is_merged_like_labels(layout: _Layout, cell: Cell, rows: Sequence[int]) -> bool:
    """Whether rows of several texts begin with a cell that was merged over the same columns."""
    printed = (layout.texts(row) for row in rows)
    begins = (min(texts, key=lambda one: one.column) for texts in printed if len(texts) > 1)
    return cell.colspan > 1 and any((one.column, one.colspan) == (cell.column, cell.colspan) for one in begins)


def _grid(layout: _Layout, rows: Sequence[int]) -> Iterator[Grid]:
    """The rows with every place of them, blank ones too, within the columns that are printed on."""
    cells: list[Cell] = []
    first, last = layout.columns
    for row in rows:
        begun = layout.rows.get(row, {})
        for column in range(first, last + 1):
            place = row, column
            if column in begun:
                bottom = max(other for other in rows if other < row + begun[column].rowspan)
                cells.append(replace(begun[column], rowspan=bottom - row + 1))
            elif place not in layout.covered and layout.sheet.prints(place):
                cells.append(Cell("", row, column))
    if any(cell.text for cell in cells):
        yield Grid(tuple(cells), layout.sheet.number)
