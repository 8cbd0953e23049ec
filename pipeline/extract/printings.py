"""A table printed more than once, for this year and the last: which grids, or which parts of one, are the report's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness
from pipeline.extract.printed_years import is_of_another_year, is_of_this_year
from pipeline.extract.raster import Raster, is_label
from pipeline.forms import Item, Table

_SAME = 0.9
_SENTENCE = re.compile(r"[，。；]")  # prose may speak of any year
_OTHER_YEAR = Trust(0.6, "headed as another year's table")


@dataclass(frozen=True, slots=True)
class Captioned:
    raster: Raster
    section: int
    captions: tuple[str, ...] = ()  # the lines before the table


def of_this_year(
    rasters: Sequence[Captioned], table: Table, items: Sequence[Item], own: frozenset[str], year: int | None
) -> tuple[list[Raster], Trust]:
    """The grids, or parts of grids, that are not headed as another year's. Where all are, all are kept in doubt."""
    pieces = [piece for one in rasters for piece in _pieces(one, table, items)]
    current = _current(pieces, own, year)
    if current or not pieces:
        return current, CERTAIN
    return [piece.raster for piece in pieces], _OTHER_YEAR


def _current(pieces: Sequence[Captioned], own: frozenset[str], year: int | None) -> list[Raster]:
    """A line that names another year heads all tables below it, up to one that names the report's, or the section's
    end."""
    current: list[Raster] = []
    section, captioned_otherwise = -1, False
    for piece in pieces:
        if piece.section != section:
            section, captioned_otherwise = piece.section, False
        for line in piece.captions:
            if _SENTENCE.search(line):
                continue
            if is_of_another_year(line, year, own):
                captioned_otherwise = True
            elif is_of_this_year(line, year):
                captioned_otherwise = False
        if not captioned_otherwise and not _is_titled_otherwise(piece.raster, own, year):
            current.append(piece.raster)
    return current


def _is_titled_otherwise(raster: Raster, own: frozenset[str], year: int | None) -> bool:
    """By a title over it or the first label of its header."""
    for row in raster.rows:
        printed = [cell for cell in row.cells if cell.text]
        if not printed:
            continue
        if not all(is_label(cell) for cell in printed):
            return False
        if (len(printed) == 1 or not raster.grid.exact) and is_of_another_year(printed[0].text, year, own):
            return True
    return False


# --- one grid with several printings -------------------------------------------------------------------


def _pieces(one: Captioned, table: Table, items: Sequence[Item]) -> list[Captioned]:
    """A grid cut before the header of every further printing it holds."""
    raster = one.raster
    starts = _restarts_of_columns(raster) if table.axes == "column" else _restarts_of_rows(raster, items)
    bounds = [*sorted({0, *(_with_header(raster, start) for start in starts)}), raster.grid.height]
    if len(bounds) == 2:
        return [one]
    pieces = []
    for begin, end in pairwise(bounds):
        cells = tuple(cell for cell in raster.grid.cells if begin <= cell.row < end)
        piece = Raster(replace(raster.grid, cells=cells), turned=raster.turned)
        pieces.append(Captioned(piece, one.section, one.captions if begin == 0 else ()))
    return pieces


def _restarts_of_rows(raster: Raster, items: Sequence[Item]) -> list[int]:
    """Rows that print again the first label that the grid prints of the form."""
    first: Item | None = None
    starts = []
    for row in raster.rows:
        if not row.labels or not row.values:
            continue
        if first is None:
            first = next((item for item in items if _is_labelled(row.leaf, item)), None)
        elif _is_labelled(row.leaf, first):
            starts.append(row.index)
    return starts


def _is_labelled(text: str, item: Item) -> bool:
    return label_likeness(text, (item.row[-1], *item.also)) >= _SAME


def _restarts_of_columns(raster: Raster) -> list[int]:
    """Rows of numbers that follow another one, with a header between."""
    numbers = [row.index for row in raster.rows if any(cell.text and not is_label(cell) for cell in row.cells)]
    return [after for before, after in pairwise(numbers) if after > before + 1]


def _with_header(raster: Raster, start: int) -> int:
    """The first of the rows without numbers that stand right above a row."""
    while start > 0 and not any(cell.text and not is_label(cell) for cell in raster.rows[start - 1].cells):
        start -= 1
    return start
