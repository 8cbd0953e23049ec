"""Rows that a page break tore in two: half a label and the numbers on one page, the other half and empty cells on the
next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.labels import label_likeness, marker
from pipeline.extract.raster import Row
from pipeline.forms import Item

_LEAST_LEFT = 2  # letters of a label that must stand on the second page


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
    """The first labelled row of another page, without a number of its own, that makes the last label a better one."""
    if not _is_on_another_page(row, before) or not before.labels or marker(row.leaf) or len(row.leaf) < _LEAST_LEFT:
        return False
    if _prints(row) and _prints(before):
        return False
    alone = max(_fit(before.leaf, items), _fit(row.leaf, items))
    return _fit(before.leaf + row.leaf, items) > alone


def _is_on_another_page(row: Row, before: Row) -> bool:
    return row.raster is not before.raster or {cell.page for cell in row.cells}.isdisjoint(
        cell.page for cell in before.cells
    )


def _prints(row: Row) -> bool:
    return any(cell.text for cell in row.values)


def _fit(label: str, items: Sequence[Item]) -> float:
    return max((label_likeness(label, (item.row[-1], *item.also)) for item in items), default=0.0)


def _joined(first: Row, rest: Row) -> Row:
    keeper = first if _prints(first) or not _prints(rest) else rest
    label = replace(first.labels[-1], text=first.leaf + rest.leaf)
    return replace(keeper, labels=(*first.labels[:-1], label))
