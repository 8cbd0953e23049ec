"""Tables in the shapes that editors, converters and web designers give them: one grid, many kinds of markup.

    report_body(blocks, shape) -> str        the markup of a whole report, its tables drawn as `shape` says

`SHAPES` names them. All print the same cells; what differs is what a page is made of.
"""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from pipeline.model import Block, Cell, Grid

PROSE = {
    "一": "2024年，本局认真贯彻落实条例。全年主动公开政府信息120条，办理群众来信15件，召开专题会议2次。",
    "五": "存在的主要问题是公开内容还不够丰富，解读形式比较单一。下一步将加强业务培训，丰富公开形式。",
    "六": "本年度没有收取信息处理费，没有其他需要报告的事项。",
}


def report_body(blocks: Sequence[Block], shape: str) -> str:
    parts = []
    for block in blocks[1:]:  # the title is the page's
        if isinstance(block, Grid):
            parts.append(SHAPES[shape](block))
        else:
            parts.append(f"<p>{html.escape(block.text)}</p>")
            parts += [f"<p>{PROSE[block.text[0]]}</p>"] if block.text[0] in PROSE else []
    return "\n".join(parts)


# --- tables ----------------------------------------------------------------------------------------------


def _spans(cell: Cell) -> str:
    down = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return down + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")


def _table(grid: Grid, cell: Callable[[Cell], str], row: str = "<tr>{}</tr>", table: str = "<table>{}</table>") -> str:
    return table.format("\n".join(row.format("".join(map(cell, cells))) for cells in grid.rows()))


def _plain(cell: Cell) -> str:
    return f"<td{_spans(cell)}>{html.escape(cell.text)}</td>"


def plain(grid: Grid) -> str:
    return _table(grid, _plain)


def unclosed(grid: Grid) -> str:
    return _table(grid, lambda cell: f"<TD{_spans(cell)}>{cell.text}", "<TR>{}\n")


def word(grid: Grid) -> str:
    def cell(one: Cell) -> str:
        letters = "".join(f'<span lang=EN-US style="mso-hansi-font-family:宋体">{part}</span>' for part in one.text)
        return (
            f'<td width=47{_spans(one)} style="border:solid windowtext 1.0pt;mso-border-alt:solid"><p class=MsoNormal '
            f"align=center><!--[if !supportMisalignedRows]--><span><span>{letters}</span></span>"
            "<!--[endif]--><span><o:p></o:p></span></p></td>"
        )

    head = "<!--[if gte mso 9]><xml><w:WordDocument><td>99</td></w:WordDocument></xml><![endif]--><![if !mso]>"
    return head + _table(grid, cell, '<tr style="mso-yfti-irow:1">{}</tr>') + "<![endif]>"


def nested(grid: Grid) -> str:
    inner = plain(grid)
    return f'<table width="100%"><tr><td>&nbsp;</td><td><table><tr><td>{inner}</td></tr></table></td></tr></table>'


def framed_cells(grid: Grid) -> str:
    return _table(grid, lambda cell: f"<td{_spans(cell)}><table><tr><td>{cell.text}</td></tr></table></td>")


def head_apart(grid: Grid) -> str:
    """The header a table of its own above the body, as scrolling tables are made."""
    first = next((row for row, cells in enumerate(grid.rows()) if any(cell.text.isdigit() for cell in cells)), 0)
    parts = [[cell for cell in grid.cells if cell.row < first], [cell for cell in grid.cells if cell.row >= first]]
    moved = [Grid(tuple(_moved(cell, -first * place) for cell in part), 0) for place, part in enumerate(parts)]
    return "".join(f"<div class='tb{place}'>{plain(part)}</div>" for place, part in enumerate(moved) if part.cells)


def _moved(cell: Cell, rows: int) -> Cell:
    return Cell(cell.text, cell.row + rows, cell.column, cell.rowspan, cell.colspan)


