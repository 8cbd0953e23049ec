"""Which grid belongs to which statutory table of which form: told by the labels it prints, its section only helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extract.axes import READERS
from pipeline.extract.facts import SURE, Trust
from pipeline.extract.labels import label_likeness, plain, without_remark
from pipeline.extract.layouts import laid_out, own_labels
from pipeline.extract.printed_years import years_named
from pipeline.extract.printings import Captioned, of_this_year
from pipeline.extract.raster import is_label, is_number
from pipeline.extract.sections import Part
from pipeline.extract.weighing import weighed
from pipeline.forms import Form, Table, forms
from pipeline.model import Fact, Grid

_ALIKE = 0.8
_LARGEST = 60_000  # places of a grid; the statutory tables have some 250, and a hostile one may have billions
_MOST_ROWS = 400  # of them with cells; a long report's has some 100, and every label may be looked at from every figure
_LOCAL = Trust(0.85, "a local table that prints labels of the form")
_FEWEST_LABELS = 3  # by which a grid outside of its section is known


@dataclass(frozen=True, slots=True)
class _Standing:
    """A grid where it stands in the document."""

    grid: Grid
    section: int
    captions: tuple[str, ...]


def read_tables(parts: Sequence[Part], form: Form, year: int | None) -> list[Fact]:
    standing = [
        _Standing(placed.grid, part.number, placed.captions)
        for part in parts
        for placed in part.grids
        if _may_be_a_report_s(placed.grid)
    ]
    facts: list[Fact] = []
    for table in form.tables:
        grids = _without_empty_forms([one for one in standing if _belongs(one, table, form)], own_labels(table, form))
        printed = _printed_as(table, form, grids)
        facts.extend(_read(grids, printed.table_of_id(table.id), printed, year))
    return weighed(facts, form)


def _may_be_a_report_s(grid: Grid) -> bool:
    return grid.height * grid.width <= _LARGEST and len({cell.row for cell in grid.cells}) <= _MOST_ROWS


def read_local_tables(parts: Sequence[Part], form: Form | None, year: int | None) -> list[Fact]:
    """What the tables of a report that follows no form print under labels of one: never sure, since a local table may
    mean something else by them."""
    return [_doubted(fact, _LOCAL) for fact in read_tables(parts, form, year)] if form else []


def _read(grids: Sequence[_Standing], table: Table, form: Form, year: int | None) -> list[Fact]:
    items, own = form.items_of(table.id), own_labels(table, form)
    captioned: list[Captioned] = []
    for one in grids:
        before = captioned[-1].raster if captioned else None
        raster = laid_out(one.grid, one.captions, table, form, year, before)
        captioned.append(Captioned(raster, one.section, one.captions))
    rasters, trust = of_this_year(captioned, table, items, own, year)
    facts = READERS[table.axes](rasters, table, form)
    return facts if not trust.reason else [_doubted(fact, trust) for fact in facts]


def _doubted(fact: Fact, trust: Trust) -> Fact:
    confidence = round(min(fact.confidence, trust.value), 4)
    return replace(fact, confidence=confidence, reason=fact.reason or trust.reason if confidence < SURE else "")


# --- the form itself, printed beside what was filled in -------------------------------------------------


def _without_empty_forms(grids: Sequence[_Standing], own: frozenset[str]) -> list[_Standing]:
    """Without tables that print no figure where another prints the same labels with figures: unless lines above say of
    which year they are, for a year may have none."""
    printed = [_own_printed(one, own) for one in grids]
    filled = [letters for one, letters in zip(grids, printed, strict=True) if _prints_figures(one.grid)]
    return [
        one
        for one, letters in zip(grids, printed, strict=True)
        if _prints_figures(one.grid)
        or any(years_named(line) for line in one.captions)
        or not any(letters <= other for other in filled)
    ]


def _own_printed(one: _Standing, own: frozenset[str]) -> frozenset[str]:
    return frozenset(letters for text in (*_texts(one.grid), *one.captions) if (letters := plain(text)) in own)


def _prints_figures(grid: Grid) -> bool:
    return any(cell.text and not is_label(cell) for cell in grid.cells)


# --- whose labels a grid prints ------------------------------------------------------------------------


def _belongs(one: _Standing, table: Table, form: Form) -> bool:
    counts = {other.id: _labels_known(one.grid, _vocabulary(form.form, other.id)) for other in form.tables}
    if one.section == table.section:
        others = [count for table_id, count in counts.items() if table_id != table.id]
        return counts[table.id] >= max(others, default=0)
    enough = counts[table.id] >= _FEWEST_LABELS or (table.axes == "row" and _names_every_figure(one.grid, table, form))
    return enough and counts[table.id] == max(counts.values())


def _names_every_figure(grid: Grid, table: Table, form: Form) -> bool:
    """Whether each row of figures begins with a label of the long table: a part of it, however short."""
    vocabulary = _vocabulary(form.form, table.id)
    rows = [row for row in grid.rows() if any(is_number(cell) for cell in row)]
    return bool(rows) and all(_is_known(row[0].text, vocabulary) for row in rows)


def _labels_known(grid: Grid, vocabulary: tuple[str, ...]) -> int:
    return sum(1 for text in _texts(grid) if _is_known(text, vocabulary))


def _is_known(text: str, vocabulary: tuple[str, ...]) -> bool:
    return plain(text) in _letters(vocabulary) or label_likeness(text, vocabulary) >= _ALIKE


def _texts(grid: Grid) -> Iterable[str]:
    return {cell.text for cell in grid.cells if is_label(cell)}


@lru_cache(maxsize=64)
def _letters(vocabulary: tuple[str, ...]) -> frozenset[str]:
    return frozenset(plain(label) for label in vocabulary)


@lru_cache(maxsize=64)
def _vocabulary(form_code: str, table_id: str) -> tuple[str, ...]:
    form = forms()[form_code]
    labels: list[str] = []
    for item in form.items_of(table_id):
        labels += [*item.row, *item.column_path, *item.also]
        if form.per_applicant(item):
            labels += [label for applicant in form.applicants for label in applicant.path]
    return tuple(dict.fromkeys(labels))


# --- a table printed as another form has it ------------------------------------------------------------


def _printed_as(table: Table, form: Form, grids: Sequence[_Standing]) -> Form:
    """The form whose labels these grids print: offices put one table of an older form among those of a newer. The
    document's own form where no other knows more of them."""
    printed = {letters for one in grids for text in _texts(one.grid) for letters in (plain(text), without_remark(text))}
    own = len(printed & _letters(_vocabulary(form.form, table.id)))
    best, most = form, own
    for other in forms().values():
        if any(one.id == table.id for one in other.tables):
            known = len(printed & _letters(_vocabulary(other.form, table.id)))
            if known > most:
                best, most = other, known
    return best
