"""Which cells of a grid name something, and which stand for a figure."""

import pytest

from pipeline.extract.raster import is_label
from pipeline.model import Cell


@pytest.mark.parametrize(("text", "expected"), [("予以公开", True), ("”", True), ("12①", False), ("—", False)])
def test_a_sign_that_closes_a_label_is_no_figure(text: str, expected: bool) -> None:
    assert is_label(Cell(text, 0, 0)) is expected