def foot_first(grid: Grid) -> str:
    """`<tfoot>` before `<tbody>`, as HTML 4 asked for."""
    rows = ["<tr>" + "".join(map(_plain, cells)) + "</tr>" for cells in grid.rows()]
    return f"<table><tfoot>{rows[-1]}</tfoot><tbody>{''.join(rows[:-1])}</tbody></table>"


def huge_spans(grid: Grid) -> str:
    def cell(one: Cell) -> str:
        wide = ' colspan="1000"' if one.column == 0 and one.colspan == grid.width else ""
        return f"<td{wide or _spans(one)}>{one.text}</td>"

    return _table(grid, cell)


def zero_spans(grid: Grid) -> str:
    """0 where others write 1, as some converters do."""
    return _table(
        grid, lambda c: f'<td rowspan="{c.rowspan if c.rowspan > 1 else 0}" colspan="{c.colspan}">{c.text}</td>'
    )


def fields(grid: Grid) -> str:
    def cell(one: Cell) -> str:
        filled = f'<input type="text" value="{one.text}" readonly>'
        return f"<td{_spans(one)}>{filled if _is_number(one.text) else one.text}</td>"

    return _table(grid, cell)


def _is_number(text: str) -> bool:
    return text.replace(".", "").isdigit()


def revised(grid: Grid) -> str:
    """Numbers corrected in print: the struck one beside the right one; footnotes; a number over several spans."""

    def cell(one: Cell) -> str:
        text = one.text
        if _is_number(text):
            kinds = (f"<s>9{text}</s>{text}", f"{text}<sup>①</sup>", f"{text}<sup>[1]</sup>", _split(text),
                     f"<del>77</del><ins>{text}</ins>", f"<span style='text-decoration:line-through'>5</span>{text}",
                     f"&#8203;{text}&zwnj;&nbsp;", f"&#12288;{text}&amp;nbsp;")  # fmt: skip
            text = kinds[(one.row + one.column) % len(kinds)]
        return f"<td{_spans(one)}>{text}</td>"

    return _table(grid, cell)


def _split(text: str) -> str:
    return text[:1] + "".join(f"<span><!-- x -->{letter}</span>" for letter in text[1:])


def hidden_rows(grid: Grid) -> str:
    """Each row once more with other numbers, hidden in one of three ways."""
    hiding = (' style="display: none"', " class=old-row", " hidden")

    def row(place: int, cells: Iterable[Cell]) -> str:
        other = "".join(f"<td>{'8' + cell.text if _is_number(cell.text) else cell.text}</td>" for cell in cells)
        return "<tr>" + "".join(map(_plain, cells)) + f"</tr><tr{hiding[place % 3]}>{other}</tr>"

    whole = "".join(row(place, cells) for place, cells in enumerate(grid.rows()))
    unspanned = all(cell.rowspan == 1 for cell in grid.cells)
    return f"<style>.old-row, .gone {{ display:none; }} td:hover {{color:red}}</style><table>{whole}</table>" if (
        unspanned
    ) else plain(grid)  # fmt: skip


# --- tables without <table> ------------------------------------------------------------------------------


def _full_rows(grid: Grid) -> list[list[str]]:
    """Every row with a cell in every column: a merged cell's text in its first, the others empty."""
    rows = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def css_table(grid: Grid) -> str:
    rows = ("".join(f'<span style="display: table-cell">{text}</span>' for text in row) for row in _full_rows(grid))
    body = "".join(f'<div style="display:table-row">{row}</div>' for row in rows)
    return f'<div style="display:table;width:100%">{body}</div>'


def css_classes(grid: Grid) -> str:
    style = "<style>.bg{display:table}.bg .hang{display:table-row}.bg .ge{display:table-cell;border:1px solid}</style>"
    rows = ("".join(f'<div class="ge">{text}</div>' for text in row) for row in _full_rows(grid))
    return f"{style}<div class=bg>{''.join(f'<div class=hang>{row}</div>' for row in rows)}</div>"


