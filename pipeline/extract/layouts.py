"""A table brought into the form's own layout: columns that are not the form's taken out, rows and columns exchanged
where the items stand in columns, tables side by side put one behind the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipeline.extract.labels import label_likeness, plain
from pipeline.extract.loose import put_together
from pipeline.extract.raster import Raster, is_label
from pipeline.extract.strange_columns import FEWEST_LABELS, without_columns
from pipeline.extract.torn import with_whole_heads, with_whole_lines
from pipeline.extract.units import money_named
from pipeline.extract.words import words
from pipeline.extract.year_rows import without_rows_of_other_years
from pipeline.forms import Form, Table, forms
from pipeline.model import Grid

_ALIKE = 0.9
_LONGEST_HEADS = 80  # letters of heads on one line
_LONGEST_UNIT_LINE = 20  # 金额单位：万元; what is longer speaks of something else


def laid_out(
    grid: Grid, captions: Sequence[str], table: Table, form: Form, year: int | None, before: Raster | None = None
) -> Raster:
    """The grid as its table's reader expects it, which may go on where the one `before` ends. Where cells are inexact
    nothing is known of columns."""
    own = own_labels(table, form)
    above = tuple(_labels_above(captions, own))
    if not grid.exact:
        loose = Raster(put_together(grid, own, figures_follow=table.axes != "column"), captions=above)
        if table.axes == "column":
            return without_rows_of_other_years(loose, own, year)
        return _without_applicants_rows(loose, form) if table.axes == "row_applicant" else loose
    raster = with_whole_heads(Raster(grid, captions=above), own)
    raster = without_columns(raster, own, year, before)
    if _lies_on_its_side(raster, table, form):
        raster = without_columns(with_whole_lines(raster, own).exchanged(), own, year)
    return without_rows_of_other_years(raster, own, year)


def _labels_above(lines: Sequence[str], own: frozenset[str]) -> list[str]:
    """What the lines over a table name of it: not what stands over the heads of another one, of which all cells are
    empty, so that nothing else is left of it."""
    above: list[str] = []
    for line in _whole_lines(lines, own):
        if sum(plain(word) in own for word in line.split()) > 1:
            above = []
        elif plain(line) in own or _names_only_a_unit(line):
            above.append(line)
        else:
            above += _run_together(plain(line), own)
    return above


def _run_together(letters: str, own: frozenset[str]) -> list[str]:
    """The labels that a line without blanks is made of: heads over columns that no lines part."""
    labels: list[str] = []
    while letters and len(letters) <= _LONGEST_HEADS:
        longest = max((label for label in own if label and letters.startswith(label)), key=len, default="")
        if not longest:
            return []
        labels.append(longest)
        letters = letters[len(longest) :]
    return labels if not letters else []


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


# --- which way it lies ---------------------------------------------------------------------------------


def _lies_on_its_side(raster: Raster, table: Table, form: Form) -> bool:
    """Whether what the form prints in a row stands in a column."""
    if table.axes == "row_applicant":
        across = [label for applicant in form.applicants for label in (applicant.path[-1], *applicant.also)]
        return _most_in_a_line(raster, across, down=True) > max(_most_in_a_line(raster, across), FEWEST_LABELS)
    if table.axes in {"row", "row_column"}:
        down = [label for item in form.items_of(table.id) for label in (item.row[-1], *item.also)]
        return _most_in_a_line(raster, down) > max(_most_in_a_line(raster, down, down=True), FEWEST_LABELS - 1)
    return False


def _without_applicants_rows(raster: Raster, form: Form) -> Raster:
    """Where applicants are the rows, what stands beside them is told by columns alone, and those of lines are not
    known."""
    known = {plain(label) for one in form.applicants for label in (one.path[-1], *one.also)}
    rows = {row.index: letters for row in raster.rows if row.values and (letters := plain(row.leaf)) in known}
    if len(set(rows.values())) <= FEWEST_LABELS:
        return raster
    return raster.with_cells(cell for cell in raster.grid.cells if cell.row not in rows)


def _most_in_a_line(raster: Raster, labels: Sequence[str], *, down: bool = False) -> int:
    """How many different labels of these one row (or one column) prints."""
    known = frozenset(plain(label) for label in labels)
    printed: dict[int, set[str]] = {}
    for cell in raster.grid.cells:
        letters = plain(cell.text) if cell.text and is_label(cell) else ""
        if letters in known:
            printed.setdefault(cell.column if down else cell.row, set()).add(letters)
    return max((len(found) for found in printed.values()), default=0)


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
