"""How the shape of the ink, the recogniser's probabilities and the sheet's state decide what a figure is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.readers.scan.decoding import Reading, decode
from pipeline.readers.scan.figures import read_figures
from pipeline.readers.scan.raster import PageImage
from pipeline.readers.scan.seals import gray_without_seals
from pipeline.readers.scan.shapes import Shape, shape_of
from pipeline.readers.scan.sheet import pages_of

CHARACTER = 24
SURE = 0.9


def strokes(*lines: tuple[int, int, int, int]) -> Shape:
    """Each from one point to another, four pixels thick, on a line of 40 pixels."""
    ink = np.zeros((40, 120), np.uint8)
    for x0, y0, x1, y1 in lines:
        cv2.line(ink, (x0, y0), (x1, y1), 1, 3)
    return shape_of(ink, (0, 0, 120, 40), CHARACTER)


UPRIGHT = (20, 8, 20, 30)
SECOND = (40, 8, 40, 30)
SLASH = (28, 8, 22, 30)
HYPHEN = (4, 20, 12, 20)
DASH = (4, 20, 26, 20)
POINT = (30, 29, 31, 30)


@pytest.mark.parametrize(("stroke", "sign"), [(SLASH, "/"), (HYPHEN, "-"), (DASH, "—"), (UPRIGHT, "")])
def test_a_single_stroke_is_the_sign_that_its_shape_is(stroke: tuple[int, int, int, int], sign: str) -> None:
    assert strokes(stroke).sign == sign


def test_ink_fits_as_many_figures_as_there_are_marks() -> None:
    two = strokes(UPRIGHT, SECOND)
    assert two.fits("11") == ""
    assert two.fits("1") and two.fits("1111111")


def test_a_minus_and_a_point_are_seen_in_the_ink() -> None:
    negative, broken = strokes(HYPHEN, UPRIGHT), strokes(UPRIGHT, POINT, SECOND)
    assert negative.fits("-1") == "" and negative.fits("1")
    assert broken.fits("1.1") == "" and broken.fits("11")


def said(text: str, share: float, *others: tuple[str, float]) -> Reading:
    return Reading(text, share, share, ((text, share), *others))


def never() -> Reading:
    raise AssertionError("two crops agree")


def test_a_slash_that_is_read_as_a_1_is_a_slash() -> None:
    cell = read_figures(said("1", 0.99), said("1", 0.99), never, strokes(SLASH))
    assert cell is not None and cell.text == "/" and cell.alternatives == ("1",)


def test_a_minus_that_was_not_read_is_put_back_and_doubtful() -> None:
    cell = read_figures(said("1", 0.99), said("1", 0.99), never, strokes(HYPHEN, UPRIGHT))
    assert cell is not None and cell.text == "-1" and cell.confidence < SURE and "1" in cell.alternatives


def test_two_crops_that_agree_with_the_ink_are_sure_and_keep_the_second_best() -> None:
    cell = read_figures(said("11", 0.99, ("17", 0.01)), said("11", 0.98), never, strokes(UPRIGHT, SECOND))
    assert cell is not None and (cell.text, cell.alternatives) == ("11", ("17",)) and cell.confidence >= SURE


def test_crops_that_differ_are_doubtful_and_name_each_other() -> None:
    cell = read_figures(said("11", 0.9), said("17", 0.8), lambda: said("11", 0.7), strokes(UPRIGHT, SECOND))
    assert cell is not None and cell.text == "11" and cell.confidence < SURE and "17" in cell.alternatives


def test_words_are_no_figures() -> None:
    assert read_figures(said("无", 0.9), said("无", 0.9), never, strokes(UPRIGHT, SECOND)) is None


SYMBOLS = ("", "1", "7", "O", "0", "无")


def steps(*rows: dict[str, float]) -> np.ndarray:
    table = np.zeros((len(rows), len(SYMBOLS)), np.float32)
    for row, shares in zip(table, rows, strict=True):
        for symbol, share in shares.items():
            row[SYMBOLS.index(symbol)] = share
    return table


def test_all_ways_to_spread_a_string_count_and_signs_that_look_alike_are_one() -> None:
    reading = decode(steps({"1": 0.9, "7": 0.1}, {"1": 0.6, "": 0.4}, {"": 1.0}, {"O": 0.5, "0": 0.5}), SYMBOLS)
    assert reading.text.startswith("1") and len(reading.text) == 2
    best, second = reading.figures[:2]
    assert best == ("10", pytest.approx(0.9, abs=0.01))
    assert second[0] in {"70", "710"} and second[1] < 0.1


def test_a_character_twice_needs_a_gap_between() -> None:
    assert decode(steps({"1": 1.0}, {"": 1.0}, {"1": 1.0}), SYMBOLS).figures[0][0] == "11"
    assert decode(steps({"1": 1.0}, {"1": 1.0}), SYMBOLS).figures[0][0] == "1"


def test_a_red_seal_goes_and_the_black_text_under_it_and_red_text_stay() -> None:
    page = np.full((600, 600, 3), 250, np.uint8)
    cv2.circle(page, (300, 300), 110, (220, 40, 40), 6)
    cv2.line(page, (150, 300), (450, 300), (20, 20, 20), 4)
    cv2.line(page, (50, 560), (550, 560), (220, 40, 40), 6)
    gray = gray_without_seals(page, 150 / 72)
    assert gray[195, 300] > 180 and gray[300, 300] < 40 and gray[560, 300] < 120


def sheet(*, text_across: bool) -> PageImage:
    gray = np.full((877, 1240), 250, np.uint8)
    for top in range(100, 800, 30):
        if text_across:
            gray[top : top + 12, 100:1140] = 30
        gray[top : top + 12, 80:540] = 30
        gray[top : top + 12, 700:1160] = 30
    return PageImage(1, gray, 75 / 72)


def test_two_pages_on_one_sheet_are_parted_and_a_landscape_page_is_not() -> None:
    assert [start for _, start in pages_of(sheet(text_across=False))] == [0, 620]
    assert [start for _, start in pages_of(sheet(text_across=True))] == [0]
