"""Cells that are drawn as filled areas."""

from itertools import pairwise

from pipeline.readers.layout import Ruling, rulings_between

XS, YS = (100.0, 180.0, 260.0, 340.0), (100.0, 120.0, 140.0, 160.0)


def tiles(gap: float = 0.0) -> list[tuple[float, float, float, float]]:
    return [(x0 + gap, top + gap, x1 - gap, bottom - gap) for top, bottom in pairwise(YS) for x0, x1 in pairwise(XS)]


def test_areas_side_by_side_have_edges_like_cells() -> None:
    rulings = rulings_between(tiles(), [])
    assert {ruling.x0 for ruling in rulings if ruling.x0 == ruling.x1} == set(XS)
    assert {ruling.top for ruling in rulings if ruling.top == ruling.bottom} == set(YS)


def test_a_narrow_gap_between_them_is_a_white_rule() -> None:
    assert rulings_between(tiles(0.5), [])


def test_where_lines_are_drawn_the_areas_are_only_their_ground() -> None:
    assert rulings_between(tiles(), [Ruling(100, 120, 340, 120)]) == []


def test_single_rows_that_are_shaded_make_no_table() -> None:
    assert rulings_between([tile for tile in tiles() if tile[1] != 120], []) == []


def test_areas_over_each_other_are_a_drawing() -> None:
    assert rulings_between([*tiles(), *((x0 + 5, top + 5, x1, y1) for x0, top, x1, y1 in tiles())], []) == []


def test_what_fills_the_whole_page_is_no_cell() -> None:
    assert set(rulings_between([(0.0, 0.0, 600.0, 800.0), *tiles()], [])) == set(rulings_between(tiles(), []))
