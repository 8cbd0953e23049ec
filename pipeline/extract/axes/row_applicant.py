"""Section 3: an item is a row, the number columns are the kinds of applicants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pipeline.extract.facts import CERTAIN, Trust, fact_of
from pipeline.extract.labels import label_likeness
from pipeline.extract.raster import Raster, Row, is_number
from pipeline.extract.rows import find_item_rows
from pipeline.forms import Applicant, Form, Item, Table
from pipeline.model import Cell, Fact
from pipeline.numerals import parse_cell

_BY_COUNT = Trust(0.97)
_HEADER_ALIKE = 0.75
_SAME_ITEM = 0.9
_FEWEST_REPEATED = 4  # items that a second grid must repeat to be another printing of the table
_LAST_YEAR = ("上年度", "上一年度", "去年")
_GUESSED = "numbers and columns do not pair up, alignment guessed"


@dataclass(frozen=True, slots=True)
class _Headed:
    raster: Raster
    columns: Mapping[int, str]  # applicants by column; empty where the header does not tell


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells of one row by applicant, as far as they are there."""

    cells: Mapping[str, Cell]
    trust: Trust


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    printings = _printings(rasters, form.items_of(table.id))
    if not printings:
        return []
    chosen, trust = _this_years(printings)
    return _read_printing(chosen, table, form, trust)


def _read_printing(rasters: Sequence[Raster], table: Table, form: Form, printing: Trust) -> list[Fact]:
    headed = [_Headed(raster, columns) for raster, columns in _column_maps(rasters, form.applicants)]
    by_raster = {id(one.raster): one for one in headed}
    found = find_item_rows([one.raster for one in headed], form.items_of(table.id))
    windows = _usual_windows([item_row.row for item_row in found], len(form.applicants))
    facts = []
    for item_row in found:
        one = by_raster[id(item_row.row.raster)]
        order = _printed_order(one.raster, form.applicants)
        placed = _place(item_row.row, one.columns, order, windows)
        for applicant, cell in placed.cells.items():
            trust = printing & item_row.trust & placed.trust
            facts.append(fact_of(one.raster.grid, cell, item_row.item, applicant, trust))
    return facts


# --- the table printed more than once ------------------------------------------------------------------


def _printings(rasters: Sequence[Raster], items: Sequence[Item]) -> list[list[Raster]]:
    """The grids of each printing of the table: one that begins with items that were already there is another
    printing, such as last year's for comparison; one that only goes on belongs to the same."""
    printings: list[list[Raster]] = []
    seen: set[str] = set()
    for raster in (piece for whole in rasters for piece in _split_at_restart(whole, items[0])):
        here = {found.item.item for found in find_item_rows([raster], items)}
        if not printings or len(here & seen) >= _FEWEST_REPEATED:
            printings.append([])
            seen = set()
        printings[-1].append(raster)
        seen |= here
    return printings


def _split_at_restart(raster: Raster, first: Item) -> list[Raster]:
    """A grid cut before the header of every further row that prints the first item, as when two years' tables were
    dumped one behind the other."""
    rows = raster.rows
    starts = [
        row.index for row in rows if row.values and label_likeness(row.leaf, (first.row[-1], *first.also)) >= _SAME_ITEM
    ]
    cuts = [0]
    for start in starts[1:]:
        while start > 0 and not any(cell.text for cell in rows[start - 1].values):
            start -= 1
        cuts.append(start)
    pieces = [
        replace(raster.grid, cells=tuple(cell for cell in raster.grid.cells if begin <= cell.row < end))
        for begin, end in pairwise([*cuts, raster.grid.height])
    ]
    return [Raster(piece) for piece in pieces] if len(pieces) > 1 else [raster]


def _this_years(printings: Sequence[list[Raster]]) -> tuple[list[Raster], Trust]:
    """The fullest printing that does not say it is last year's; which of several silent ones it is stays in doubt."""
    current = [rasters for rasters in printings if not any(_is_last_years(raster) for raster in rasters)]
    fullest = max(current or printings, key=lambda rasters: sum(raster.grid.height for raster in rasters))
    silent = [rasters for rasters in current if rasters is not fullest and len(rasters) == len(fullest)]
    return fullest, Trust(0.8, "the table is printed more than once") if silent else CERTAIN


def _is_last_years(raster: Raster) -> bool:
    return any(word in cell.text for cell in raster.grid.cells for word in _LAST_YEAR if "结转" not in cell.text)


# --- columns by their headers --------------------------------------------------------------------------


def _column_maps(
    rasters: Sequence[Raster], applicants: Sequence[Applicant]
) -> Iterator[tuple[Raster, Mapping[int, str]]]:
    """Each grid with its columns' applicants, as far as they are known; a grid that goes on after a page break without
    a header of its own has the columns of the one before, if it is as wide."""
    last: tuple[int, Mapping[int, str]] | None = None
    for raster in rasters:
        columns = _columns_of_header(raster, applicants) if raster.grid.exact else {}
        if columns:
            last = (raster.grid.width, columns)
        elif raster.grid.exact and last is not None and last[0] == raster.grid.width:
            columns = last[1]
        yield (Raster(raster.grid, min(columns)) if columns else raster), columns


