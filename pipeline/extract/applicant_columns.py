"""Which column of section 3 is which applicant's, as the header says: by place where columns are known, by order in any
case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.heads_over_figures import order_over_figures
from pipeline.extract.labels import label_likeness
from pipeline.extract.raster import Raster, Row, is_label, is_number
from pipeline.extract.strange_columns import is_strange
from pipeline.forms import Applicant

_ALIKE = 0.75
_CLEAR = 0.9
_GUESSED_LABEL = Trust(0.85, "the column's label is unknown, placed by its neighbours")
_UNUSUAL_LABEL = Trust(0.85, "the column's label is unusual")


@dataclass(frozen=True, slots=True)
class Header:
    """What is known of the columns of a grid. `order` is the form's own where the header does not tell (`named`); a
    column that is no applicant's is "" in it."""

    order: tuple[str, ...]
    named: bool = False
    by_column: Mapping[int, str] = field(default_factory=dict)
    trust: Mapping[str, Trust] = field(default_factory=dict)  # of columns that are not sure

    @property
    def core(self) -> tuple[str, ...]:
        """The order without strange columns at its end."""
        codes = list(self.order)
        while codes and not codes[-1]:
            codes.pop()
        return tuple(codes)

    def trust_in(self, applicant: str) -> Trust:
        return self.trust.get(applicant, CERTAIN)


def with_headers(rasters: Sequence[Raster], applicants: Sequence[Applicant]) -> Iterator[tuple[Raster, Header]]:
    """Each grid with its header, which may be a grid of its own; a grid that goes on after a page break without one
    has that of the grid before, if it is as wide or columns do not count."""
    last: tuple[int, Header] | None = None
    heads: list[Row] = []
    for raster in rasters:
        printed = {_texts(row) for row in heads}
        heads += [row for row in raster.rows[: raster.head_height] if _texts(row) not in printed]
        header = _header(raster, heads, applicants)
        if raster.head_height < raster.grid.height:
            heads = []  # its rows follow: what comes then has a header of its own
        if header.named:
            last = (raster.grid.width, header)
        elif last is not None:
            same_columns = raster.grid.exact and last[0] == raster.grid.width
            header = Header(last[1].order, True, last[1].by_column if same_columns else {}, last[1].trust)
        yield raster.with_values_from(min(header.by_column) if header.by_column else None), header


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row.cells)


def _header(raster: Raster, heads: Sequence[Row], applicants: Sequence[Applicant]) -> Header:
    if raster.grid.exact:
        by_place = _by_place(raster, applicants)
        if by_place is not None:
            return by_place
    header = Header(_order_of_labels(heads, applicants), True)
    over_figures = () if raster.grid.exact else order_over_figures(raster.rows, heads, applicants)
    if over_figures:
        return Header(over_figures, True)
    whole = {applicant.code for applicant in applicants} == set(header.order)
    if header.order and (whole or _most_figures(raster) in {len(header.order), len(header.core)}):
        return header
    return Header(tuple(applicant.code for applicant in applicants))


def _most_figures(raster: Raster) -> int:
    """Cells from the first figure of a row to its last, in the longest row."""
    spans = [[place for place, cell in enumerate(row.values) if is_number(cell)] for row in raster.rows]
    return max((places[-1] - places[0] + 1 for places in spans if places), default=0)


# --- by place ------------------------------------------------------------------------------------------


def _by_place(raster: Raster, applicants: Sequence[Applicant]) -> Header | None:
    """Columns by the labels above them, in whatever order those stand. A column that the report left out is none. One
    without a known label is its neighbours' missing one, in doubt; several make the header useless."""
    columns, trust = _labelled_columns(raster, applicants)
    if not columns:
        return None
    numbers = {cell.column for row in raster.rows for cell in row.values if is_number(cell)}
    holding = {column for column in numbers if column >= min(columns)}  # what stands before them has slipped there
    if len(columns) == len(applicants):
        columns = _moved_over_empty(raster, columns, holding)
    unknown = sorted(holding - set(columns))
    missing = [applicant.code for applicant in applicants if applicant.code not in columns.values()]
    if len(unknown) == 1 and len(missing) == 1 and _fits_between(unknown[0], missing[0], columns, applicants):
        columns[unknown[0]] = missing[0]
        trust[missing[0]] = _GUESSED_LABEL
    if not holding <= set(columns):
        return None
    order = tuple(columns[column] for column in sorted(columns))
    return Header(order, True, columns, trust)


