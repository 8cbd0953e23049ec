"""Rows that a page break tore in two: half a label on each page, each number on one of them, or begun on the first and
gone on with on the second; and heads of columns, half on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.extract.labels import label_likeness, marker, plain, without_remark
from pipeline.extract.raster import Raster, Row, is_label
from pipeline.forms import Item
from pipeline.model import Cell

_LEAST_LEFT = 2  # letters of a label that must stand on the second page
_A_LABEL = 0.75  # what fits less is no label of its own
_CLEAR = 0.9  # what fits at least so well is one
_EXACT = 0.99
_CUT_OFF = 0.6  # of the height of what is on the next page
_DOUBTFUL = 0.8  # as sure is a number that goes on behind a page break
_RUNS_ON = "the number begins on one page and goes on on the next: unsure whether it is one"


def with_whole_heads(raster: Raster, own: frozenset[str]) -> Raster:
    """The table with heads put together of which one half stands at a page's end and the other on the next page, where
    they make a label of the form's `own` that the first alone is not."""
    if len({cell.page for cell in raster.grid.cells}) < 2:
        return raster
    figures = {cell.row for cell in raster.grid.cells if cell.text and not is_label(cell)}
    heads = [cell for cell in raster.grid.cells if is_label(cell) and cell.row not in figures]
    labels = {(cell.row, cell.column, cell.colspan): cell for cell in heads}
    whole: dict[int, Cell] = {}
    gone: set[int] = set()
    for cell in labels.values():
        rest = labels.get((cell.row + cell.rowspan, cell.column, cell.colspan))
        if rest is None or rest.page == cell.page or plain(cell.text) in own or plain(cell.text + rest.text) not in own:
            continue
        whole[id(cell)] = replace(cell, text=cell.text + rest.text, rowspan=cell.rowspan + rest.rowspan)
        gone.add(id(rest))
    if not gone:
        return raster
    return raster.with_cells(whole.get(id(cell), cell) for cell in raster.grid.cells if id(cell) not in gone)


def with_whole_lines(raster: Raster, own: frozenset[str]) -> Raster:
    """A table whose rows are what the form has as columns, with rows put together that a page's end tore: exchanged,
    each half would be a column. `own` are the form's labels."""
    halves = _halves(raster, own) if len({cell.page for cell in raster.grid.cells}) > 1 else []
    if not halves:
        return raster
    first_of = {id(rest): first for first, rest in halves}
    whole = {id(first): _filled_up(first, rest) for first, rest in halves}
    kept = (cell for cell in raster.grid.cells if id(cell) not in first_of)
    return raster.with_cells(whole.get(id(cell), cell) for cell in kept)


def _halves(raster: Raster, own: frozenset[str]) -> list[tuple[Cell, Cell]]:
    """The cells of each torn row beside what the next page has of them."""
    found: list[tuple[Cell, Cell]] = []
    known = own | {plain(cell.text) for cell in raster.grid.cells if is_label(cell)}  # of groups too, printed whole
    for before, row in pairwise(row for row in raster.rows if row.cells):
        pairs = list(zip(before.cells, row.cells, strict=False))
        if len(before.cells) == len(row.cells) and _is_on_another_page(row, before) and _are_halves(pairs, own, known):
            found += pairs
    return found


def _are_halves(pairs: Sequence[tuple[Cell, Cell]], own: frozenset[str], known: frozenset[str]) -> bool:
    """Whether each cell goes on with what the one above it begins: a label, or a figure too long for its place. A
    figure that begins on the second page is no sign, since one whose label is lost does so as well."""
    if any((one.column, one.colspan) != (other.column, other.colspan) for one, other in pairs):
        return False
    if len({one.rowspan for one, _ in pairs}) > 1 or len({other.rowspan for _, other in pairs}) > 1:
        return False
    if not any(one.text and not is_label(one) for one, _ in pairs):
        return False
    rests = [(one, other) for one, other in pairs if other.text]
    labels = [(one, other) for one, other in rests if is_label(one) or is_label(other)]
    if not all(plain(one.text) not in own and plain(one.text + other.text) in known for one, other in labels):
        return False
    figures = [(one, other) for one, other in pairs if (one, other) not in labels and not is_label(one)]
    stays_blank = any(one.text and not other.text for one, other in figures)
    is_named = any(plain(one.text) in own for one, _ in pairs)  # as every such row is, and the second is not
    return bool(rests) and all(one.text for one, _ in rests) and (bool(labels) or stays_blank or is_named)


def _filled_up(first: Cell, rest: Cell) -> Cell:
    whole = replace(first, rowspan=first.rowspan + rest.rowspan)
    if not rest.text:
        return whole
    if is_label(first):
        return replace(whole, text=first.text + rest.text)
    return _filled(whole, rest)


def mended(rows: Sequence[Row], items: Sequence[Item]) -> list[Row]:
    """The rows of a table over several grids, torn ones put together."""
    whole: list[Row] = []
    for row in rows:
        if whole and _is_rest(row, whole[-1], items):
            whole[-1] = _joined(whole[-1], row)
        else:
            whole.append(row)
    return whole


