"""A table brought into the form's own layout: columns that are not the form's taken out, rows and columns exchanged
where the items stand in columns, tables side by side put one behind the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from pipeline.extract.labels import label_likeness, plain
from pipeline.extract.loose import put_together
from pipeline.extract.printed_years import besides_year, is_of_another_year, is_of_this_year, years_named
from pipeline.extract.raster import Raster, Row, is_label, is_number
from pipeline.extract.slipped import slips
from pipeline.extract.units import money_named
from pipeline.extract.words import words
from pipeline.forms import Form, Table, forms
from pipeline.model import Cell, Grid

_ALIKE = 0.9
_FEWEST = 3  # labels in one line that show how a table lies
_LONGEST_UNIT_LINE = 20  # 金额单位：万元; what is longer speaks of something else


def laid_out(
    grid: Grid, captions: Sequence[str], table: Table, form: Form, year: int | None, before: Raster | None = None
) -> Raster:
    """The grid as its table's reader expects it, which may go on where the one `before` ends. Where cells are inexact
    nothing is known of columns."""
    own = own_labels(table, form)
    above = tuple(line for line in _whole_lines(captions, own) if plain(line) in own or _names_only_a_unit(line))
    if not grid.exact:
        loose = Raster(put_together(grid, own, figures_follow=table.axes != "column"), captions=above)
        return _without_rows_of_other_years(loose, own, year) if table.axes == "column" else loose
    raster = Raster(grid, captions=above)
    goes_on = before is not None and before.gone and not _names_columns(raster, own) and _is_as_wide(raster, before)
    raster = _without(raster, before.gone, own) if before and goes_on else _without_columns(raster, own, year)
    if _lies_on_its_side(raster, table, form):
        raster = _without_columns(raster.exchanged(), own, year)
    return _without_rows_of_other_years(raster, own, year)


def _whole_lines(lines: Sequence[str], own: frozenset[str]) -> Iterable[str]:
    """The lines, a label that was broken over two of them put together."""
    before = ""
    for line in lines:
        broken = plain(before) not in own and plain(before + line) in own
        yield before + line if broken else line
        before = line


def _names_only_a_unit(line: str) -> bool:
    return len(line.strip()) <= _LONGEST_UNIT_LINE and bool(money_named(line))


def own_labels(table: Table, form: Form) -> frozenset[str]:
    """The letters of every label that the form has for a table."""
    return _own_labels(form.form, table.id)


@lru_cache(maxsize=64)
def _own_labels(form_code: str, table_id: str) -> frozenset[str]:
    form = forms()[form_code]
    labels: set[str] = set()
    for item in form.items_of(table_id):
        labels |= {plain(label) for label in (*item.row, *item.column_path, *item.also)}
        if form.per_applicant(item):
            labels |= {plain(label) for applicant in form.applicants for label in applicant.path}
    return frozenset(labels)


# --- columns that are not the form's -------------------------------------------------------------------


def _without_columns(raster: Raster, own: frozenset[str], year: int | None) -> Raster:
    """Without running numbers, remarks, subtotals and other years' figures, as the header names them."""
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
    """Whether the heads of a row end before the figures do: merged cells were dropped at its start."""
    figures = max((cell.column for row in raster.rows for cell in row.values if is_number(cell)), default=0)
    above = raster.at(heads[0].row, figures)
    return max(head.column + head.colspan for head in heads) <= figures and (above is None or not above.text)


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
        sum(plain(cell.text) in own for cell in row.cells) >= _FEWEST
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
    """Whether every row of figures has cells in these columns, and none of them mixes the form's labels with figures:
    else the grid's cells have slipped, and nothing stands under its head."""
    rows = [row.index for row in raster.rows if any(cell.text and not is_label(cell) for cell in row.cells)]
    for column in columns:
        cells = [raster.at(row, column - slid.get(row, 0)) for row in rows]
        if any(cell is None for cell in cells):
            return False
        figures = any(cell.text and not is_label(cell) for cell in cells if cell)
        if figures and any(plain(cell.text) in own for cell in cells if cell and is_label(cell)):
            return False
    return True


