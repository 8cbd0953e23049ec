"""Section 3: an item is a row, the number columns are the kinds of applicants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract.applicant_columns import Header, with_headers
from pipeline.extract.facts import CERTAIN, Trust, fact_of
from pipeline.extract.raster import Raster, Row, is_label, is_number
from pipeline.extract.rows import find_item_rows
from pipeline.forms import Form, Item, Table
from pipeline.model import Cell, Fact
from pipeline.numerals import parse_cell

_BY_COUNT = Trust(0.97, "its column is told by the count of the row's numbers alone")
_NO_HEADER = Trust(0.85, "no header names the columns, taken in the form's order")
_FEWEST_REPEATED = 4  # items that a second grid must repeat to be another printing of the table
_PRINTED_AGAIN = Trust(0.8, "the table is printed more than once")
_GUESSED = "numbers and columns do not pair up, alignment guessed"
_ADDS_UP_TO_ELSE = Trust(0.85, "rows have unlike counts of cells, and this one's figures do not add up")
_IN_PARTS = Trust(0.85, "its parts are printed as well: its row may be one whose label is lost")
_TOO_FEW = "the row has fewer cells than the table has columns"


@dataclass(frozen=True, slots=True)
class Placed:
    """The cells of one row by applicant, as far as they are there."""

    cells: Mapping[str, Cell]
    trust: Trust


def read(rasters: Sequence[Raster], table: Table, form: Form) -> list[Fact]:
    printings = _printings(rasters, form.items_of(table.id))
    if not printings:
        return []
    fullest = max(printings, key=lambda printing: len(printing.items))
    printed_again = any(other is not fullest and len(other.items) * 2 > len(fullest.items) for other in printings)
    return _read_printing(fullest.rasters, table, form, _PRINTED_AGAIN if printed_again else CERTAIN)


@dataclass(frozen=True, slots=True)
class _Printing:
    rasters: tuple[Raster, ...]
    items: frozenset[str]


def _printings(rasters: Sequence[Raster], items: Sequence[Item]) -> list[_Printing]:
    """The grids of each printing of the table: one that repeats items is another printing, one that only goes on
    belongs to the same."""
    if len(rasters) == 1:
        return [_Printing((rasters[0],), frozenset())]
    printings: list[_Printing] = []
    for raster in rasters:
        here = frozenset(found.item.item for found in find_item_rows([raster], items))
        if printings and len(here & printings[-1].items) < _FEWEST_REPEATED:
            last = printings[-1]
            printings[-1] = replace(last, rasters=(*last.rasters, raster), items=last.items | here)
        else:
            printings.append(_Printing((raster,), here))
    return printings


def _read_printing(rasters: Sequence[Raster], table: Table, form: Form, printing: Trust) -> list[Fact]:
    headed = list(with_headers(rasters, form.applicants))
    headers = {id(raster): header for raster, header in headed}
    found = find_item_rows([raster for raster, _ in headed], form.items_of(table.id))
    width = max((len(header.order) for header in headers.values()), default=0)
    windows = _usual_windows([item_row.row for item_row in found], width)
    printed = {item_row.item.item for item_row in found}
    summed = {code for pair in form.alternatives if printed & set(pair.other) for code in pair.one}
    uneven = len({len(item_row.row.values) for item_row in found}) > 1
    facts = []
    for item_row in found:
        raster = item_row.row.raster
        header = headers[id(raster)]
        placed = _place(item_row.row, header, windows, form.sum_applicant)
        of_row = printing & item_row.trust & placed.trust
        if item_row.item.item in summed:
            of_row &= _IN_PARTS
        if uneven and not _adds_up(placed.cells, form.sum_applicant):
            of_row &= _ADDS_UP_TO_ELSE
        for applicant, cell in placed.cells.items():
            trust = of_row & header.trust_in(applicant)
            facts.append(fact_of(raster, cell, item_row.item, applicant, trust))
    return facts


# --- the numbers of one row ----------------------------------------------------------------------------


def _place(row: Row, header: Header, windows: Mapping[tuple[int, int], range], sum_applicant: str | None) -> Placed:
    by_column = _by_column(row, header.by_column, sum_applicant) if header.by_column else None
    if by_column is not None:
        return by_column
    return _by_window(row, header, windows, sum_applicant)


def _by_column(row: Row, columns: Mapping[int, str], sum_applicant: str | None) -> Placed | None:
    """None when a label stands in a number column or a number outside of them: the row has slipped."""
    first = min(columns)
    if any(cell.column not in columns and _is_figure(cell, before=first) for cell in row.values):
        return None
    if row.labels and row.labels[-1].column >= first:
        return None
    cells = {columns[cell.column]: cell for cell in row.values if cell.column in columns}
    if len(cells) == len(columns):
        return Placed(cells, CERTAIN)
    if any(cell.colspan > 1 for cell in row.values):
        return None
    return _only_sum(row, sum_applicant) or Placed(cells, Trust(0.5, _TOO_FEW))


def _is_figure(cell: Cell, before: int) -> bool:
    """Signs for none are figures `before` the columns of figures; behind those they may be a remark's."""
    return is_number(cell) or (cell.column < before and bool(cell.text) and not is_label(cell))


