"""Tables that ruling lines draw: from a page's characters and rulings to grids."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.layout.half_ruled import nets_between
from pipeline.readers.layout.lines import is_evenly_set, lines_of
from pipeline.readers.layout.marks import Glyph, Ruling
from pipeline.readers.layout.overrun import given_back, running_on
from pipeline.readers.layout.raster import Raster, Region, raster_of
from pipeline.readers.layout.rulings import Stroke, nets_of
from pipeline.readers.ragged import is_value

_RUN_TOGETHER = "figures on several lines, over each other or across a missing line: unsure where the number ends"
_DOUBTFUL = 0.8  # figures on several lines, lines that are missing, characters over each other
_A_ROW = 4  # cells beside each other; a frame around text has fewer

Placed = dict[int, list[Glyph]]  # by the place of the region they stand in


def ruled_tables(
    glyphs: Sequence[Glyph], rulings: Sequence[Ruling], page: int
) -> tuple[list[tuple[BBox, Grid]], list[Glyph]]:
    """Tables with at least two columns, with their boxes, and the characters outside of them. A frame around text is
    no table, but a row of which one cell prints something is: what a page's end left of a table. A character stands
    in the innermost table around it."""
    nets = nets_of(rulings)
    whole = [net for net in nets if net.lying and net.standing]
    drawn = list(filter(None, map(raster_of, whole)))
    alone = [stroke for net in nets if not net.standing for stroke in net.lying if not _is_inside(stroke, drawn)]
    rasters = sorted([*drawn, *filter(None, map(raster_of, nets_between(alone, glyphs)))], key=_area)
    if not rasters:
        return [], list(glyphs)
    placed: list[Placed] = [{} for _ in rasters]
    outside = [glyph for glyph in glyphs if not _place(glyph, rasters, placed)]
    tables: list[tuple[BBox, Grid]] = []
    for raster, regions in zip(rasters, placed, strict=True):
        if len(regions) > 1 or (regions and _is_row(raster)):
            tables.append((raster.box, _grid(raster, regions, page)))
        else:
            outside += [glyph for inside in regions.values() for glyph in inside]
    return tables, outside


def _is_row(raster: Raster) -> bool:
    return len(raster.ys) == 2 and len(raster.regions) >= _A_ROW


def _is_inside(stroke: Stroke, rasters: Sequence[Raster]) -> bool:
    """In a cell, where lines underline or strike characters."""
    return any(raster.region_at((stroke.begin + stroke.end) / 2, stroke.at) >= 0 for raster in rasters)


def _area(raster: Raster) -> float:
    x0, top, x1, bottom = raster.box
    return (x1 - x0) * (bottom - top)


def _place(glyph: Glyph, rasters: Sequence[Raster], placed: Sequence[Placed]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for raster, regions in zip(rasters, placed, strict=True):
        region = raster.region_at(x, y)
        if region >= 0:
            regions.setdefault(region, []).append(glyph)
            return True
    return False


def _grid(raster: Raster, placed: Placed, page: int) -> Grid:
    lines = [lines_of(placed.get(place, ())) for place in range(len(raster.regions))]
    pairs = running_on(raster, lines)
    if pairs:
        lines = given_back(lines, pairs, placed)
    runs_on = set(chain.from_iterable(pairs))
    cells = []
    for place, region in enumerate(raster.regions):
        text = "".join(line.text for line in lines[place])  # a cell breaks labels, and now and then a long number
        doubtful = (
            not region.clear
            or place in runs_on
            or not all(line.clear and is_evenly_set(line) for line in lines[place])
            or (len(lines[place]) > 1 and is_value(text))
            or (not text and any(not glyph.text for glyph in placed.get(place, ())))  # all of it is struck
        )
        cells.append(_cell(raster.box_of(region), region, text, page, _DOUBTFUL if doubtful else 1.0))
    return Grid(tuple(cells), number=0, page=page)


def _cell(box: BBox, region: Region, text: str, page: int, confidence: float) -> Cell:
    return Cell(
        text=text,
        row=region.row,
        column=region.column,
        rowspan=region.rowspan,
        colspan=region.colspan,
        page=page,
        bbox=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)),
        confidence=confidence,
        doubt="" if confidence == 1 else _RUN_TOGETHER,
    )
