"""What the scan reader makes of page images whose content is known because they are drawn here."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.model import Grid
from pipeline.readers.scan.clearing import lifted, without_dust, without_shine
from pipeline.readers.scan.document import PageImage, read_image
from pipeline.readers.scan.ink import CellInk, table_ink
from pipeline.readers.scan.pictures import frames
from pipeline.readers.scan.pose import estimate_skew, straighten
from pipeline.readers.scan.raster import MAX_PIXELS
from pipeline.readers.scan.ruling import erase_lines, find_rulings
from pipeline.readers.scan.signs import figures, is_dash, is_figures
from pipeline.readers.scan.structure import RuledTable, find_tables

SCALE = 150 / 72
WIDTH, HEIGHT = 1240, 900
XS, YS = (120, 320, 520, 720, 920), (150, 210, 270, 330)


def blank() -> np.ndarray:
    return np.full((HEIGHT, WIDTH), 250, np.uint8)


def draw_line(gray: np.ndarray, start: tuple[int, int], stop: tuple[int, int]) -> None:
    cv2.line(gray, start, stop, 20, 2)


def ruled() -> np.ndarray:
    """Three rows by four columns; the first row is one merged cell, the first column's two lower cells are one."""
    gray = blank()
    for y in (YS[0], YS[1], YS[3]):
        draw_line(gray, (XS[0], y), (XS[-1], y))
    draw_line(gray, (XS[1], YS[2]), (XS[-1], YS[2]))
    for x in (XS[0], XS[-1]):
        draw_line(gray, (x, YS[0]), (x, YS[-1]))
    for x in XS[1:-1]:
        draw_line(gray, (x, YS[1]), (x, YS[-1]))
    return gray


def write(gray: np.ndarray, text: str, column: int, row: int) -> None:
    cv2.putText(gray, text, (XS[column] + 60, YS[row] + 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)


def rotated(gray: np.ndarray, degrees: float) -> np.ndarray:
    matrix = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), degrees, 1.0)
    return cv2.warpAffine(gray, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC, borderValue=250)


