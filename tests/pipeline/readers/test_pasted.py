"""Tables that were pasted as one cell a line."""

from __future__ import annotations

from pipeline.model import Block, Grid, Paragraph
from pipeline.readers.pasted import tables_in_lines

CELLS = [
    "信息内容",
    "制发件数",
    "废止件数",
    "规章",
    "39908",
    "46972",
    "规范性文件",
    "37933",
    "58285",
    "行政许可",
    "54476",
]
PROSE = "本单位认真贯彻落实上级部署，公众满意度稳步提升。"


def read(texts: list[str]) -> list[Block]:
    return list(tables_in_lines(map(Paragraph, texts)))


def test_paragraphs_of_one_cell_each_are_a_table_between_those_of_prose() -> None:
    before, grid, after = read([PROSE, *CELLS, PROSE])
    assert (before, after) == (Paragraph(PROSE), Paragraph(PROSE))
    assert isinstance(grid, Grid) and not grid.exact
    rows = [[cell.text for cell in row] for row in grid.rows()]
    assert rows == [CELLS[:3], CELLS[3:6], CELLS[6:9], CELLS[9:]]


def test_what_has_its_place_on_a_page_stays_as_it_is() -> None:
    placed = [Paragraph(text, page=1, bbox=(0, 10.0 * n, 50, 10.0 * n + 10)) for n, text in enumerate(CELLS)]
    assert list(tables_in_lines(placed)) == placed