def _labelled_columns(raster: Raster, applicants: Sequence[Applicant]) -> tuple[dict[int, str], dict[str, Trust]]:
    columns: dict[int, str] = {}
    trust: dict[str, Trust] = {}
    head = range(raster.head_height)
    for column in range(raster.grid.width):
        path = raster.column_path(column, head)
        if len({code for label in path for code in _clearly(label, applicants)}) > 1:
            return {}, {}  # an applicant above another: spans were lost, and the header has slipped
        scored = [(_alike(path[-1], applicant), applicant.code) for applicant in applicants] if path else []
        best, code = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
        if best >= _ALIKE and code not in columns.values():
            columns[column] = code
            if best < _CLEAR:
                trust[code] = _UNUSUAL_LABEL
    return columns, trust


def _clearly(text: str, applicants: Sequence[Applicant]) -> list[str]:
    return [applicant.code for applicant in applicants if _alike(text, applicant) >= _CLEAR]


def _moved_over_empty(raster: Raster, columns: dict[int, str], holding: set[int]) -> dict[int, str]:
    """The columns, where all rows of figures have one more than the header and leave the same one empty: what lies
    behind that is one farther to the right."""
    empty = set(columns) - holding
    last = max(columns) + 1
    if len(empty) != 1 or holding - set(columns) != {last} or len(holding) != len(columns):
        return columns
    if any(raster.at(row.index, last) is None for row in raster.rows if any(map(is_number, row.values))):
        return columns
    [gap] = empty
    prints = any(cell.text and not is_label(cell) and cell.column == gap for cell in raster.grid.cells)
    return columns if prints else {column + (column >= gap): code for column, code in columns.items()}


def _fits_between(column: int, code: str, columns: Mapping[int, str], applicants: Sequence[Applicant]) -> bool:
    """Whether the columns, with the unknown one, stand in the form's order."""
    codes = [applicant.code for applicant in applicants]
    found = {**columns, column: code}
    return [found[place] for place in sorted(found)] == [known for known in codes if known in found.values()]


def _alike(text: str, applicant: Applicant) -> float:
    return label_likeness(text, (applicant.path[-1], *applicant.also))


# --- by order ------------------------------------------------------------------------------------------


def _order_of_labels(heads: Sequence[Row], applicants: Sequence[Applicant]) -> tuple[str, ...]:
    """The applicants in the order in which the header's labels name them, those of a group in the group's place; ()
    where that is not clear. Labels of strange columns keep their place as ""."""
    labels = _Labels(applicants)
    for place, row in enumerate(heads):
        for cell in row.labels:
            labels.take(cell.text, place, cell.bbox[0] if cell.bbox else None)
    return labels.order()


class _Labels:
    """The labels of a header of three levels, as they come row by row. What the first level prints beside its own
    label spans the levels below and stands left or right of all of them."""

    def __init__(self, applicants: Sequence[Applicant]) -> None:
        self.applicants = applicants
        self.group = _group_of(applicants)
        self.root_row: int | None = None
        self.before: list[str] = []
        self.behind: list[str] = []
        self.outer: list[str] = []  # of the second level
        self.inner: list[str] = []  # under the group
        self.lefts: dict[str, float | None] = {}  # where they begin on a page

    def take(self, text: str, row: int, left: float | None) -> None:
        alike, code = max((_alike(text, applicant), applicant.code) for applicant in self.applicants)
        if label_likeness(text, (self.applicants[0].path[0],)) >= _CLEAR:
            self.root_row = row
        elif is_strange(text):
            (self.inner or self._level(row)).append("")
        elif label_likeness(text, (self.group,)) >= _ALIKE:
            self._level(row).append(self.group)
        elif alike >= _ALIKE:
            depth = next(len(applicant.path) for applicant in self.applicants if applicant.code == code)
            (self.inner if depth == _depth(self.applicants) else self._level(row)).append(code)
            self.lefts[code] = left

    def _level(self, row: int) -> list[str]:
        if self.root_row is None:
            return self.outer if self.outer else self.before
        return self.behind if row == self.root_row else self.outer

    def order(self) -> tuple[str, ...]:
        before, outer, behind = self.before, self.outer, self.behind
        if not outer:  # all levels on one line, or the first one left out
            outer, before, behind = (behind, before, []) if self.root_row is not None else (before, [], [])
            if not outer or outer[0] not in (self.applicants[0].code, self.group):
                return ()
        named = [code for code in (*before, *outer, *self.inner, *behind) if code]
        if outer.count(self.group) != 1 or len(set(named)) != len(named) or not self.inner:
            return ()
        place = outer.index(self.group)
        order = (*before, *outer[:place], *self.inner, *outer[place + 1 :], *behind)
        lefts = [left for code in order if (left := self.lefts.get(code)) is not None]
        return order if lefts == sorted(lefts) else ()


def _depth(applicants: Sequence[Applicant]) -> int:
    return max(len(applicant.path) for applicant in applicants)


def _group_of(applicants: Sequence[Applicant]) -> str:
    """The label over the innermost columns: 法人或其他组织."""
    return next((applicant.path[-2] for applicant in applicants if len(applicant.path) == _depth(applicants)), "")
