"""A table printed more than once, for this year and the last: which grids, or which parts of one, are the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness, plain
from pipeline.extract.printed_years import is_of_another_year, is_of_this_year, years_named
from pipeline.extract.raster import Raster, Row, is_label, is_number
from pipeline.forms import Item, Table

_SAME = 0.9
_SENTENCE = re.compile(r"[，。；]")  # prose may speak of any year
_MOST_PRINTINGS = 50  # of one table in a grid; more headers than that are none
_OTHER_YEAR = Trust(0.6, "headed as another year's table")
_BELOW = "stands below a table that is headed as another year's"


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
    """A line that names another year heads the table below it, and those after that which it goes on with: tables
    that are printed for the report's year as well. Others stay, in doubt."""
    verdicts = [_verdict(piece, own, year) for piece in pieces]
    certain = [piece for piece, verdict in zip(pieces, verdicts, strict=True) if verdict == "this"]
    inherited = _inherited(pieces, verdicts)
    labels = [_labels(piece.raster, own) for piece in certain] + [
        _labels(piece.raster, own)
        for piece, verdict, above in zip(pieces, verdicts, inherited, strict=True)
        if not verdict and above != "other"
    ]
    current: list[Raster] = []
    for piece, verdict, above in zip(pieces, verdicts, inherited, strict=True):
        if verdict == "this" or (not verdict and above != "other"):
            current.append(piece.raster)
        elif not verdict and not any(_labels(piece.raster, own) <= held for held in labels):
            current.append(_doubted(piece.raster))
    return current


def _doubted(raster: Raster) -> Raster:
    """A table that is printed once, but below another year's: it may be that year's."""
    return raster.with_cells(
        replace(cell, confidence=min(cell.confidence, _OTHER_YEAR.value), doubt=cell.doubt or _BELOW)
        for cell in raster.grid.cells
    )


def _inherited(pieces: Sequence[Captioned], verdicts: Sequence[str]) -> list[str]:
    """What the nearest verdict before each piece of a section was."""
    above: list[str] = []
    section, last = -1, ""
    for piece, verdict in zip(pieces, verdicts, strict=True):
        if piece.section != section:
            section, last = piece.section, ""
        above.append(last)
        last = verdict or last
    return above


def _labels(raster: Raster, own: frozenset[str]) -> frozenset[str]:
    printed = (*(cell.text for cell in raster.grid.cells if cell.text), *raster.captions)
    return frozenset(plain(text) for text in printed) & own


def _verdict(piece: Captioned, own: frozenset[str], year: int | None) -> str:
    """'this' or 'other' where the lines above a table, a title over it or the labels of its header name a year."""
    lines = [line for line in piece.captions if not _SENTENCE.search(line)] + _titles(piece.raster)
    verdict = ""
    for line in lines:
        if is_of_another_year(line, year, own):
            verdict = "other"
        elif is_of_this_year(line, year):
            verdict = "this"
    return verdict


def _titles(raster: Raster) -> list[str]:
    """Labels above the first figures that may be the table's title; where cells are inexact that is any of them."""
    titles: list[str] = []
    for row in raster.rows:
        printed = [cell for cell in row.cells if cell.text]
        if not all(is_label(cell) for cell in printed):
            break
        if len(printed) == 1 or not raster.grid.exact:
            titles += [cell.text for cell in printed]
    return titles


# --- one grid with several printings -------------------------------------------------------------------


def _pieces(one: Captioned, table: Table, items: Sequence[Item]) -> list[Captioned]:
    """A grid cut before the header of every further printing it holds."""
    raster = one.raster
    starts = _restarts_of_columns(raster) if table.axes == "column" else _restarts_of_rows(raster, items)
    named = () if table.axes == "column" else items
    tops = {_with_header(raster, start, named) for start in starts}
    bounds = [*sorted({0, *tops, *_titled_by_year(raster, table)}), raster.grid.height]
    if not 2 < len(bounds) <= _MOST_PRINTINGS:
        return [one]
    pieces = []
    for begin, end in pairwise(bounds):
        piece = raster.with_rows(begin, end)
        pieces.append(Captioned(piece, one.section, one.captions if begin == 0 else ()))
    return pieces


def _titled_by_year(raster: Raster, table: Table) -> Iterator[int]:
    """Rows with a year and nothing else, over a row of heads. Where items are rows of many figures, one whose cells are
    all empty looks alike: 2022年结转."""
    heads_below = False
    for row in reversed(raster.rows):
        printed = [cell for cell in row.cells if cell.text]
        spans = len(row.cells) == 1 and row.cells[0].colspan >= raster.grid.width
        alone = len(printed) == 1 and (spans or table.axes != "row_applicant")
        if alone and heads_below and years_named(printed[0].text) and is_label(printed[0]):
            yield row.index
        if len(printed) > 1:
            heads_below = all(map(is_label, printed))


def _restarts_of_rows(raster: Raster, items: Sequence[Item]) -> list[int]:
    """Rows that print again the first label of the form that the grid prints and that names one row only."""
    first: tuple[str, ...] = ()
    starts = []
    for row in raster.rows:
        if not row.labels or not row.values:
            continue
        named = _row_named(row, items)
        first = first or named
        if named and named == first:
            starts.append(row.index)
    return starts[1:]


def _row_named(row: Row, items: Sequence[Item]) -> tuple[str, ...]:
    """The row of the form whose label a row prints, where no other's is as like: 同意公开答复数 is nearly
    不同意公开答复数."""
    fits = {item.row: _label_fit(row, item) for item in items}
    best = max(fits.values(), default=0.0)
    named = [path for path, fit in fits.items() if fit == best]
    return named[0] if best >= _SAME and len(named) == 1 else ()


def _label_fit(row: Row, item: Item) -> float:
    return max(label_likeness(cell.text, (item.row[-1], *item.also)) for cell in row.labels)


def _restarts_of_columns(raster: Raster) -> list[int]:
    """Rows of numbers that follow another one, with a header between."""
    numbers = [row.index for row in raster.rows if any(cell.text and not is_label(cell) for cell in row.cells)]
    return [after for before, after in pairwise(numbers) if after > before + 1]


def _with_header(raster: Raster, start: int, items: Sequence[Item]) -> int:
    """The first of the rows without figures that stand right above a row; in `items` the rows that have some."""
    while start > 0 and not _prints_figures(raster.rows[start - 1], items):
        start -= 1
    return start


def _prints_figures(row: Row, items: Sequence[Item]) -> bool:
    """A group's heading (一、主动公开情况 ——) has signs for none where its items have numbers."""
    printed = [cell for cell in row.cells if cell.text and not is_label(cell)]
    of_a_group = bool(items and row.labels) and not any(map(is_number, printed)) and not _row_named(row, items)
    return bool(printed) and not of_a_group
