"""The statutory tables as an office lays them out: section 2 in one or four, section 4 in one row or several tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.support.reports.indicators_2014 import INDICATORS
from tests.support.reports.printed import HEAD, Cell, Table
from tests.support.reports.statutory import (
    APPLICANTS,
    DISPUTES,
    HANDLED,
    LEGAL_PERSONS,
    NAMED_IN_ONE,
    RESULTS,
    RULE,
    SECTION_2,
    CellKey,
    Matter,
    section_3,
)

Write = Callable[[CellKey], Cell]
Cells = tuple[Cell, ...]

SECTION_2_LAYOUTS = ("one", "four", "row")
_MOST_IN_A_ROW = 12  # figures
_NARROWEST = 5  # letters
SECTION_4_LAYOUTS = ("one", "two", "three", "blocks", "vertical")


def head(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    return Cell(text, HEAD, rowspan, colspan)


# --- section 2 -----------------------------------------------------------------------------------------


def disclosed(form: str, layout: str, write: Write) -> list[Table]:
    if layout == "row":
        return [_in_a_row(matters, write) for matters in _on_one_page(form)]
    if layout == "one":
        rows = [row for matter in SECTION_2[form] for row in _matter(matter, 3, write)]
        return [Table(tuple(rows), 2, (31, 23, 23, 23))]
    return [
        Table(
            tuple(_matter(matter, len(matter.columns), write)),
            2,
            (31, *[69 / len(matter.columns)] * len(matter.columns)),
        )
        for matter in SECTION_2[form]
    ]


def _matter(matter: Matter, wide: int, write: Write) -> list[Cells]:
    """Over `wide` columns, as Word merges them: a lone number takes all, of two the second takes what is left."""
    count = len(matter.columns)
    spans = [1] * (count - 1) + [wide - count + 1]
    rows = [(head(matter.title, colspan=wide + 1),)]
    rows.append(
        (head("信息内容"), *(head(text, colspan=span) for text, span in zip(matter.columns, spans, strict=True)))
    )
    for label, items in matter.rows:
        numbers = (replace(write((item, None)), colspan=span) for item, span in zip(items, spans, strict=True))
        rows.append((Cell(label), *numbers))
    return rows


def _on_one_page(form: str) -> Sequence[Sequence[Matter]]:
    """The matters that a page is wide enough for in one row: all of 2021, one of 2019 or the last two."""
    matters = SECTION_2[form]
    figures = sum(len(items) for matter in matters for _, items in matter.rows)
    return [matters] if figures <= _MOST_IN_A_ROW else [*((matter,) for matter in matters[:-2]), matters[-2:]]


def _in_a_row(matters: Sequence[Matter], write: Write) -> Table:
    """One row of figures: groups over what is counted of them, or both in one head."""
    top: list[Cell] = []
    below: list[Cell] = []
    figures: list[Cell] = []
    for matter in matters:
        for label, items in matter.rows:
            figures += (write((item, None)) for item in items)
            if len(items) == 1:
                top.append(head(NAMED_IN_ONE[items[0]], rowspan=2))
            else:
                top.append(head(label, colspan=len(items)))
                below += map(head, matter.columns)
    widths = tuple(max(len(cell.text), _NARROWEST) + 2 for cell in figures)
    return Table((tuple(top), tuple(below), tuple(figures)), 2, widths)


# --- section 3 -----------------------------------------------------------------------------------------


def applications(*, undivided: bool, write: Write) -> Table:
    rows = section_3(undivided=undivided)
    handled = [row for row in rows if row.handled]
    printed: list[Cells] = [
        (head(RULE, 3, 3), head("申请人情况", colspan=7)),
        (head("自然人", 2), head("法人或其他组织", colspan=5), head("总计", 2)),
        tuple(head(text) for text in LEGAL_PERSONS),
    ]
    for before, row in zip([None, *rows], rows, strict=False):
        cells = []
        if row.handled and row is handled[0]:
            cells.append(Cell(HANDLED, rowspan=len(handled)))
        if row.group and (before is None or before.group != row.group):
            cells.append(Cell(row.group, rowspan=sum(other.group == row.group for other in rows)))
        cells.append(Cell(row.label, colspan=1 if row.group else 2 if row.handled else 3))
        printed.append((*cells, *(write((row.item, applicant)) for applicant in APPLICANTS)))
    return Table(tuple(printed), 3, (6, 12, 26, 8, 8, 8, 8, 8, 8, 8))


# --- section 4 -----------------------------------------------------------------------------------------


def disputes(layout: str, write: Write) -> list[Table]:
    if layout == "vertical":
        return [_vertical(write)]
    figures = [tuple(write((f"{code}.{result}", None)) for result, _ in RESULTS) for code, _ in DISPUTES]
    results = [head(text) for _, text in RESULTS]
    suits = (head("未经复议直接起诉", colspan=5), head("复议后起诉", colspan=5))
    review: list[Cells] = [(head("行政复议", colspan=5),), tuple(results), figures[0]]
    if layout == "one":
        rows: list[Cells] = [
            (head("行政复议", colspan=5), head("行政诉讼", colspan=10)),
            (*(replace(cell, rowspan=2) for cell in results), *suits),
            (*results, *results),
            (*figures[0], *figures[1], *figures[2]),
        ]
        return [_even(rows, 15)]
    if layout == "two":
        both: list[Cells] = [(head("行政诉讼", colspan=10),), suits, (*results, *results), (*figures[1], *figures[2])]
        return [_even(review, 5), _even(both, 10)]
    pieces = [review]
    for way, numbers in zip(suits, figures[1:], strict=True):
        pieces.append([(head("行政诉讼", colspan=5),), (way,), tuple(results), numbers])
    if layout == "blocks":
        return [_even([row for piece in pieces for row in piece], 5)]
    return [_even(piece, 5) for piece in pieces]


def _even(rows: Sequence[Cells], columns: int) -> Table:
    return Table(tuple(rows), 4, (1,) * columns)


def _vertical(write: Write) -> Table:
    rows: list[Cells] = [(head("类别"), head("情形"), head("数量（件）"))]
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    for (code, _), name in zip(DISPUTES, names, strict=True):
        for n, (result, text) in enumerate(RESULTS):
            group = (Cell(name, rowspan=len(RESULTS)),) if n == 0 else ()
            rows.append((*group, Cell(text), write((f"{code}.{result}", None))))
    return Table(tuple(rows), 4, (40, 30, 30))


# --- the table of 2014 ---------------------------------------------------------------------------------


def indicators(write: Write) -> Table:
    rows: list[Cells] = [(head("指标名称"), head("计量单位"), head("统计数"))]
    for level, label, unit, item in INDICATORS:
        number = write((item, None)) if item else Cell("——")
        rows.append((Cell("　" * level + label), Cell(unit or "——"), number))
    return Table(tuple(rows), 0, (68, 14, 18))
