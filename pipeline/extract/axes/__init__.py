"""How a statutory table is laid out: one module per value of `axes` in `config/forms`, each turning the grids of a
table into facts with `read(rasters, table, form) -> list[Fact]`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.extract.axes import column, row, row_applicant, row_column
from pipeline.extract.raster import Raster
from pipeline.forms import Axes, Form, Table
from pipeline.model import Fact

ReadTable = Callable[[Sequence[Raster], Table, Form], list[Fact]]

READERS: Mapping[Axes, ReadTable] = {
    "row_applicant": row_applicant.read,
    "row_column": row_column.read,
    "column": column.read,
    "row": row.read,
}
