"""Rows of a scanned page's text."""

from __future__ import annotations

import pytest

from pipeline.readers.scan.prose import Row, rows_of

HEIGHT = 1754


@pytest.mark.parametrize("number", ["—3一", "- 12 -", "第4页", "5"])
def test_a_page_number_at_the_foot_is_no_text_even_where_a_dash_is_read_as_a_character(number: str) -> None:
    pieces = [Row("六、其他需要报告的事项", (200, 900, 600, 930), 1.0), Row(number, (600, 1650, 660, 1670), 0.7)]
    assert [row.text for row in rows_of(pieces, HEIGHT)] == ["六、其他需要报告的事项"]


def test_a_number_amid_the_page_is_text() -> None:
    pieces = [Row("共收到申请", (200, 900, 600, 930), 1.0), Row("12", (200, 960, 240, 990), 1.0)]
    assert [row.text for row in rows_of(pieces, HEIGHT)] == ["共收到申请", "12"]
