"""Which grid belongs to which statutory table: told by the labels it prints, its section only helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.extract.axes import READERS
from pipeline.extract.labels import label_likeness, plain
from pipeline.extract.raster import Raster, is_label
from pipeline.extract.sections import Part
from pipeline.forms import Form, Table
from pipeline.model import Fact, Grid

_ALIKE = 0.8
_LARGEST = 60_000  # places of a grid; the statutory tables have some 250, and a hostile one may have billions


def read_tables(parts: Sequence[Part], form: Form) -> list[Fact]:
    facts: list[Fact] = []
    for table in form.tables:
        grids = [grid for part in parts for grid in part.grids if _belongs(grid, part.number, table, form)]
        facts.extend(READERS[table.axes]([Raster(grid) for grid in grids], table, form))
    return facts


def _belongs(grid: Grid, section: int, table: Table, form: Form) -> bool:
    if grid.height * grid.width > _LARGEST:
        return False
    counts = {other.id: _labels_known(grid, _vocabulary(form.form, other.id, form)) for other in form.tables}
    if section == table.section:
        others = [count for table_id, count in counts.items() if table_id != table.id]
        return counts[table.id] >= max(others, default=0)
    return counts[table.id] > 2 and counts[table.id] == max(counts.values())


def _labels_known(grid: Grid, vocabulary: tuple[str, ...]) -> int:
    exact = {plain(label) for label in vocabulary}
    return sum(1 for text in _texts(grid) if plain(text) in exact or label_likeness(text, vocabulary) >= _ALIKE)


def _texts(grid: Grid) -> Iterable[str]:
    return {cell.text for cell in grid.cells if is_label(cell)}


@lru_cache(maxsize=64)
def _vocabulary(_key: str, table_id: str, form: Form) -> tuple[str, ...]:
    labels: list[str] = []
    for item in form.items_of(table_id):
        labels += [*item.row, *item.column_path, *item.also]
        if form.per_applicant(item):
            labels += [label for applicant in form.applicants for label in applicant.path]
    return tuple(dict.fromkeys(labels))
