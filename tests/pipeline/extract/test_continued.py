from __future__ import annotations

from dataclasses import replace

from pipeline.extract.continued import with_whole_tables
from pipeline.model import Cell, Grid, Paragraph

_EDGES = (72.0, 200.0, 260.0, 330.0)


def _cell(text: str, row: int, first: int, last: int, page: int, rowspan: int = 1) -> Cell:
    """A cell between two of the page's edges, on a raster that has all of them."""
    top = 700.0 if page == 1 else 80.0
    box = (_EDGES[first], top + 20 * row, _EDGES[last], top + 20 * (row + rowspan))
    return Cell(text, row, first, rowspan, last - first, page, box)


def _grid(number: int, page: int, *rows: tuple[str, ...]) -> Grid:
    cells = [_cell(text, y, x, x + 1, page) for y, row in enumerate(rows) for x, text in enumerate(row)]
    return Grid(tuple(cells), number, page=page)


FIRST = _grid(1, 1, ("指标", "2023年", "2022年"), ("信函申请数", "4", "9"))
REST = _grid(2, 2, ("当面申请数", "5", "8"))


def _texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def test_a_part_on_the_next_page_stands_under_the_columns_of_the_first() -> None:
    (whole,) = with_whole_tables([FIRST, REST])
    assert isinstance(whole, Grid)
    assert _texts(whole) == [["指标", "2023年", "2022年"], ["信函申请数", "4", "9"], ["当面申请数", "5", "8"]]
    assert [cell.page for cell in whole.cells if cell.row == 2] == [2, 2, 2]


def _scanned(grid: Grid, aside: float, lean: float) -> Grid:
    """As it lies on the glass: moved, and turned so that it goes aside on its way down."""
    cells = []
    for cell in grid.cells:
        x0, top, x1, bottom = cell.bbox or (0, 0, 0, 0)
        moved = aside + lean * (top + bottom) / 2
        cells.append(replace(cell, method="ocr", bbox=(x0 + moved, top, x1 + moved, bottom)))
    return replace(grid, cells=tuple(cells))


def test_parts_of_a_scan_belong_together_though_each_page_lies_otherwise_on_the_glass() -> None:
    first, rest = _scanned(FIRST, 4.0, -0.02), _scanned(REST, -9.0, 0.03)
    (whole,) = with_whole_tables([first, rest])
    assert isinstance(whole, Grid)
    assert _texts(whole) == [["指标", "2023年", "2022年"], ["信函申请数", "4", "9"], ["当面申请数", "5", "8"]]


def test_a_header_printed_again_is_none_of_the_rows() -> None:
    again = _grid(2, 2, ("指标", "2023年", "2022年"), ("当面申请数", "5", "8"))
    (whole,) = with_whole_tables([FIRST, again])
    assert isinstance(whole, Grid)
    assert _texts(whole)[2:] == [["当面申请数", "5", "8"]]


def test_a_table_that_prints_the_same_rows_again_is_another() -> None:
    again = _grid(2, 2, ("指标", "2023年", "2022年"), ("信函申请数", "7", "6"))
    assert with_whole_tables([FIRST, again]) == [FIRST, again]


def test_a_part_without_a_column_stands_where_its_edges_do() -> None:
    narrow = replace(
        REST,
        cells=(
            Cell("当面申请数", 0, 0, page=2, bbox=(72.4, 80, 259.6, 100)),
            Cell("5", 0, 1, page=2, bbox=(259.6, 80, 330.2, 100)),
        ),
    )
    (whole,) = with_whole_tables([FIRST, narrow])
    assert isinstance(whole, Grid)
    assert [(cell.column, cell.colspan) for cell in whole.cells if cell.row == 2] == [(0, 2), (2, 1)]


def test_a_groups_label_goes_on_over_the_empty_cell_left_of_it() -> None:
    first = Grid((_cell("行政诉讼", 0, 0, 1, 1, 2), _cell("结果维持", 0, 1, 2, 1), _cell("1", 0, 2, 3, 1),
                  _cell("结果纠正", 1, 1, 2, 1), _cell("2", 1, 2, 3, 1)), 1, page=1)  # fmt: skip
    (whole,) = with_whole_tables([first, _grid(2, 2, ("", "总计", "3"))])
    assert isinstance(whole, Grid)
    assert [(cell.text, cell.rowspan) for cell in whole.cells if cell.column == 0] == [("行政诉讼", 3)]


def test_what_stands_elsewhere_goes_on_nothing() -> None:
    beside = replace(REST, cells=tuple(replace(c, bbox=(c.bbox[0] + 30, *c.bbox[1:])) for c in REST.cells if c.bbox))
    same_page = _grid(2, 1, ("当面申请数", "5", "8"))
    two_pages_on = replace(REST, cells=tuple(replace(cell, page=3) for cell in REST.cells))
    guessed = replace(REST, exact=False)
    for second in (beside, same_page, two_pages_on, guessed):
        assert with_whole_tables([FIRST, second]) == [FIRST, second]
    between = [FIRST, Paragraph("四、行政复议"), REST]
    assert with_whole_tables(between) == between


def test_a_header_s_label_ends_above_the_figures_of_the_next_page_be_they_blank() -> None:
    heads = (
        _cell("规章", 0, 0, 2, 1),
        _cell("行政许可", 0, 2, 3, 1, 2),
        _cell("件数", 1, 0, 1, 1),
        _cell("数", 1, 1, 2, 1),
    )
    first = Grid(heads, 1, page=1)
    (whole,) = with_whole_tables([first, _grid(2, 2, ("5", "6", ""))])
    assert isinstance(whole, Grid)
    assert _texts(whole)[2] == ["5", "6", ""]
