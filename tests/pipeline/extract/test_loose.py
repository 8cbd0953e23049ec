"""Labels that line breaks tore, in tables of lines."""

from __future__ import annotations

from pipeline.extract.labels import plain
from pipeline.extract.loose import put_together
from pipeline.readers.ragged import grid_of_rows

KNOWN = frozenset(
    map(
        plain,
        ["其他", "其他法律行政法规禁止公开", "法律、行政法规禁止公开", "采购项目数量", "采购总金额", "政府集中采购"],
    )
)


def together(rows: list[list[str]]) -> list[list[str]]:
    grid = put_together(grid_of_rows(rows, 1), KNOWN, figures_follow=True)
    return [[cell.text for cell in row] for row in grid.rows() if row]


def test_a_numbered_label_that_is_one_by_itself_takes_the_rest_that_has_no_number() -> None:
    rows = [["2.其他", "4", "7"], ["法律行政法规禁止公开"], ["3.其他", "1", "1"]]
    assert together(rows) == [["2.其他法律行政法规禁止公开", "4", "7"], ["3.其他", "1", "1"]]


def test_the_labels_of_a_header_are_put_together() -> None:
    rows = [["采购项", "目数量", "采购", "总金额", "政府集"], ["中采购", "18395", "285.35"]]
    assert together(rows) == [["采购项目数量", "采购总金额"], ["政府集中采购", "18395", "285.35"]]
