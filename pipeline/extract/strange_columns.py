"""Columns of a table that are not the form's: running numbers, remarks, subtotals, other years' figures, as its header
names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from pipeline.extract.labels import plain
from pipeline.extract.printed_years import besides_year, is_of_another_year, is_of_this_year, years_named
from pipeline.extract.raster import Raster, Row, is_label, is_number
from pipeline.extract.slipped import slips
from pipeline.extract.words import words
from pipeline.model import Cell, ValueKind
from pipeline.numerals import parse_cell

FEWEST_LABELS = 3  # of the form's in one line that show how a table lies


def without_columns(raster: Raster, own: frozenset[str], year: int | None, before: Raster | None = None) -> Raster:
    """Without the columns that the header names as none of the form's; a grid without a header that goes on where the
    one `before` ends, without those that lack there."""
    if before and before.gone and not _names_columns(raster, own) and _is_as_wide(raster, before):
        return _without(raster, before.gone, own)
    heads = [head for row in _header_rows(raster) for head in _heads(row)]
    named_this_year = any(is_of_this_year(cell.text, year) for cell in heads)
    without_year = frozenset(plain(cell.text) for cell in heads) & own
    strange = [
        head
        for head in heads
        if _is_strange(head, own, year, named_this_year or _repeats(head, without_year)) and not _is_title(head, raster)
    ]
    dropped = frozenset(column for head in strange for column in range(head.column, head.column + head.colspan))
    slipped = any(
        plain(head.text) in own and head.column == other.column and other.colspan == 1
        for other in strange
        for head in heads
    )
    slipped = slipped or any(_ends_early(raster, [one for one in heads if one.row == head.row]) for head in strange)
    return raster if slipped else _without(raster, dropped, own)


def _ends_early(raster: Raster, heads: Sequence[Cell]) -> bool:
    """Whether the heads of a row below the first end before the figures do: cells that were merged with those above
    were dropped at its start."""
    row = heads[0].row
    figures = max((cell.column for one in raster.rows for cell in one.values if is_number(cell)), default=0)
    above = raster.at(row, figures)
    ends = max(head.column + head.colspan for head in heads)
    first = [cell.text for cell in raster.rows[0].cells]
    is_first = row == 0 or [cell.text for cell in raster.rows[row].cells] == first  # or printed again on another page
    return not is_first and ends <= figures and (above is None or not above.text)


def _without(raster: Raster, dropped: frozenset[int], own: frozenset[str]) -> Raster:
    if not dropped:
        return raster
    slid = slips(raster)
    if not _are_columns(raster, dropped, own, slid):
        return raster
    kept = [cell for cell in raster.grid.cells if not _within(cell, dropped, slid.get(cell.row, 0))]
    return raster.with_cells(kept, gone=dropped)


def _names_columns(raster: Raster, own: frozenset[str]) -> bool:
    """Whether the grid has a header of its own, if only one of years."""
    return any(
        sum(plain(cell.text) in own for cell in row.cells) >= FEWEST_LABELS
        or any(years_named(cell.text) for cell in row.cells)
        for row in _header_rows(raster)
    )


def _is_as_wide(raster: Raster, before: Raster) -> bool:
    return not before.turned and raster.grid.width == max(before.grid.width, max(before.gone) + 1)


def _header_rows(raster: Raster) -> Iterable[Row]:
    """Rows that name columns: more than one label and no number, wherever in the grid they stand."""
    for row in raster.rows:
        if row.cells and not any(not is_label(cell) and cell.text for cell in row.cells):
            yield row


def _heads(row: Row) -> list[Cell]:
    """The labels of a row that names columns. Where it prints nothing but years, a year is over the empty cells behind
    it and over those that repeat it: they were merged."""
    heads = [cell for cell in row.cells if cell.text and is_label(cell)]
    if not heads or not all(years_named(cell.text) for cell in heads):
        return heads
    end = max(cell.column + cell.colspan for cell in row.cells)
    years = [next(same) for _, same in groupby(heads, key=lambda head: head.text)]
    ends = [*(head.column for head in years[1:]), end]
    return [
        head if head.colspan > 1 else replace(head, colspan=stop - head.column)
        for head, stop in zip(years, ends, strict=True)
    ]


def _is_strange(head: Cell, own: frozenset[str], year: int | None, named_this_year: bool) -> bool:
    letters = plain(head.text)
    if letters in own:
        return False
    if letters in words().other_columns:
        return True
    if years_named(head.text) and not named_this_year:
        return False  # years, but none of them the report's: nothing says which to take
    return is_of_another_year(head.text, year, own)


def _repeats(head: Cell, without_year: frozenset[str]) -> bool:
    """Whether a head names with a year what another names without one, which then is the report's own: 2022年总计."""
    return bool(years_named(head.text)) and plain(besides_year(head.text)) in without_year


def is_strange(label: str) -> bool:
    """Whether a label over a column says that it holds no figure of the form's for this year."""
    return plain(label) in words().other_columns or is_of_another_year(label, None)


def _is_title(head: Cell, raster: Raster) -> bool:
    """A label over the whole table speaks of the table, and one over the rows' own labels of those."""
    over_labels = head.column == 0 and head.colspan == 1 and not _is_numbered(raster, head)
    return head.colspan >= raster.grid.width or over_labels


def _is_numbered(raster: Raster, head: Cell) -> bool:
    """Whether running numbers stand below a head in the first column."""
    below = [cell for cell in raster.grid.cells if cell.column == head.column and cell.row > head.row and cell.text]
    return plain(head.text) in words().other_columns and sum(not is_label(cell) for cell in below) * 2 > len(below)


def _are_columns(raster: Raster, columns: frozenset[int], own: frozenset[str], slid: Mapping[int, int]) -> bool:
    """Whether every row of figures has cells in these columns or ends with its sum before them, and none of them mixes
    the form's labels with figures: else the grid's cells have slipped, and nothing stands under its head."""
    rows = [row.index for row in raster.rows if any(cell.text and not is_label(cell) for cell in row.cells)]
    for column in columns:
        cells = [raster.at(row, column - slid.get(row, 0)) for row in rows]
        if any(cell is None and not _ends_in_sum(raster, row, column) for row, cell in zip(rows, cells, strict=True)):
            return False
        figures = any(cell.text and not is_label(cell) for cell in cells if cell)
        if figures and any(plain(cell.text) in own for cell in cells if cell and is_label(cell)):
            return False
    return True


def _ends_in_sum(raster: Raster, row: int, column: int) -> bool:
    """Whether a row ends right before a column with the sum of its figures, so that only an empty cell was cut off and
    none of them is missing."""
    printed = [cell for cell in raster.rows[row].values if cell.text and not is_label(cell)]
    kinds = [parse_cell(cell.text, "") for cell in printed]
    if not printed or printed[-1].column != column - 1 or any(kind is ValueKind.TEXT for kind, _ in kinds):
        return False
    amounts = [amount or Decimal() for _, amount in kinds]
    return amounts[-1] * 2 == sum(amounts)


def _within(cell: Cell, columns: frozenset[int], slid: int) -> bool:
    """Whether nothing but these columns holds a cell of a row that has slipped so far."""
    start = cell.column + slid
    return set(range(start, start + cell.colspan)) <= columns