def css_grid(grid: Grid) -> str:
    cells = "".join(
        f'<div style="grid-column: span {cell.colspan}; grid-row: span {cell.rowspan}">{cell.text}</div>'
        for cells in grid.rows()
        for cell in cells
    )
    return f'<div style="display:grid;grid-template-columns:repeat({grid.width}, 1fr)">{cells}</div>'


def widths(grid: Grid) -> str:
    """Rows of floating blocks, each as wide as its columns."""
    share = 100 / max(1, grid.width)
    rows = []
    for row, cells in enumerate(grid.rows()):
        own = {cell.column: cell for cell in cells}
        covered = {
            x for c in grid.cells if c.row < row < c.row + c.rowspan for x in range(c.column, c.column + c.colspan)
        }
        drawn, x = "", 0
        while x < grid.width:
            text, wide = (own[x].text, own[x].colspan) if x in own else ("", 1)
            assert x in own or x in covered or not own
            drawn += f'<div style="float:left;width:{share * wide:.3f}%">{text}</div>'
            x += wide
        rows.append(f'<div class="clearfix">{drawn}</div>')
    return "<div>" + "".join(rows) + "</div>"


def lists(grid: Grid) -> str:
    rows = ("".join(f"<li>{text}</li>" for text in row) for row in _full_rows(grid))
    return "<div class=biao>" + "".join(f"<ul>{row}</ul>" for row in rows) + "</div>"


def spans_with_width(grid: Grid) -> str:
    cell = '<span style="display:inline-block;width:72px">{}</span>'
    return "".join(f"<p>{''.join(cell.format(text) for text in row)}</p>" for row in _full_rows(grid))


# --- tables as text --------------------------------------------------------------------------------------


def preformatted(grid: Grid) -> str:
    return "<pre>" + html.escape(fixed_width(_full_rows(grid))) + "</pre>"


def fixed_width(rows: Sequence[Sequence[str]]) -> str:
    """Columns padded to the width that Chinese letters take twice of."""
    columns = [max(map(_width, column)) + 2 for column in zip(*rows, strict=True)]
    lines = (
        "".join(text + " " * (wide - _width(text)) for text, wide in zip(row, columns, strict=True)) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def cell_lines(grid: Grid) -> str:
    return "".join(f"<p>{cell.text or '&nbsp;'}</p>" for cells in grid.rows() for cell in cells)


# --- whole bodies out of sight ---------------------------------------------------------------------------


def out_of_sight(body: str, kind: str) -> str:
    """A body that only a script or a frame would show."""
    escaped = html.escape(body)
    shown = {
        "srcdoc": f'<iframe width="100%" srcdoc="{escaped}"></iframe>',
        "template": f'<div id="app"></div><script type="text/template" id="tpl">{body}</script>',
        "textarea": f'<div id="view"></div><textarea id="src" style="display:none">{escaped}</textarea>',
        "json": f'<div id="app"></div><script>var detail = {{"id": 7, "content": {json.dumps(body)}}};</script>',
        "unicode": f'<script>window.D={{"content":{json.dumps(body).replace("<", chr(92) + "u003c")}}}</script>',
        "hidden": f'<div id="loading">加载中...</div><div id="zoom" style="display:none">{body}</div>',
        "escaped": f"<div>{escaped}</div>",
        "cdata": f"<script type='text/xml'><datastore><record><![CDATA[{body}]]></record></datastore></script>",
    }
    return shown[kind]


OUT_OF_SIGHT = ("srcdoc", "template", "textarea", "json", "unicode", "hidden", "escaped", "cdata")

SHAPES: dict[str, Callable[[Grid], str]] = {
    shape.__name__: shape
    for shape in (
        plain, unclosed, word, nested, framed_cells, head_apart, foot_first, huge_spans, zero_spans, fields, revised,
        hidden_rows, css_table, css_classes, css_grid, widths, lists, spans_with_width, preformatted, cell_lines,
    )
}  # fmt: skip