def _by_window(row: Row, header: Header, windows: Mapping[tuple[int, int], range], sum_applicant: str | None) -> Placed:
    """As many cells in a row as there are columns, chosen among those behind the last label."""
    order = header.order
    if len(row.values) == len(header.core) and all(cell.text for cell in row.values):
        order = header.core
    if len(row.values) < len(order):
        return _only_sum(row, sum_applicant) or Placed({}, CERTAIN)
    start, trust = _window(row, len(order), windows)
    chosen = row.values[start : start + len(order)]
    if not header.named:
        trust &= _NO_HEADER
    return Placed({code: cell for code, cell in zip(order, chosen, strict=True) if code}, trust)


def _window(row: Row, width: int, windows: Mapping[tuple[int, int], range]) -> tuple[int, Trust]:
    printed = [place for place, cell in enumerate(row.values) if cell.text]
    usual = windows.get(_shape(row))
    if usual is not None and len(usual) > width:
        return min(usual.start, len(row.values) - width), Trust(0.5, _GUESSED)
    if len(row.values) == width:  # but an empty cell at an end may be a label column's, or pad a row that lacks one
        in_columns = row.raster.grid.exact and row.cells[0].method != "text"
        in_columns = in_columns or all(cell.bbox for cell in row.values)  # a blank has a place where columns are known
        whole = in_columns or (row.values[0].text and row.values[-1].text)
        return 0, _BY_COUNT if whole else Trust(0.8, _GUESSED)
    if printed and printed[-1] - printed[0] + 1 == width:
        return printed[0], _BY_COUNT
    if usual is not None and printed and printed[0] in usual and printed[-1] in usual:
        return usual.start, _BY_COUNT
    start = min(printed[0] if printed else 0, len(row.values) - width)
    return start, Trust(0.5, _GUESSED)


def _usual_windows(rows: Sequence[Row], width: int) -> Mapping[tuple[int, int], range]:
    """Where the numbers of rows of a shape stand, as told by its rows without blanks; left out where they differ. It is
    wider than the form's columns where some row prints more figures than those: then not even a row of the right count
    says which are the form's."""
    windows: dict[tuple[int, int], set[range]] = {}
    for row in rows:
        printed = [place for place, cell in enumerate(row.values) if cell.text]
        numbers = [place for place, cell in enumerate(row.values) if is_number(cell)]
        if printed and len(printed) == width == printed[-1] - printed[0] + 1:
            windows.setdefault(_shape(row), set()).add(range(printed[0], printed[-1] + 1))
        elif numbers and numbers[-1] - numbers[0] >= width:
            windows.setdefault(_shape(row), set()).add(range(numbers[0], numbers[-1] + 1))
    return {shape: window for shape, found in windows.items() if (window := _one_window(found, width))}


def _one_window(found: set[range], width: int) -> range | None:
    first, last = min(window.start for window in found), max(window.stop for window in found)
    return range(first, last) if len(found) == 1 or any(len(window) > width for window in found) else None


def _shape(row: Row) -> tuple[int, int]:
    return row.labels[-1].column if row.labels else -1, len(row.cells)


def _adds_up(cells: Mapping[str, Cell], sum_applicant: str | None) -> bool:
    """Whether the sum printed in a row is that of its other figures; what prints no number is none."""
    if sum_applicant is None or sum_applicant not in cells:
        return True
    amounts = {code: parse_cell(cell.text, "")[1] or Decimal(0) for code, cell in cells.items()}
    return amounts[sum_applicant] * 2 == sum(amounts.values())


def _only_sum(row: Row, sum_applicant: str | None) -> Placed | None:
    """Of fewer cells than columns only the sum can be told, and only when it stands last and is the others' sum."""
    printed = [cell for cell in row.values if cell.text]
    amounts = [parse_cell(cell.text, "")[1] for cell in printed]
    if sum_applicant is None or len(printed) < 2 or any(amount is None for amount in amounts):
        return None
    *parts, total = [amount or Decimal(0) for amount in amounts]
    return Placed({sum_applicant: printed[-1]}, Trust(0.6, _TOO_FEW)) if sum(parts) == total != 0 else None
