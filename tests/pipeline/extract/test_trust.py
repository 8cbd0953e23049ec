"""What is guessed says so: below 0.9, with a reason. What is not there is not made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.axes import READERS
from pipeline.extract.facts import SURE
from pipeline.extract.raster import Raster
from pipeline.forms import forms
from pipeline.model import Fact, ValueKind
from pipeline.readers.lines import grid_of_rows

FORM = forms()["2021"]
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
HEAD = ["", *APPLICANTS]
ONES = ["1"] * 6 + ["6"]


def facts_of(table_id: str, rows: Sequence[Sequence[str]], *, exact: bool = True) -> dict[tuple[str, str | None], Fact]:
    table = next(table for table in FORM.tables if table.id == table_id)
    grid = replace(grid_of_rows(rows, 1), exact=exact)
    return {(fact.item, fact.applicant): fact for fact in READERS[table.axes]([Raster(grid)], table, FORM)}


def all_doubted(facts: Sequence[Fact]) -> bool:
    return bool(facts) and all(fact.confidence < SURE and fact.reason for fact in facts)


def test_a_row_whose_label_is_lost_is_placed_between_its_neighbours_and_doubted() -> None:
    rows = [HEAD, ["（一）予以公开", *ONES], ["？？？", *ONES], ["1.属于国家秘密", *ONES]]
    facts = facts_of("applications", rows)
    lost = [fact for (item, _), fact in facts.items() if item == "outcome.partial"]
    assert len(lost) == 7 and all_doubted(lost)
    assert facts["outcome.granted", "total"].confidence >= SURE


def test_more_values_than_columns_are_aligned_with_doubt() -> None:
    rows = [["（一）予以公开", "", "3", "", "", "", "3", "", "", ""]]
    assert all_doubted(list(facts_of("applications", rows, exact=False).values()))


def test_of_too_few_values_only_a_total_that_adds_up_is_taken_and_that_with_doubt() -> None:
    adds_up = facts_of("applications", [["（一）予以公开", "1", "2", "3"]], exact=False)
    assert [(key, fact.value) for key, fact in adds_up.items()] == [(("outcome.granted", "total"), Decimal(3))]
    assert all_doubted(list(adds_up.values()))
    assert facts_of("applications", [["（一）予以公开", "1", "2", "4"]], exact=False) == {}


def test_section_4_without_a_header_is_taken_in_order_with_doubt() -> None:
    facts = facts_of("disputes", [[str(number) for number in range(15)]])
    assert facts["review.upheld", None].raw == "0" and facts["litigation_after_review.total", None].raw == "14"
    assert all_doubted(list(facts.values()))


def test_of_two_rows_for_one_item_the_first_is_kept_and_doubted() -> None:
    head = ["信息内容", "本年处理决定数量"]
    facts = facts_of("disclosed", [head, ["行政许可", "5"], ["行政许可", "7"]])
    assert facts["licensing.decisions", None].raw == "5"
    assert all_doubted(list(facts.values()))
    same = facts_of("disclosed", [head, ["行政许可", "5"], ["行政许可", "5"]])
    assert same["licensing.decisions", None].confidence >= SURE


def test_words_in_a_number_cell_are_a_fact_without_a_value_and_doubted() -> None:
    facts = facts_of("applications", [HEAD, ["（一）予以公开", "见附件", *ONES[1:]]])
    fact = facts["outcome.granted", "natural_person"]
    assert (fact.kind, fact.value, fact.raw) == (ValueKind.TEXT, None, "见附件")
    assert all_doubted([fact])
    assert facts["outcome.granted", "total"].value == 6


def test_the_unit_that_a_header_prints_is_reckoned_into_the_forms() -> None:
    for unit, amount in (("元", Decimal("25.1")), ("万元", Decimal(251000))):
        facts = facts_of("disclosed", [["信息内容", f"本年收费金额（单位：{unit}）"], ["行政事业性收费", "251000"]])
        assert facts["fees.amount", None].value == amount
        assert facts["fees.amount", None].raw == "251000"


def test_a_row_that_does_not_add_up_is_doubted_where_rows_have_unlike_counts_of_cells() -> None:
    rows = [HEAD, ["（一）予以公开", *ONES, "3"], ["1.属于国家秘密", "0", "0", "0", "0", "0", "0", "9"]]
    facts = facts_of("applications", rows, exact=False)
    assert all_doubted([fact for (item, _), fact in facts.items() if item == "outcome.denied.state_secret"])


def test_a_wrong_sum_is_the_office_s_own_where_all_rows_have_as_many_cells() -> None:
    facts = facts_of("applications", [HEAD, ["（一）予以公开", *ONES], ["1.属于国家秘密", *ONES[:6], "9"]])
    assert facts["outcome.denied.state_secret", "total"].confidence >= SURE


def test_signs_for_none_before_the_columns_of_figures_show_that_a_row_has_slipped() -> None:
    rows = [["", *HEAD], ["", "（一）予以公开", *ONES], ["1.属于国家秘密", *["无"] * 7, ""]]
    facts = facts_of("applications", rows)
    assert facts["outcome.denied.state_secret", "total"].raw == "无"


def test_a_row_of_a_group_beside_its_parts_is_doubted() -> None:
    rows = [HEAD, ["（六）其他处理", *ONES], ["3.其他", *ONES]]
    assert all_doubted([fact for (item, _), fact in facts_of("applications", rows).items() if item == "outcome.other"])


def test_a_row_out_of_order_under_another_number_is_doubted() -> None:
    rows = [HEAD, ["2.其他", *ONES], ["3.危及“三安全一稳定”", *ONES], ["（七）总计", *ONES]]
    facts = facts_of("applications", rows)
    assert all_doubted([fact for (item, _), fact in facts.items() if item == "outcome.other.other"])
    assert facts["outcome.denied.security_stability", "total"].confidence >= SURE


def test_an_empty_cell_under_a_label_over_the_whole_table_is_no_figure() -> None:
    rows = [["行政许可"], ["信息内容", "本年处理决定数量", "", ""], ["行政处罚", "9", "", ""]]
    grid = replace(grid_of_rows(rows, 1, in_columns=True), exact=True)
    table = next(table for table in FORM.tables if table.id == "disclosed")
    assert {fact.item for fact in READERS[table.axes]([Raster(grid)], table, FORM)} == {"penalties.decisions"}


def test_a_header_that_names_some_columns_by_halves_leaves_doubt() -> None:
    form = forms()["2019"]
    table = next(table for table in form.tables if table.id == "disclosed")
    rows = [["信息", "内容", "上一年", "项目数量", "处理决", "定数量"], ["行政许可", "26"]]
    grid = replace(grid_of_rows(rows, 1), exact=False)
    assert all_doubted(READERS[table.axes]([Raster(grid)], table, form))