def _columns_of_header(raster: Raster, applicants: Sequence[Applicant]) -> Mapping[int, str]:
    """Columns by the labels above them, in whatever order those stand. A column that the report left out is none; a
    number column without a label makes the header useless."""
    head = range(raster.head_height)
    columns: dict[int, str] = {}
    for column in range(raster.grid.width):
        path = raster.column_path(column, head)
        scored = [(_header_score(path, applicant), applicant.code) for applicant in applicants] if path else []
        best, code = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
        if best and code not in columns.values():
            columns[column] = code
    holding = {cell.column for row in raster.rows for cell in row.values if is_number(cell)}
    return columns if holding <= set(columns) else {}


def _printed_order(raster: Raster, applicants: Sequence[Applicant]) -> Sequence[Applicant]:
    """The applicants in the order in which the header's innermost row names them: where columns are not known, their
    order still is. The form's own order when the header does not name each once."""
    innermost = [applicant for applicant in applicants if len(applicant.path) == max(len(a.path) for a in applicants)]
    for row in raster.rows[: raster.head_height]:
        named = [
            applicant
            for cell in row.labels
            for applicant in innermost
            if label_likeness(cell.text, (applicant.path[-1], *applicant.also)) >= _HEADER_ALIKE
        ]
        if len(named) == len(innermost) == len(set(named)):
            first = applicants.index(innermost[0])
            return [*applicants[:first], *named, *applicants[first + len(innermost) :]]
    return applicants


def _header_score(path: Sequence[str], applicant: Applicant) -> float:
    alike = label_likeness(path[-1], (applicant.path[-1], *applicant.also))
    return alike if alike >= _HEADER_ALIKE else 0.0


# --- the numbers of one row ----------------------------------------------------------------------------


def _place(
    row: Row, columns: Mapping[int, str], applicants: Sequence[Applicant], windows: Mapping[tuple[int, int], int]
) -> Placed:
    if columns:
        by_column = _by_column(row, columns)
        if by_column is not None:
            return by_column
    return _by_window(row, applicants, windows)


def _by_column(row: Row, columns: Mapping[int, str]) -> Placed | None:
    """None when a label stands in a number column or a number outside of them: the row has slipped."""
    if any(is_number(cell) and cell.column not in columns for cell in row.values):
        return None
    if row.labels[-1].column >= min(columns):
        return None
    cells = {columns[cell.column]: cell for cell in row.values if cell.column in columns}
    if len(cells) == len(columns):
        return Placed(cells, CERTAIN)
    if any(cell.colspan > 1 for cell in row.values):
        return None
    return Placed(cells, Trust(0.6, "the row has fewer cells than the table has columns"))


def _by_window(row: Row, applicants: Sequence[Applicant], windows: Mapping[tuple[int, int], int]) -> Placed:
    """As many cells in a row as there are columns, chosen among those behind the last label."""
    codes = [applicant.code for applicant in applicants]
    values = row.values
    if len(values) < len(codes):
        return _too_few(row, applicants)
    start, trust = _window(row, len(codes), windows)
    chosen = values[start : start + len(codes)]
    return Placed(dict(zip(codes, chosen, strict=True)), trust)


def _window(row: Row, width: int, windows: Mapping[tuple[int, int], int]) -> tuple[int, Trust]:
    printed = [place for place, cell in enumerate(row.values) if cell.text]
    if len(row.values) == width:  # but an empty first cell may be a label column's, and the last number gone
        return 0, _BY_COUNT if row.values[0].text or row.raster.grid.exact else Trust(0.8, _GUESSED)
    if printed and printed[-1] - printed[0] + 1 == width:
        return printed[0], _BY_COUNT
    if printed and printed[-1] - printed[0] + 1 < width:
        usual = windows.get(_shape(row))
        if usual is not None and usual <= printed[0] and printed[-1] < usual + width:
            return usual, _BY_COUNT
    start = min(printed[0] if printed else 0, len(row.values) - width)
    return start, Trust(0.5, _GUESSED)


def _usual_windows(rows: Sequence[Row], width: int) -> Mapping[tuple[int, int], int]:
    """Where the numbers begin in rows of a shape, as told by its rows without blanks; left out where they differ."""
    starts: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        printed = [place for place, cell in enumerate(row.values) if cell.text]
        if printed and len(printed) == width == printed[-1] - printed[0] + 1:
            starts.setdefault(_shape(row), set()).add(printed[0])
    return {shape: next(iter(found)) for shape, found in starts.items() if len(found) == 1}


def _shape(row: Row) -> tuple[int, int]:
    return row.labels[-1].column, len(row.cells)


def _too_few(row: Row, applicants: Sequence[Applicant]) -> Placed:
    """Fewer cells than columns. Only the sum can be told, and only when it stands last and is the others' sum."""
    sums = [applicant.code for applicant in applicants if applicant.sum]
    amounts = [parse_cell(cell.text, "")[1] for cell in row.values]
    if not sums or len(row.values) < 2 or any(amount is None for amount in amounts):
        return Placed({}, CERTAIN)
    *parts, total = [amount or Decimal(0) for amount in amounts]
    if sum(parts) != total:
        return Placed({}, CERTAIN)
    return Placed({sums[0]: row.values[-1]}, Trust(0.6, _GUESSED))
