"""Statutory tables printed from known values, in the shapes that offices and converters leave them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.forms import Form, Item
from pipeline.model import Block, Cell, Grid, Paragraph
from pipeline.readers.lines import grid_of_rows

CellKey = tuple[str, str | None]
Row = list[tuple[str, int, int]]  # text, rowspan, colspan of the cells that start in a row

LABEL_COLUMNS = 3


@dataclass(frozen=True)
class Style:
    """How the tables are printed. Every field is a defect seen in real reports."""

    layout: str = "merged"  # merged | ragged (span attributes and merged cells lost) | tabs | lines
    page_break: int | None = None  # section 3 goes on as a new table after so many rows
    header_repeated: bool = False
    section_2_in_one: bool = False
    section_4_in_two: bool = False
    undivided_other: bool = False
    strange_column: str = ""  # of section 3: 行次 | 备注 | 小计 | 上年总计
    total_first: bool = False
    on_its_side: bool = False
    last_year: str = ""  # before | after: another section 3 under a caption of its year
    litigation_first: bool = False
    misprints: Mapping[str, str] = field(default_factory=dict)  # printed label by right label


def printed_report(form: Form, printed: Mapping[CellKey, str], style: Style) -> list[Block]:
    grids = [*_section_2(form, printed, style), *_section_3(form, printed, style), *_section_4(form, printed, style)]
    blocks: list[Block] = [Paragraph(f"某县教育局{form.from_year}年政府信息公开工作年度报告")]
    for number, heading in enumerate(["一", "二", "三", "四", "五", "六"], start=1):
        blocks.append(Paragraph(f"{heading}、{form.sections[number - 1].heading}"))
        own = [grid for section, grid in grids if section == number]
        blocks += _beside_last_year(own, form, style) if number == 3 else own
    return blocks


def _beside_last_year(own: Sequence[Grid], form: Form, style: Style) -> list[Block]:
    """Section 3 of the report's year, and last year's with other figures where the style has it."""
    if not style.last_year:
        return list(own)
    other = [
        replace(grid, cells=tuple(replace(c, text="7" if c.text.isdigit() else c.text) for c in grid.cells))
        for grid in own
    ]
    last: list[Block] = [Paragraph(f"{form.from_year - 1}年收到和处理政府信息公开申请情况"), *other]
    this: list[Block] = [Paragraph(f"{form.from_year}年收到和处理政府信息公开申请情况"), *own]
    return last + this if style.last_year == "before" else this + last


def items_printed(form: Form, style: Style) -> list[Item]:
    left_out = {code for pair in form.alternatives for code in (pair.other if style.undivided_other else pair.one)}
    return [item for item in form.items if item.item not in left_out]


# --- section 2 -----------------------------------------------------------------------------------------


def _section_2(form: Form, printed: Mapping[CellKey, str], style: Style) -> list[tuple[int, Grid]]:
    tables: dict[str, dict[str, list[Item]]] = {}
    for item in form.items_of("disclosed"):
        tables.setdefault(item.row[0], {}).setdefault(item.row[-1], []).append(item)
    pieces: list[list[Row]] = []
    for title, by_label in tables.items():
        columns = [item.column_path[-1] for item in next(iter(by_label.values()))]
        rows: list[Row] = [[(title, 1, 4)], [("信息内容", 1, 1), *_spread(columns, style)]]
        for label, items in by_label.items():
            values = [printed[item.item, None] for item in items]
            rows.append([(_misprinted(label, style), 1, 1), *_spread(values, style)])
        pieces.append(rows)
    if style.section_2_in_one:
        pieces = [[row for piece in pieces for row in piece]]
    return [(2, _grid(rows, style)) for rows in pieces]


def _spread(texts: Sequence[str], style: Style) -> Row:
    """Over three columns, as Word merges them: one number takes all, two take one and the rest."""
    spans = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(texts)]
    return [(_misprinted(text, style), 1, span) for text, span in zip(texts, spans, strict=True)]


# --- section 3 -----------------------------------------------------------------------------------------


def _section_3(form: Form, printed: Mapping[CellKey, str], style: Style) -> list[tuple[int, Grid]]:
    header: list[Row] = [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(label, 1, 1) for label in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    items = [item for item in items_printed(form, style) if item.table == "applications"]
    body = [_labels(items, place, style) + _numbers(form, item, printed) for place, item in enumerate(items)]
    if style.total_first:
        header[0], header[1] = header[0], [header[1][-1], *header[1][:-1]]
        body = [[*row[:-7], row[-1], *row[-7:-1]] for row in body]
    if style.strange_column:
        header, body = _with_strange_column(header, body, style.strange_column)
    if style.on_its_side:
        return [(3, _turned(_grid(header + body, replace(style, layout="merged"))))]
    if style.page_break is None or not 0 < style.page_break < len(body):
        return [(3, _grid(header + body, style))]
    above, below = body[: style.page_break], body[style.page_break :]
    first = _closed(above)
    second = _opened(above, below)
    return [(3, _grid(header + first, style)), (3, _grid((header if style.header_repeated else []) + second, style))]


def _with_strange_column(header: list[Row], body: list[Row], name: str) -> tuple[list[Row], list[Row]]:
    """A column that is none of the form's, behind the others or, of running numbers, before them."""
    in_front = name == "行次"
    head: tuple[str, int, int] = (name, 3, 1)
    first = [header[0][0], head, header[0][1]] if in_front else [*header[0], head]
    wider: list[Row] = []
    for place, row in enumerate(body):
        cell = ("见说明" if name == "备注" and place % 5 == 0 else "" if name == "备注" else str(place + 1), 1, 1)
        wider.append([*row[:-7], cell, *row[-7:]] if in_front else [*row, cell])
    return [first, *header[1:]], wider


