"""Whatever shape the statutory tables are printed in, every number comes out under its own item."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract import extract
from pipeline.forms import Form, forms
from pipeline.model import Document, Extract, ValueKind
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
    draw: st.DrawFn, layouts: tuple[str, ...], zeros: tuple[str, ...]
) -> tuple[Form, dict[CellKey, str], Style]:
    style = draw(styles(layouts))
    form = forms()[draw(st.sampled_from(["2021", "2019"]))]
    value = st.integers(1, 99999).map(str) | st.sampled_from(zeros)
    return form, {key: draw(value) for key in cells_of(form, style)}, style


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
    printed = {key: str(place) for place, key in enumerate(cells_of(form, style))}
    result = read_printed(form, printed, style)
    assert {(fact.item, fact.applicant): fact.raw for fact in result.facts} == printed
