"""A photographed page is seen from straight above, and places on it are led back."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.readers.scan.document import PageImage
from pipeline.readers.scan.keystone import unslanted
from pipeline.readers.scan.pose import straighten
from pipeline.readers.scan.ruling import find_rulings
from pipeline.readers.scan.structure import find_tables

SCALE = 150 / 72
WIDTH, HEIGHT = 1240, 1754
XS, YS = range(140, 1101, 160), range(200, 1601, 70)
CORNERS = np.array([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], np.float32)


def sheet(lines: bool = True) -> np.ndarray:
    gray = np.full((HEIGHT, WIDTH), 250, np.uint8)
    if lines:
        for y in YS:
            cv2.line(gray, (XS[0], y), (XS[-1], y), 20, 2)
        for x in XS:
            cv2.line(gray, (x, YS[0]), (x, YS[-1]), 20, 2)
    for y in YS[:-1]:
        cv2.putText(gray, "306 17 4", (XS[0] + 20, y + 45), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2, cv2.LINE_AA)
    return gray


def photographed(gray: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """And the matrix that did it."""
    seen = CORNERS + np.array([[30, 20], [-10, -15], [25, 10], [-20, 0]], np.float32)
    matrix = cv2.getPerspectiveTransform(CORNERS, seen)
    return cv2.warpPerspective(gray, matrix, (WIDTH, HEIGHT), borderValue=250), matrix


def test_a_photographed_table_has_all_its_cells_and_they_lead_back_to_the_photograph() -> None:
    gray, matrix = photographed(sheet())
    straight, pose = straighten(PageImage(1, gray, SCALE))
    [table] = find_tables(straight, find_rulings(straight))
    assert len(table.fields) == (len(XS) - 1) * (len(YS) - 1)
    x0, top, x1, bottom = pose.bbox(table.fields[-1].rect)
    middle = np.array([[[(XS[-2] + XS[-1]) / 2, (YS[-2] + YS[-1]) / 2]]], np.float32)
    [[expected]] = cv2.perspectiveTransform(middle, matrix)
    assert np.array([(x0 + x1) / 2, (top + bottom) / 2]) * SCALE == pytest.approx(expected, abs=4)


@pytest.mark.parametrize("gray", [sheet(), sheet(lines=False), photographed(sheet(lines=False))[0]])
def test_a_flat_page_and_one_without_lines_are_left_as_they_are(gray: np.ndarray) -> None:
    assert unslanted(gray) is None