def _turned(grid: Grid) -> Grid:
    cells = (replace(c, row=c.column, column=c.row, rowspan=c.colspan, colspan=c.rowspan) for c in grid.cells)
    return replace(grid, cells=tuple(sorted(cells, key=lambda c: (c.row, c.column))))


def _labels(items: Sequence[Item], place: int, style: Style) -> Row:
    """The label cells of one row; a group's cell only where it begins, spanning the rows below."""
    item = items[place]
    text = _misprinted(_with_marker(item), style)
    if len(item.row) == 1:
        return [(text, 1, 3)]
    cells: Row = []
    for level, group in enumerate(item.row[:-1]):
        begins = place == 0 or items[place - 1].row[: level + 1] != item.row[: level + 1]
        if begins:
            height = sum(1 for other in items if other.row[: level + 1] == item.row[: level + 1])
            cells.append((("三、" if level == 0 else "") + group, height, 1))
    return [*cells, (text, 1, LABEL_COLUMNS - len(item.row) + 1)]


def _with_marker(item: Item) -> str:
    return item.marker + ("、" if item.marker and item.marker[-1] in "一二三四" else "") + item.row[-1]


def _numbers(form: Form, item: Item, printed: Mapping[CellKey, str]) -> Row:
    return [(printed[item.item, applicant.code], 1, 1) for applicant in form.applicants]


def _closed(rows: list[Row]) -> list[Row]:
    """Spans cut at the page's end."""
    return [
        [(text, min(down, len(rows) - place), right) for text, down, right in row] for place, row in enumerate(rows)
    ]


def _opened(above: list[Row], below: list[Row]) -> list[Row]:
    """Cells that span over the break go on after it, empty."""
    rest: Row = []
    for place, row in enumerate(above):
        rest += [("", place + down - len(above), right) for _, down, right in row if place + down > len(above)]
    return [[*rest, *below[0]], *below[1:]] if rest else below


# --- section 4 -----------------------------------------------------------------------------------------


def _section_4(form: Form, printed: Mapping[CellKey, str], style: Style) -> list[tuple[int, Grid]]:
    items = list(form.items_of("disputes"))
    values = {item.item: (printed[item.item, None], 1, 1) for item in items}
    leaf = {item.item: (item.column_path[-1], 1, 1) for item in items}
    review, suits = items[:5], items[5:]
    if style.litigation_first:
        return [(4, _litigation_first(leaf, values, review, suits, style))]
    if style.section_4_in_two:
        groups = [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)]
        first = [[("行政复议", 1, 5)], [leaf[i.item] for i in review], [values[i.item] for i in review]]
        second = [[("行政诉讼", 1, 10)], groups, [leaf[i.item] for i in suits], [values[i.item] for i in suits]]
        return [(4, _grid(first, style)), (4, _grid(second, style))]
    rows = [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [
            *[(text, 2, 1) for text, _, _ in (leaf[i.item] for i in review)],
            ("未经复议直接起诉", 1, 5),
            ("复议后起诉", 1, 5),
        ],
        [leaf[i.item] for i in suits],
        [values[i.item] for i in items],
    ]
    return [(4, _grid(rows, style))]


def _litigation_first(
    leaf: Mapping[str, tuple[str, int, int]],
    values: Mapping[str, tuple[str, int, int]],
    review: Sequence[Item],
    suits: Sequence[Item],
    style: Style,
) -> Grid:
    rows: list[Row] = [
        [("行政诉讼", 1, 10), ("行政复议", 1, 5)],
        [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5), *[(leaf[i.item][0], 2, 1) for i in review]],
        [leaf[i.item] for i in suits],
        [values[i.item] for i in (*suits, *review)],
    ]
    return _grid(rows, style)


# --- rows to grids -------------------------------------------------------------------------------------


def _grid(rows: Iterable[Row], style: Style) -> Grid:
    rows = list(rows)
    if style.layout == "ragged":
        cells = [Cell(text, y, x) for y, row in enumerate(rows) for x, (text, _, _) in enumerate(row)]
        return Grid(tuple(cells), 0)
    merged = Grid(tuple(_merged(rows)), 0)
    if style.layout == "merged":
        return merged
    return grid_of_rows([_flat(merged, y, padded=style.layout == "tabs") for y in range(merged.height)], 0)


def _merged(rows: Sequence[Row]) -> Iterable[Cell]:
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for text, down, right in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(down) for dx in range(right)}
            yield Cell(text, y, x, down, right)
            x += right


def _flat(grid: Grid, y: int, *, padded: bool) -> list[str]:
    """A row as a converter dumps it: spanned cells empty, and without the empty cells behind when not padded."""
    cells = {cell.column: cell.text for cell in grid.cells if cell.row == y}
    covered = {x: cell for cell in grid.cells for x in range(cell.column, cell.column + cell.colspan)
               if cell.row < y < cell.row + cell.rowspan}  # fmt: skip
    if padded:
        return [cells.get(x, "") for x in range(grid.width)]
    return [cells.get(x, "") for x in range(grid.width) if x in cells or x in covered]


def _misprinted(label: str, style: Style) -> str:
    return style.misprints.get(label, label)
