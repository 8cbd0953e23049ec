"""Born-digital PDF, written directly: several kinds of rulings, page ends, running heads, turned pages."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tests.support.reports.formats.canvas import Canvas, Paper, width_of
from tests.support.reports.formats.layout import style
from tests.support.reports.formats.paging import PADDING, Placed, Setting, heights, part, torn, wrap
from tests.support.reports.printed import FIGURE, Line, Printed, Table

STYLES = (
    style("ruled"), style("boxes for lines"), style("dotted"), style("rows torn"), style("header repeated"),
    style("running head"), style("landscape"), style("figures right"),
    style("horizontal lines", "structure", drops_blanks="all"), style("no lines", "structure", drops_blanks="all"),
)  # fmt: skip

_SIDE, _TOP, _BOTTOM = 72.0, 76.0, 72.0
_BODY, _LEADING = 15.0, 26.0
_RUNNING_HEAD = "政府信息公开工作年度报告"


@dataclass
class _Flow:
    """Where the next thing goes."""

    canvas: Paper
    name: str
    number: str  # how pages are numbered
    y: float = 0.0

    @property
    def floor(self) -> float:
        return self.canvas.height - _BOTTOM

    def new_page(self) -> None:
        self.canvas.new_page()
        self.y = _TOP
        number = self.number.format(self.canvas.pages)
        self.canvas.text((self.canvas.width - width_of(number, 10.5)) / 2, self.canvas.height - 40, 10.5, number)
        if self.name == "running head":
            self.canvas.text(_SIDE, 46, 9, _RUNNING_HEAD)
            self.canvas.line(_SIDE, 51, self.canvas.width - _SIDE, 51)


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    wide = name == "landscape"
    canvas = Canvas(842, 595, turned=True) if wide else Canvas()
    draw(canvas, report, name, chance)
    return "report.pdf", canvas.content()


def draw(canvas: Paper, report: Printed, name: str, chance: Random) -> None:
    """Onto any paper that takes text, lines and boxes."""
    flow = _Flow(canvas, name, chance.choice(("- {} -", "{}", "第 {} 页", "— {} —")))
    flow.new_page()
    size = chance.choice((8.0, 9.0, 9.0, 10.5))
    for block in report.blocks:
        if isinstance(block, Table):
            _table(flow, block, size)
        elif block.role != "page number":
            _line(flow, block)


def _line(flow: _Flow, line: Line) -> None:
    canvas, room = flow.canvas, flow.canvas.width - 2 * _SIDE
    size = 22.0 if line.role == "title" else _BODY
    centred = line.role in ("title", "caption")
    text = line.text if centred else "　　" + line.text
    for piece in wrap(text, room, size):
        if flow.y + _LEADING > flow.floor:
            flow.new_page()
        x = (canvas.width - width_of(piece, size)) / 2 if centred else _SIDE
        canvas.text(x, flow.y + size, size, piece)
        flow.y += _LEADING if size == _BODY else size * 1.5


# --- tables --------------------------------------------------------------------------------------------


def _table(flow: _Flow, table: Table, size: float) -> None:
    room = flow.canvas.width - 2 * _SIDE
    columns = table.width
    widths = table.widths if len(table.widths) == columns else (1.0,) * columns
    setting = Setting(size, size * 1.4, _SIDE, tuple(room * width / sum(widths) for width in widths))
    flow.y += 4
    first = 0
    while first < len(table.rows):
        tall = heights(table, setting)
        stop = _rows_that_fit(tall, first, flow.floor - flow.y)
        if flow.name == "rows torn" and stop < len(table.rows):
            left = flow.floor - flow.y - sum(tall[first:stop])
            lines = int((left - 2 * PADDING) // setting.leading)
            if lines > 0 and tall[stop] > setting.leading * (lines + 1):
                table = torn(table, stop, lines, setting)
                tall = heights(table, setting)
                stop += 1
        if stop == first:
            flow.new_page()
            stop = max(_rows_that_fit(tall, first, flow.floor - flow.y), first + 1)
        leaves_room = sum(tall[: table.head_rows]) * 2 < flow.floor - flow.y  # a taller header is not repeated
        if first >= table.head_rows > 0 and flow.name == "header repeated" and table.head_rows <= 3 and leaves_room:
            _draw(flow, part(table, setting, tall, 0, table.head_rows, flow.y), setting)
            flow.y += sum(tall[: table.head_rows])
            stop = max(_rows_that_fit(tall, first, flow.floor - flow.y), first + 1)
        _draw(flow, part(table, setting, tall, first, stop, flow.y), setting)
        flow.y += sum(tall[first:stop]) + 6
        first = stop
        if first < len(table.rows):
            flow.new_page()


def _rows_that_fit(tall: list[float], first: int, room: float) -> int:
    stop = first
    while stop < len(tall) and sum(tall[first : stop + 1]) <= room:
        stop += 1
    return stop


def _draw(flow: _Flow, placed: list[Placed], setting: Setting) -> None:
    for one in placed:
        _rule(flow, one)
        y = (one.y0 + one.y1 - setting.leading * len(one.lines)) / 2 + setting.size
        for line in one.lines:
            width = width_of(line, setting.size)
            right = flow.name == "figures right" and one.cell.role == FIGURE
            x = one.x1 - PADDING - width if right else (one.x0 + one.x1 - width) / 2
            flow.canvas.text(max(x, one.x0 + 0.5), y, setting.size, line)
            y += setting.leading


def _rule(flow: _Flow, one: Placed) -> None:
    canvas, box = flow.canvas, (one.x0, one.y0, one.x1, one.y1)
    x0, y0, x1, y1 = box
    sides = ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    if flow.name == "no lines":
        return
    if flow.name == "horizontal lines":
        sides = sides[:2]
    for left, top, right, bottom in sides:
        if flow.name == "boxes for lines":
            canvas.box(left - 0.24, top - 0.24, right + 0.24, bottom + 0.24)
        else:
            canvas.line(left, top, right, bottom, dots=flow.name == "dotted")