def _is_rest(row: Row, before: Row, items: Sequence[Item]) -> bool:
    """The first row of another page that makes the last label a better one, or has none, and prints no number where
    the last row has one. Text has no pages: there the row must make an unclear label exactly one of the form's."""
    if not before.labels or _names_columns(row) or _is_remark(before.leaf):
        return False
    if _completes(row, before, items):
        return True
    if not _is_on_another_page(row, before):
        return False
    if _runs_on(row, before, items) or _figures_run_on(row, before):
        return True
    if _prints(row) and _prints(before) and not _fill_each_other(row, before):
        return False
    if not row.labels:
        return _prints(row) and (_prints(before) or _is_cut_off(before, row))
    if marker(row.leaf) or len(row.leaf) < _LEAST_LEFT:
        return False
    if not plain(before.leaf):  # its number alone stands on the first page
        return _prints(before)
    whole, first, rest = (_fit(label, items) for label in (before.leaf + row.leaf, before.leaf, row.leaf))
    if whole == 1.0 > first:  # what is left may by itself be a known short form of the label
        return True
    if whole == 1.0 and marker(before.leaf) and not _prints(row):  # or both are, and only the first is numbered
        return True
    return whole > max(first, rest) or (whole == first and rest < _A_LABEL)  # a remark torn off adds nothing


def _is_cut_off(row: Row, below: Row) -> bool:
    """Whether so little of a row stands at the page's end that its figures may have gone to the next page."""
    height, rest = (
        max((cell.bbox[3] - cell.bbox[1] for cell in one.values if cell.bbox), default=0.0) for one in (row, below)
    )
    return 0 < height < _CUT_OFF * rest


def _is_remark(label: str) -> bool:
    """（本列数据的勾稽关系为…） adds nothing to the label that it would be joined with."""
    return bool(plain(label)) and not without_remark(label)


def _names_columns(row: Row) -> bool:
    """Whether a row prints nothing but words where figures belong, as the header does that a page repeats."""
    printed = [cell for cell in row.values if cell.text]
    return bool(printed) and all(is_label(cell) for cell in printed)


def _completes(row: Row, before: Row, items: Sequence[Item]) -> bool:
    """Whether a row of nothing but the rest of a label follows one of figures whose label it makes exact."""
    if not row.labels or _prints(row) or not _may_be_torn(row, before):
        return False
    if not any(cell.text and not is_label(cell) for cell in before.values):
        return False
    if _fit(before.leaf + row.leaf, items) < _EXACT:
        return False
    return _fit(before.leaf, items) < _CLEAR or _is_numbered_as_whole(row, before, items)


def _is_numbered_as_whole(row: Row, before: Row, items: Sequence[Item]) -> bool:
    """Whether the number before a label is the whole one's: 2.其他 is not 3.其他 but 2.其他法律行政法规禁止公开."""
    printed = marker(before.leaf)
    alone = {marker(item.marker + "x") for item in items if _fit(before.leaf, [item]) >= _CLEAR}
    whole = {marker(item.marker + "x") for item in items if _fit(before.leaf + row.leaf, [item]) >= _EXACT}
    return bool(printed) and printed in whole and printed not in alone


def _runs_on(row: Row, before: Row, items: Sequence[Item]) -> bool:
    """Whether what is left of an exact label stands beside what is left of figures too long for their cells."""
    if not row.labels or marker(row.leaf) or not plain(row.leaf) or not plain(before.leaf):
        return False
    pairs = [pair for pair in zip(before.values, _below(row, before), strict=False) if pair[1].text]
    if not pairs or any(not one.text or is_label(one) or is_label(other) for one, other in pairs):
        return False
    return _fit(before.leaf + row.leaf, items) >= _EXACT and _fit(row.leaf, items) < _A_LABEL


def _figures_run_on(row: Row, before: Row) -> bool:
    """Whether a row without a label prints figures under some of those before it and nothing elsewhere: figures too
    long for their cells, whose row a page's end tore."""
    if row.labels or not plain(before.leaf):
        return False
    pairs = list(zip(before.values, _below(row, before), strict=False))
    rests = [(one, other) for one, other in pairs if other.text]
    blank = any(one.text and not other.text for one, other in pairs)
    return bool(rests) and blank and not any(not one.text or is_label(one) or is_label(other) for one, other in rests)


def _may_be_torn(row: Row, before: Row) -> bool:
    return _is_on_another_page(row, before) or all(cell.method == "text" for cell in row.cells)


def _is_on_another_page(row: Row, before: Row) -> bool:
    return row.raster is not before.raster or {cell.page for cell in row.cells}.isdisjoint(
        cell.page for cell in before.cells
    )


def _prints(row: Row) -> bool:
    return any(cell.text for cell in row.values)


def _fit(label: str, items: Sequence[Item]) -> float:
    return max((label_likeness(label, (item.row[-1], *item.also)) for item in items), default=0.0)


def _fill_each_other(row: Row, before: Row) -> bool:
    values = _below(row, before)
    return bool(values) and not any(one.text and other.text for one, other in zip(before.values, values, strict=True))


def _below(row: Row, before: Row) -> tuple[Cell, ...]:
    """The values that stand under those of the row before; a label's empty cells may lead them."""
    more = len(row.values) - len(before.values)
    if more < 0 or any(cell.text for cell in row.values[:more]):
        return ()
    return row.values[more:]


def _joined(first: Row, rest: Row) -> Row:
    label = replace(first.labels[-1], text=first.leaf + rest.leaf)
    labels = (*first.labels[:-1], label)
    if _prints(first) and _prints(rest):
        pairs = zip(first.values, _below(rest, first), strict=True)
        return replace(first, labels=labels, values=tuple(_filled(one, other) for one, other in pairs))
    keeper = rest if _prints(rest) else first
    return replace(keeper, labels=labels)


def _filled(one: Cell, other: Cell) -> Cell:
    """What the row's second part prints, at the first part's place."""
    if not other.text:
        return one
    if one.text:
        return replace(one, text=one.text + other.text, confidence=min(one.confidence, _DOUBTFUL), doubt=_RUNS_ON)
    return replace(other, row=one.row, column=one.column, rowspan=one.rowspan, colspan=one.colspan)
