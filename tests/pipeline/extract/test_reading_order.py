"""Section 4 is read by the order of its groups, results and figures where its columns tell nothing."""

from __future__ import annotations

import pytest

from pipeline.extract.facts import SURE
from pipeline.extract.raster import Raster
from pipeline.extract.reading_order import in_reading_order
from pipeline.forms import forms
from pipeline.model import Cell, Grid

FORM = forms()["2021"]
ITEMS = FORM.items_of("disputes")
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
GROUPS = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]
FIGURES = ["1", "2", "3", "4", "10", "5", "6", "7", "8", "26", "9", "1", "1", "1", "12"]
PRINTED = dict(zip([item.item for item in ITEMS], FIGURES, strict=True))
NESTED = [["行政复议", "行政诉讼"], [*RESULTS, "未经复议直接起诉", "复议后起诉"], [*RESULTS, *RESULTS]]
LITIGATION_FIRST = [["行政诉讼", "行政复议"], ["未经复议直接起诉", "复议后起诉", *RESULTS], [*RESULTS, *RESULTS]]


def raster(rows: list[list[str]]) -> Raster:
    cells = [Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    return Raster(Grid(tuple(cells), number=1, exact=False))


def read(*tables: list[list[str]], sure: bool | None = True) -> dict[str, str]:
    """What is read, which is sure, doubted, or either of them (None)."""
    placed = in_reading_order([raster(rows) for rows in tables], ITEMS, FORM.sums)
    assert sure is None or {one.trust.value >= SURE for one in placed} <= {sure}
    return {one.item.item: one.cell.text for one in placed}


def downwards(group_at: int = 0, results: list[str] = RESULTS) -> list[list[str]]:
    rows = [["类别", "情形", "数量（件）"]]
    for number, group in enumerate(GROUPS):
        for at, result in enumerate(results):
            rows.append([*([group] if at == group_at else []), result, FIGURES[5 * number + at]])
    return rows


@pytest.mark.parametrize("group_at", range(5))
def test_a_group_named_once_at_any_of_its_lines_names_all_of_them(group_at: int) -> None:
    assert read(downwards(group_at)) == PRINTED


@pytest.mark.parametrize("at", [1, 4, 5, 6, 15])
def test_a_table_that_goes_on_elsewhere_keeps_its_groups(at: int) -> None:
    rows = downwards()
    assert read(rows[:at], rows[at:]) == PRINTED


def test_figures_on_lines_of_their_own_belong_to_the_label_before() -> None:
    assert read([[text] for row in downwards() for text in row]) == PRINTED


def test_a_result_whose_blank_was_cut_off_keeps_its_place() -> None:
    rows = [row if "结果维持" not in row and "结果纠正" not in row[:1] else row[:-1] for row in downwards()]
    read_ones = read(rows)
    assert read_ones == {item: figure for item, figure in PRINTED.items() if item in read_ones}
    assert {item.rsplit(".")[-1] for item in read_ones} == {"other", "pending", "total"}


def test_header_of_three_levels_is_read_as_it_branches() -> None:
    assert read([*NESTED, FIGURES]) == PRINTED


def test_litigation_before_reviews_is_read_so() -> None:
    assert read([*LITIGATION_FIRST, [*FIGURES[5:], *FIGURES[:5]]]) == PRINTED


def test_header_printed_twice_counts_once() -> None:
    assert read([*NESTED, *NESTED, FIGURES]) == PRINTED


def test_rows_under_one_header_are_told_apart_by_their_groups() -> None:
    rows = [[group, *FIGURES[5 * at : 5 * at + 5]] for at, group in enumerate(GROUPS)]
    assert read([["", *RESULTS], *rows]) == PRINTED


def test_figures_on_the_page_after_their_header_are_its() -> None:
    assert read(NESTED, [FIGURES]) == PRINTED


@pytest.mark.parametrize("lost", range(5))
def test_a_misprinted_result_is_the_one_that_the_others_leave(lost: int) -> None:
    results = [*RESULTS[:lost], "甲乙丙丁", *RESULTS[lost + 1 :]]
    assert read(downwards(results=results)) == PRINTED


def test_a_misprint_in_another_place_than_its_result_has_is_not_guessed() -> None:
    assert "review.upheld" not in read(downwards(results=[*RESULTS[1:], "甲乙丙丁"]), sure=None)


def test_groups_that_no_label_names_are_doubted() -> None:
    assert read([[*RESULTS, *RESULTS, *RESULTS], FIGURES], sure=False) == PRINTED


def test_fewer_figures_than_results_are_nobodys() -> None:
    assert read([*NESTED, FIGURES[:-1]]) == {}
    assert read([*NESTED, FIGURES[:10]]) == {}


@pytest.mark.parametrize("row", [["48", *FIGURES], [*FIGURES, "48"]])
def test_a_sum_over_all_groups_is_told_apart_by_their_own_sums(row: list[str]) -> None:
    assert read([["总计", *NESTED[0]], *NESTED[1:], row], sure=False) == PRINTED


def test_two_rows_under_one_header_are_doubted() -> None:
    other = [str(int(text) + 1) for text in FIGURES]
    assert read([*NESTED, FIGURES, other], sure=False).keys() == PRINTED.keys()


def test_where_most_sums_do_not_hold_all_is_doubted() -> None:
    assert read([*NESTED, [*FIGURES[1:], FIGURES[0]]], sure=False).keys() == PRINTED.keys()


def test_one_sum_that_does_not_hold_is_the_offices_own() -> None:
    wrong = ["1", "2", "3", "4", "11", *FIGURES[5:]]
    assert read([*NESTED, wrong])["review.total"] == "11"


def test_a_row_of_labels_that_a_page_tore_is_put_together() -> None:
    halves = [*([result[:-1], result[-1:]] for result in RESULTS), ["未经复", "议直接起诉"], ["复议后", "起诉"]]
    first = [["行政复议", "行政诉讼"], [first for first, _ in halves]]
    assert read(first, [[rest for _, rest in halves], [*RESULTS, *RESULTS], FIGURES]) == PRINTED


def test_a_label_behind_that_of_its_group_is_told_by_its_place() -> None:
    rows = [[f"{GROUPS[0]} {RESULTS[0]}", "1"], ["结果纠正", "2"], ["其他结果", "3"], ["尚未审结", "4"], ["总计", "10"]]
    rows += [[f"{GROUPS[1]} 维持结果", "5"], ["结果纠正", "6"], ["其他结果", "7"], ["尚未审结", "8"], ["总计", "26"]]
    assert read(rows) == dict(list(PRINTED.items())[:10])


def test_results_without_a_figure_that_were_taken_for_one_line_keep_their_places() -> None:
    rows = [["类别", "情形", GROUPS[0], RESULTS[0]], ["结果纠正", "4"], ["其他结果", "尚未审结"], ["总计", "4"]]
    rows += [[GROUPS[1]], *([result, FIGURES[5 + at]] for at, result in enumerate(RESULTS))]
    found = read(rows)
    assert found["review.corrected"] == found["review.total"] == "4" and "review.other" not in found
    assert found["litigation_direct.total"] == "26"


def test_a_group_named_behind_the_heads_of_columns_has_all_its_results() -> None:
    rows = [["类别", "情形", "数量（件）", GROUPS[0]], *([result, FIGURES[at]] for at, result in enumerate(RESULTS))]
    assert read(rows) == dict(list(PRINTED.items())[:5])


def test_a_groups_label_printed_letter_by_letter_is_one() -> None:
    rows = [["类 别", "情 形", " ".join(GROUPS[0])], *([result, FIGURES[at]] for at, result in enumerate(RESULTS))]
    assert read(rows) == dict(list(PRINTED.items())[:5])


def test_one_figure_below_a_line_of_results_is_not_the_last_ones() -> None:
    assert "review.total" not in read([[GROUPS[0]], RESULTS, ["5"]], sure=None)
