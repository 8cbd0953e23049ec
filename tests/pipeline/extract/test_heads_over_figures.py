"""Columns that no line tells apart, by the words over their figures."""

from collections.abc import Sequence

from pipeline.extract.heads_over_figures import order_over_figures
from pipeline.extract.raster import Raster
from pipeline.forms import forms
from pipeline.model import Cell, Grid

APPLICANTS = forms()["2021"].applicants[:3]  # 自然人, 商业企业, 科研机构


def raster(head: Sequence[tuple[str, float, float]], places: Sequence[float] = (100, 150, 200)) -> Raster:
    cells = [
        Cell(text, row, row, bbox=(x, 10.0 * row, x + width, 10.0 * row + 9))
        for row, (text, x, width) in enumerate(head)
    ]
    for row in range(len(head), len(head) + 3):
        top = 10.0 * row
        cells.append(Cell("予以公开", row, 0, bbox=(0, top, 40, top + 9)))
        cells += [Cell("12", row, column + 1, bbox=(x, top, x + 10, top + 9)) for column, x in enumerate(places)]
    return Raster(Grid(tuple(cells), 1, exact=False))


def order(grid: Raster) -> tuple[str, ...]:
    return order_over_figures(grid.rows, grid.rows[: grid.head_height], APPLICANTS)


def test_labels_that_are_broken_over_lines_name_the_column_they_stand_over() -> None:
    head = [("商业", 95, 20), ("自然人", 140, 30), ("科研", 195, 20), ("企业", 95, 20), ("机构", 195, 20)]
    assert order(raster(head)) == ("enterprise", "natural_person", "research")


def test_several_labels_in_one_piece_of_a_line_are_told_apart() -> None:
    assert order(raster([("自然人 商业企业 科研机构", 85, 140)])) == ("natural_person", "enterprise", "research")


def test_a_column_without_a_clear_label_leaves_all_unnamed() -> None:
    assert order(raster([("自然人", 90, 30), ("其余", 145, 20), ("科研机构", 185, 40)])) == ()


def test_a_label_over_two_columns_names_none() -> None:
    assert order(raster([("自然人", 115, 30), ("科研机构", 185, 40)])) == ()
