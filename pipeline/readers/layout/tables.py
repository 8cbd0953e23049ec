"""Tables that ruling lines draw: from a page's characters and rulings to grids."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import BBox, Cell, Grid
from pipeline.readers.layout.lines import lines_of
from pipeline.readers.layout.marks import Glyph, PrintedPage
from pipeline.readers.layout.raster import Raster, Region, raster_of
from pipeline.readers.layout.rulings import nets_of
from pipeline.readers.lines import is_value

_DOUBTFUL = 0.8  # figures on several lines, lines that are missing, characters over each other

Placed = dict[int, list[Glyph]]  # by the place of the region they stand in


def ruled_tables(page: PrintedPage) -> tuple[list[tuple[BBox, Grid]], list[Glyph]]:
    """Tables with at least two columns, with their boxes, and the characters outside of them. A frame around text is
    no table; a character stands in the innermost table around it."""
    rasters = sorted(filter(None, map(raster_of, nets_of(page.rulings))), key=_area)
    if not rasters:
        return [], list(page.glyphs)
    placed: list[Placed] = [{} for _ in rasters]
    outside = [glyph for glyph in page.glyphs if not _place(glyph, rasters, placed)]
    tables: list[tuple[BBox, Grid]] = []
    for raster, regions in zip(rasters, placed, strict=True):
        if len(regions) > 1:
            tables.append((raster.box, _grid(raster, regions, page.number)))
        else:
            outside += [glyph for glyphs in regions.values() for glyph in glyphs]
    return tables, outside


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
    cells = [_cell(raster, region, placed.get(place, ()), page) for place, region in enumerate(raster.regions)]
    return Grid(tuple(cells), number=0, page=page)


def _cell(raster: Raster, region: Region, glyphs: Sequence[Glyph], page: int) -> Cell:
    lines = lines_of(glyphs)
    text = "".join(line.text for line in lines)  # a cell breaks labels, and now and then a long number
    doubtful = not region.clear or any(not line.clear for line in lines) or (len(lines) > 1 and is_value(text))
    x0, top, x1, bottom = raster.box_of(region)
    return Cell(
        text=text,
        row=region.row,
        column=region.column,
        rowspan=region.rowspan,
        colspan=region.colspan,
        page=page,
        bbox=(round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)),
        confidence=_DOUBTFUL if doubtful else 1.0,
    )
