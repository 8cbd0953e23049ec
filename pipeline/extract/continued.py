"""Tables that go on over a page break, put together before anything is read: the columns, years and halves that the
first part names are those of its further parts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.extract.raster import is_label
from pipeline.model import Block, Cell, Grid

_NEAR = 2.5  # points by which an edge of one page may lie beside that of another
_FEWEST_EDGES = 3  # two columns; one alone lies under anything
# Places of a table that is put together; the longest statutory one has some 500, but where figures stand downwards
# every digit is a row.
_LARGEST = 20_000

Span = tuple[float, float]
Point = tuple[float, float]


def with_whole_tables(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a document, grids that stand right behind one another on successive pages as one where the columns
    lie in the same places."""
    whole: list[Block] = []
    for block in blocks:
        before = whole[-1] if whole else None
        joined = _joined(before, block) if isinstance(before, Grid) and isinstance(block, Grid) else None
        if joined is None:
            whole.append(block)
        else:
            whole[-1] = joined
    return whole


def _joined(first: Grid, second: Grid) -> Grid | None:
    if not (first.exact and second.exact and _goes_on(first, second)):
        return None
    spans = _spans(first), _spans(second)
    edges = _common_edges(*map(_edges, spans))
    height = first.height + second.height
    if edges is None or height * len(edges) > _LARGEST:
        return None
    repeated = _repeated_rows(first, second)
    if repeated and _begins_anew(first, second, repeated):
        return None
    shift = first.height - repeated
    above = [_placed(cell, span, edges) for cell, span in zip(first.cells, spans[0], strict=True)]
    below = [
        _placed(replace(cell, row=cell.row + shift), span, edges)
        for cell, span in zip(second.cells, spans[1], strict=True)
        if cell.row >= repeated
    ]
    return replace(first, cells=_with_groups_gone_on(above, below, first.height))


def _goes_on(first: Grid, second: Grid) -> bool:
    last = max((cell.page for cell in first.cells if cell.page is not None), default=None)
    begins = min((cell.page for cell in second.cells if cell.page is not None), default=None)
    return last is not None and begins == last + 1


# --- columns by their edges ----------------------------------------------------------------------------


def _spans(grid: Grid) -> list[Span]:
    """From where to where on its page each cell goes; none where a cell does not say. What is scanned lies a little
    turned, and on each page elsewhere: it is measured from the table's own left side."""
    boxes = [cell.bbox for cell in grid.cells if cell.bbox is not None]
    if len(boxes) < len(grid.cells):
        return []
    if any(cell.method != "ocr" for cell in grid.cells):
        return [(box[0], box[2]) for box in boxes]
    sides = {page: _left_side(grid, page) for page in {cell.page for cell in grid.cells}}
    spans = []
    for cell, box in zip(grid.cells, boxes, strict=True):
        left, lean = sides[cell.page]
        begins = left + lean * (box[1] + box[3]) / 2
        spans.append((box[0] - begins, box[2] - begins))
    return spans


def _left_side(grid: Grid, page: int | None) -> tuple[float, float]:
    """Where the left side of a table would meet the top of the page, and how much it goes aside on its way down."""
    own = [cell for cell in grid.cells if cell.page == page and cell.bbox]
    column = min((cell.column for cell in own), default=0)
    ends = [
        (cell.bbox[0], (cell.bbox[1] + cell.bbox[3]) / 2) for cell in own if cell.bbox and cell.column == column
    ] or [(0.0, 0.0)]
    (x0, y0), (x1, y1) = min(ends, key=_depth), max(ends, key=_depth)
    lean = (x1 - x0) / (y1 - y0) if y1 > y0 else 0.0
    return x0 - lean * y0, lean


def _depth(place: Point) -> float:
    return place[1]


def _edges(spans: Sequence[Span]) -> list[float]:
    return _apart(sorted(edge for span in spans for edge in span))


def _apart(ordered: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for edge in ordered:
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges


def _common_edges(first: Sequence[float], second: Sequence[float]) -> Sequence[float] | None:
    """Those of the part that has more columns, where all of the other's are among them: a part without a group's rows
    lacks the group's column."""
    more, fewer = (first, second) if len(first) >= len(second) else (second, first)
    if len(fewer) < _FEWEST_EDGES or abs(more[0] - fewer[0]) > _NEAR or abs(more[-1] - fewer[-1]) > _NEAR:
        return None
    return more if all(abs(more[_nearest(edge, more)] - edge) <= _NEAR for edge in fewer) else None


def _nearest(edge: float, edges: Sequence[float]) -> int:
    place = bisect_left(edges, edge)
    around = [near for near in (place - 1, place) if 0 <= near < len(edges)]
    return min(around, key=lambda near: abs(edges[near] - edge))


def _placed(cell: Cell, span: Span, edges: Sequence[float]) -> Cell:
    column = _nearest(span[0], edges)
    return replace(cell, column=column, colspan=max(_nearest(span[1], edges) - column, 1))


def _with_groups_gone_on(above: Sequence[Cell], below: Sequence[Cell], height: int) -> tuple[Cell, ...]:
    """The cells of both parts; the label of a group that the page break cut goes on over the empty cell that is left
    of it. A header's label, with none but labels beside it, ends above its figures."""
    figures = max((cell.row for cell in above if not is_label(cell)), default=-1)
    cut = {
        (cell.column, cell.colspan): cell
        for cell in above
        if cell.row + cell.rowspan == height and is_label(cell) and cell.rowspan > 1 and cell.row <= figures
    }
    rests = {
        (cell.column, cell.colspan): cell
        for cell in below
        if cell.row == height and not cell.text and (cell.column, cell.colspan) in cut
    }
    whole = {
        id(cut[place]): replace(cut[place], rowspan=cut[place].rowspan + rest.rowspan) for place, rest in rests.items()
    }
    gone = {id(rest) for rest in rests.values()}
    return (*(whole.get(id(cell), cell) for cell in above), *(cell for cell in below if id(cell) not in gone))


# --- a header printed again ----------------------------------------------------------------------------


def _repeated_rows(first: Grid, second: Grid) -> int:
    """How many rows at the top of the second part print what the first part begins with."""
    count = 0
    for ours, theirs in zip(first.rows(), second.rows(), strict=False):
        if [cell.text for cell in ours] != [cell.text for cell in theirs]:
            break
        count += 1
    return count


def _begins_anew(first: Grid, second: Grid, repeated: int) -> bool:
    """Whether the second part prints the first part's rows again, as another year's table does."""
    return bool(_row_labels(first, repeated) & _row_labels(second, repeated))


def _row_labels(grid: Grid, below: int) -> set[str]:
    """The labels that rows of figures begin with."""
    return {
        row[0].text
        for row in list(grid.rows())[below:]
        if row and is_label(row[0]) and any(cell.text and not is_label(cell) for cell in row)
    }
