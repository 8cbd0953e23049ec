"""Whatever shape the statutory tables are printed in, every number comes out under its own item."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.forms import Form, forms
from pipeline.model import Cell, Document, Extract, Grid, ValueKind
from tests.support.printed import CellKey, Style, items_printed, printed_report

SURE = 0.9
ZEROS = {"0": ValueKind.NUMBER, "": ValueKind.BLANK, "-": ValueKind.DASH, "—": ValueKind.DASH, "/": ValueKind.DASH,
         "无": ValueKind.NONE}  # fmt: skip


def cells_of(form: Form, style: Style) -> list[CellKey]:
    return [
        (item.item, applicant)
        for item in items_printed(form, style)
        for applicant in ([a.code for a in form.applicants] if form.per_applicant(item) else [None])
    ]


def read_printed(form: Form, printed: dict[CellKey, str], style: Style) -> Extract:
    return extract(Document("html", "text/html", tuple(printed_report(form, printed, style))))


def amounts(printed: dict[CellKey, str]) -> dict[CellKey, Decimal]:
    return {key: Decimal(text) if text.isdigit() else Decimal(0) for key, text in printed.items()}


@st.composite
def styles(draw: st.DrawFn, layouts: tuple[str, ...]) -> Style:
    return Style(
        layout=draw(st.sampled_from(layouts)),
        page_break=draw(st.none() | st.integers(1, 25)),
        header_repeated=draw(st.booleans()),
        section_2_in_one=draw(st.booleans()),
        section_4_in_two=draw(st.booleans()),
        undivided_other=draw(st.booleans()),
    )


@st.composite
def reports(
    draw: st.DrawFn,
    layouts: tuple[str, ...],
    zeros: tuple[str, ...],
    defects: st.SearchStrategy[dict[str, object]] | None = None,
) -> tuple[Form, dict[CellKey, str], Style]:
    style = replace(draw(styles(layouts)), **(draw(defects) if defects is not None else {}))  # type: ignore[arg-type]
    form = forms()[draw(st.sampled_from(["2021", "2019"]))]
    figures = consistent(form, style, Random(draw(st.integers(0, 2**32))))
    zero = st.sampled_from(zeros)
    return form, {key: str(figure) if figure else draw(zero) for key, figure in figures.items()}, style


def consistent(form: Form, style: Style, chance: Random) -> dict[CellKey, int]:
    """Figures of which section 3's sums hold, a third of them zero."""
    keys = cells_of(form, style)
    figures = {key: chance.choice((0, chance.randint(1, 99), chance.randint(1, 99999))) for key in keys}
    others = [applicant.code for applicant in form.applicants if not applicant.sum]
    rows = list(dict.fromkeys(item for item, applicant in keys if applicant))
    for code in others:
        outcomes = [figures[item, code] for item in rows if item.startswith("outcome.") and item != "outcome.total"]
        figures["outcome.total", code] = sum(outcomes)
        figures["requests.carried_in", code] = min(9, sum(outcomes))
        whole = sum(outcomes) + figures["requests.carried_out", code]
        figures["requests.new", code] = whole - figures["requests.carried_in", code]
    for item in rows:
        figures[item, "total"] = sum(figures[item, code] for code in others)
    return figures