def noisy(gray: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(7).normal(0, 8, gray.shape)
    return np.clip(gray + noise, 0, 255).astype(np.uint8)


def tables(gray: np.ndarray) -> list[RuledTable]:
    page = PageImage(1, gray, SCALE)
    return find_tables(page, find_rulings(page))


def spans(table: RuledTable) -> set[tuple[int, int, int, int]]:
    return {(field.row, field.column, field.rowspan, field.colspan) for field in table.fields}


MERGED = {
    (0, 0, 1, 4),
    (1, 0, 2, 1),
    *((row, column, 1, 1) for row in (1, 2) for column in (1, 2, 3)),
}


def inks_of(gray: np.ndarray) -> dict[tuple[int, int], CellInk]:
    """By row and column of the only table."""
    given = PageImage(1, noisy(gray), SCALE)
    page = without_shine(given)
    rulings = find_rulings(page)
    [table] = find_tables(page, rulings)
    clean = erase_lines(page, rulings, [field.rect for field in table.fields])
    inks = table_ink(clean, table.fields, lifted(given, page))
    return {(ink.field.row, ink.field.column): ink for ink in inks.cells}


def png(*frames: np.ndarray, **options: object) -> bytes:
    file = io.BytesIO()
    first, *rest = (Image.fromarray(frame) for frame in frames)
    kind = "TIFF" if rest else "PNG"
    first.save(file, kind, **({"save_all": True, "append_images": rest} if rest else {}), **options)
    return file.getvalue()


def test_missing_line_segments_make_merged_cells() -> None:
    [table] = tables(ruled())
    assert spans(table) == MERGED


def test_broken_lines_and_noise_leave_the_table_whole() -> None:
    gray = ruled()
    for x in range(160, 900, 150):
        gray[:, x : x + 4] = 250  # gaps in every horizontal line
    [table] = tables(noisy(gray))
    assert spans(table) == MERGED


@pytest.mark.parametrize("below", [-8, 8])
def test_a_line_too_near_to_another_for_print_between_them_cuts_no_cell(below: int) -> None:
    gray = ruled()
    draw_line(gray, (XS[2], YS[2] + below), (XS[3], YS[2] + below))
    [table] = tables(gray)
    [whole] = tables(ruled())
    assert spans(table) == spans(whole)


def test_a_row_that_a_page_break_left_open_is_a_row() -> None:
    gray = ruled()
    for x in XS:
        draw_line(gray, (x, YS[-1]), (x, YS[-1] + 60))
    [table] = tables(gray)
    assert max(field.row + field.rowspan for field in table.fields) == 4


def test_two_tables_on_one_page_stay_two() -> None:
    gray = ruled()
    gray[450:650] = gray[140:340]
    assert [spans(table) for table in tables(gray)] == [MERGED, MERGED]


def test_a_frame_around_text_is_no_table() -> None:
    gray = blank()
    cv2.rectangle(gray, (100, 100), (1100, 700), 20, 2)
    assert tables(gray) == []


def test_dense_text_is_no_table() -> None:
    gray = blank()
    for y in range(60, 860, 26):
        cv2.putText(gray, "HILTFE" * 8, (60, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 20, 3, cv2.LINE_AA)
    assert tables(gray) == []


@pytest.mark.parametrize("degrees", [-4.0, -0.8, 0.0, 0.3, 2.5])
def test_skew_is_found_to_a_tenth_of_a_degree(degrees: float) -> None:
    assert estimate_skew(noisy(rotated(ruled(), degrees))) == pytest.approx(-degrees, abs=0.1)


def test_boxes_lead_back_to_where_the_print_was_on_the_skewed_page() -> None:
    straight, pose = straighten(PageImage(1, rotated(ruled(), 2.0), SCALE))
    [table] = find_tables(straight, find_rulings(straight))
    x0, top, x1, bottom = pose.bbox(table.rect)
    center = ((XS[0] + XS[-1]) / 2, (YS[0] + YS[-1]) / 2)
    expected = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 2.0, 1.0) @ np.array([*center, 1.0])
    assert ((x0 + x1) / 2 * SCALE, (top + bottom) / 2 * SCALE) == pytest.approx(tuple(expected), abs=3)


def test_specks_and_ruling_remains_are_no_ink() -> None:
    gray = ruled()
    for x, y in ((200, 180), (400, 240), (600, 300)):
        gray[y : y + 2, x : x + 2] = 60
    assert [ink.lines for ink in inks_of(gray).values()] == [()] * len(MERGED)


def test_a_single_digit_a_dash_and_a_one_beside_the_border_are_ink() -> None:
    gray = ruled()
    write(gray, "0", 1, 1)
    write(gray, "-", 2, 1)
    cv2.putText(gray, "1", (XS[3] + 4, YS[1] + 40), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)
    inked = {place for place, ink in inks_of(gray).items() if ink.lines}
    assert inked == {(1, 1), (1, 2), (1, 3)}


def test_a_small_prints_hyphen_is_ink_and_a_dot_of_its_size_makes_a_blank_doubtful() -> None:
    gray = ruled()
    write(gray, "0", 1, 1)
    for column, (width, height) in ((2, (6, 3)), (3, (4, 4))):
        x, y = XS[column] + 40, YS[1] + 30
        gray[y : y + height, x : x + width] = 60
    inks = inks_of(gray)
    assert inks[1, 2].lines and not inks[1, 2].doubtful
    assert not inks[1, 3].lines and inks[1, 3].doubtful


def test_ink_that_hangs_together_with_a_ruling_is_read_or_doubtful_but_no_blank() -> None:
    gray = ruled()
    write(gray, "0", 1, 1)
    x, y = XS[2] + 60, YS[1] + 30
    draw_line(gray, (XS[2], y), (x, y))  # 0.3 inches of a stroke that begins at the border
    cv2.circle(gray, (x, y), 8, 20, 2)
    ink = inks_of(gray)[1, 2]
    assert ink.lines or ink.doubtful


def test_what_shines_through_parts_no_cell_and_leaves_print_sure_and_a_blank_doubtful() -> None:
    gray, back = ruled(), blank()
    write(gray, "40", 1, 1)
    for column in (1, 2):
        cv2.putText(back, "906", (XS[column] + 10, YS[1] + 46), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3, cv2.LINE_AA)
    draw_line(back, (XS[1] - 40, YS[0] - 60), (XS[1] - 40, YS[3] + 60))
    draw_line(back, (0, YS[1] + 36), (WIDTH - 1, YS[1] + 36))
    inks = inks_of(np.minimum(gray, 250 - (250 - back) // 6))
    assert sorted(inks) == sorted((row, column) for row, column, *_ in MERGED)
    assert inks[1, 1].lines and not inks[1, 1].doubtful
    assert not inks[1, 2].lines and inks[1, 2].doubtful


def test_dust_of_single_pixels_goes_and_a_decimal_point_stays() -> None:
    gray = ruled()
    cv2.circle(gray, (600, 600), 1, 20, -1)
    gray[350:580:15, ::25] = 0
    clear = without_dust(PageImage(1, gray, SCALE)).gray
    assert clear[350:580].min() > 200
    assert clear[600, 600] == 20


def test_signs_that_look_like_digits_are_figures_only_among_themselves() -> None:
    assert is_figures("1O〇") and figures("1O〇") == "100"
    assert not is_figures("Office") and not is_figures("总计0")
    assert figures("１２．５") == "12.5"
    assert is_dash("—") and not is_dash("10")


def test_neighbouring_numbers_stay_in_their_cells_and_blank_cells_are_sure() -> None:
    gray = ruled()
    for column, row, text in ((1, 1, "4119"), (2, 1, "7730.28"), (3, 1, "0"), (1, 2, "18"), (3, 2, "5")):
        write(gray, text, column, row)
    document = read_image(png(noisy(gray), dpi=(150, 150)))
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    said = {(cell.row, cell.column): cell for cell in grid.cells}
    assert [said[1, column].text for column in (1, 2, 3)] == ["4119", "7730.28", "0"]
    assert [said[2, column].text for column in (1, 2, 3)] == ["18", "", "5"]
    assert said[2, 2].confidence == 1.0
    assert all(cell.method == "ocr" and cell.page == 1 and cell.bbox for cell in grid.cells)


def test_each_frame_of_a_tiff_is_a_page() -> None:
    document = read_image(png(ruled(), blank(), ruled(), dpi=(150, 150)))
    assert document.pages == 3
    assert [(block.page, block.number) for block in document.blocks if isinstance(block, Grid)] == [(1, 1), (3, 2)]
    assert any("2" in doubt for doubt in document.doubts)


def test_a_picture_of_any_size_is_brought_within_bounds() -> None:
    [page] = frames(png(np.full((9000, 9000), 250, np.uint8)))
    assert page.gray.size <= 1.01 * MAX_PIXELS


@pytest.mark.parametrize(
    "body", [b"", b"no image at all", png(ruled())[:2000], png(np.full((12000, 12000), 250, np.uint8))]
)
def test_what_is_no_image_or_too_large_a_one_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_image(body)