def _within(cell: Cell, columns: frozenset[int], slid: int) -> bool:
    """Whether nothing but these columns holds a cell of a row that has slipped so far."""
    start = cell.column + slid
    return set(range(start, start + cell.colspan)) <= columns


# --- which way it lies ---------------------------------------------------------------------------------


def _lies_on_its_side(raster: Raster, table: Table, form: Form) -> bool:
    """Whether what the form prints in a row stands in a column."""
    if table.axes == "row_applicant":
        across = [label for applicant in form.applicants for label in (applicant.path[-1], *applicant.also)]
        return _most_in_a_line(raster, across, down=True) > max(_most_in_a_line(raster, across), _FEWEST)
    if table.axes in {"row", "row_column"}:
        down = [label for item in form.items_of(table.id) for label in (item.row[-1], *item.also)]
        return _most_in_a_line(raster, down) > max(_most_in_a_line(raster, down, down=True), _FEWEST - 1)
    return False


def _most_in_a_line(raster: Raster, labels: Sequence[str], *, down: bool = False) -> int:
    """How many different labels of these one row (or one column) prints."""
    known = frozenset(plain(label) for label in labels)
    printed: dict[int, set[str]] = {}
    for cell in raster.grid.cells:
        letters = plain(cell.text) if cell.text and is_label(cell) else ""
        if letters in known:
            printed.setdefault(cell.column if down else cell.row, set()).add(letters)
    return max((len(found) for found in printed.values()), default=0)


# --- rows of other years -------------------------------------------------------------------------------


def _without_rows_of_other_years(raster: Raster, own: frozenset[str], year: int | None) -> Raster:
    """Where rows of numbers are told apart by their year, only the report's."""
    if year is None:
        return raster
    of_row = {row.index: named for row in raster.rows if (named := _row_year(row, own, year))}
    if "this" not in of_row.values():
        return raster
    dropped = {index for index, named in of_row.items() if named == "other"}
    column = _year_column(raster)
    years = {id(_first_printed(row)) for row in raster.rows if row.index in of_row}
    kept = [
        cell
        for cell in raster.grid.cells
        if cell.row not in dropped
        and not (cell.column == column and cell.row in of_row if raster.grid.exact else id(cell) in years)
    ]
    return raster.with_cells(kept)


def _row_year(row: Row, own: frozenset[str], year: int) -> str:
    """'this' or 'other' where a row of numbers begins with a year."""
    first = _first_printed(row)
    if first is None or sum(1 for cell in row.cells if cell.text) < _FEWEST:
        return ""
    if is_of_this_year(first.text, year) or plain(first.text) in {word + "度" for word in words().this_year}:
        return "this"
    return "other" if is_of_another_year(first.text, year, own) else ""


def _first_printed(row: Row) -> Cell | None:
    return next((cell for cell in row.cells if cell.text), None)


def _year_column(raster: Raster) -> int | None:
    heads = [cell for cell in raster.grid.cells if plain(cell.text) in words().year_columns]
    return heads[0].column if len(heads) == 1 else None


# --- tables side by side -------------------------------------------------------------------------------


def side_by_side(raster: Raster) -> list[Raster]:
    """The parts of a long table that was printed in several blocks of columns, in reading order."""
    starts = _block_starts(raster)
    if len(starts) < 2:
        return [raster]
    bounds = [*starts[1:], raster.grid.width]
    pieces = []
    for start, stop in zip(starts, bounds, strict=True):
        pieces.append(raster.with_cells(cell for cell in raster.grid.cells if start <= cell.column < stop))
    return pieces


def _block_starts(raster: Raster) -> list[int]:
    """The columns over which a row of heads begins anew."""
    for row in raster.rows:
        heads = [(plain(cell.text), cell.column) for cell in row.cells if cell.text]
        repeated = [text for text, count in Counter(text for text, _ in heads).items() if count > 1]
        if heads and heads[0][0] in repeated and any(_is_indicator_head(text) for text in repeated):
            return [column for text, column in heads if text == heads[0][0]]
    return []


def _is_indicator_head(text: str) -> bool:
    return label_likeness(text, tuple(words().indicator_columns)) >= _ALIKE