@given(reports(layouts=("merged",), zeros=tuple(ZEROS)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_tables_with_known_columns_are_exact_with_blanks_and_dashes(
    case: tuple[Form, dict[CellKey, str], Style],
) -> None:
    form, printed, style = case
    result = read_printed(form, printed, style)
    assert {(fact.item, fact.applicant): fact.amount for fact in result.facts} == amounts(printed)
    assert {(fact.item, fact.applicant): fact.raw for fact in result.facts} == printed
    assert all(fact.confidence >= SURE for fact in result.facts)
    assert result.form == form.form


@given(reports(layouts=("ragged", "tabs", "lines"), zeros=("0", "-", "无")))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_tables_that_lost_their_columns_are_exact_while_every_cell_prints_something(
    case: tuple[Form, dict[CellKey, str], Style],
) -> None:
    form, printed, style = case
    result = read_printed(form, printed, style)
    assert {(fact.item, fact.applicant): fact.amount for fact in result.facts} == amounts(printed)


@given(reports(layouts=("ragged", "tabs", "lines"), zeros=tuple(ZEROS)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_where_columns_and_cells_are_lost_nothing_sure_is_wrong(case: tuple[Form, dict[CellKey, str], Style]) -> None:
    form, printed, style = case
    right = amounts(printed)
    wrong = [
        fact
        for fact in read_printed(form, printed, style).facts
        if fact.confidence >= SURE and fact.amount != right.get((fact.item, fact.applicant))
    ]
    assert wrong == []


HARMLESS = st.fixed_dictionaries(
    {},
    optional={
        "strange_column": st.sampled_from(["行次", "备注", "小计", "上年总计"]),
        "total_first": st.booleans(),
        "last_year": st.sampled_from(["before", "after"]),
        "litigation_first": st.booleans(),
    },
)


@given(reports(layouts=("merged",), zeros=tuple(ZEROS), defects=HARMLESS))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_what_is_printed_besides_the_form_changes_nothing(case: tuple[Form, dict[CellKey, str], Style]) -> None:
    form, printed, style = case
    style = replace(style, page_break=None)
    result = read_printed(form, printed, style)
    assert {(fact.item, fact.applicant): fact.raw for fact in result.facts} == printed
    assert [fact for fact in result.facts if fact.confidence < SURE] == []


@given(reports(layouts=("merged",), zeros=tuple(ZEROS), defects=st.just({"on_its_side": True})))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_table_on_its_side_is_exact(case: tuple[Form, dict[CellKey, str], Style]) -> None:
    form, printed, style = case
    result = read_printed(form, printed, style)
    assert {(fact.item, fact.applicant): fact.raw for fact in result.facts} == printed


@given(reports(layouts=("ragged", "tabs", "lines"), zeros=tuple(ZEROS), defects=HARMLESS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_where_columns_are_lost_and_more_is_printed_nothing_sure_is_wrong(
    case: tuple[Form, dict[CellKey, str], Style],
) -> None:
    form, printed, style = case
    right = amounts(printed)
    facts = read_printed(form, printed, style).facts
    assert [f for f in facts if f.confidence >= SURE and f.amount != right.get((f.item, f.applicant))] == []


@given(reports(layouts=("merged",), zeros=("0",)), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_cells_lost_from_rows_leave_nothing_sure_that_is_wrong(
    case: tuple[Form, dict[CellKey, str], Style], data: st.DataObject
) -> None:
    """A cell that goes missing in a row of HTML moves those behind it."""
    form, printed, style = case
    blocks = [
        replace(block, cells=without_a_cell(block, data.draw(st.integers(0, 400))))
        if isinstance(block, Grid)
        else block
        for block in printed_report(form, printed, style)
    ]
    right = amounts(printed)
    facts = extract(Document("html", "text/html", tuple(blocks))).facts
    assert [f for f in facts if f.confidence >= SURE and f.amount != right.get((f.item, f.applicant))] == []


def without_a_cell(grid: Grid, which: int) -> tuple[Cell, ...]:
    figures = [cell for cell in grid.cells if cell.text.isdigit()]
    lost = figures[which % len(figures)] if figures else None
    return tuple(
        replace(cell, column=cell.column - lost.colspan)
        if lost is not None and cell.row == lost.row and cell.column > lost.column
        else cell
        for cell in grid.cells
        if cell is not lost
    )


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_misprinted_label_keeps_its_row(data: st.DataObject) -> None:
    form = forms()["2021"]
    long_labels = [item.row[-1] for item in form.items_of("applications") if len(item.row[-1]) >= 6]
    label = data.draw(st.sampled_from(long_labels))
    lost = data.draw(st.integers(0, len(label) - 1))
    item = next(item for item in form.items_of("applications") if item.row[-1] == label)
    marked = item.marker + ("、" if item.marker[-1] in "一二三四" else "")
    style = Style(misprints={marked + label: marked + label[:lost] + label[lost + 1 :]})
    printed = {key: str(figure) for key, figure in consistent(form, style, Random(lost)).items()}
    result = read_printed(form, printed, style)
    assert {(fact.item, fact.applicant): fact.raw for fact in result.facts} == printed
