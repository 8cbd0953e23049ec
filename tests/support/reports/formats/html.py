"""Web pages: a report's body as editors and converters leave it, in the skin of a portal's page family."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from tests.support.pages import FAMILIES, name_of, page
from tests.support.reports.formats.layout import flat, style
from tests.support.reports.printed import Cell, Line, Printed, Table

STYLES = (
    style("plain"), style("word"), style("ueditor"), style("fragments"), style("thead"), style("layout table"),
    style("nested cells"), style("div table"), style("pre"),
    style("one cell a line", "structure groups", drops_blanks="all"),
)  # fmt: skip

_WORD_LINE = (
    '<p class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt;mso-line-height-rule:'
    'exactly"><span style="font-size:16.0pt;font-family:仿宋_GB2312">{}<span lang="EN-US"><o:p></o:p></span></span></p>'
)
_LINES = {
    "word": _WORD_LINE,
    "ueditor": '<p style="text-indent: 2em; line-height: 1.75em;">'
    '<span style="font-family: 仿宋, 仿宋_GB2312; font-size: 20px;">{}</span></p>',
    "layout table": "<p>　　{}</p>",
    "div table": "<div>&nbsp;&nbsp;&nbsp;&nbsp;{}</div>",
}
_HEADS = {
    "word": _WORD_LINE.replace("仿宋_GB2312", "黑体"),
    "ueditor": '<p style="text-indent: 2em;"><strong><span style="font-family: 黑体;">{}</span></strong></p>',
    "thead": "<h3>{}</h3>",
    "layout table": "<p><b>{}</b></p>",
}


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    family = chance.choice(FAMILIES)
    published = f"{report.year + 1}-01-{chance.randint(10, 31)}"
    content = page(family, report.title, body(report, name), authority=report.authority, published=published)
    return name_of(family), content


def body(report: Printed, name: str) -> str:
    parts = []
    for block in report.blocks:
        if isinstance(block, Table):
            parts.append(_TABLES.get(name, _table_of(name))(block))
        elif block.role == "title":
            parts.append(f'<p style="text-align: center;"><strong>{escape(block.text)}</strong></p>')
        else:
            parts.append(_line(block, name))
    whole = "\n".join(parts)
    return f'<table width="100%" border="0"><tr><td>{whole}</td></tr></table>' if name == "layout table" else whole


def _line(line: Line, name: str) -> str:
    form = _HEADS.get(name) if line.role == "heading" else None
    return (form or _LINES.get(name, "<p>{}</p>")).format(escape(line.text))


# --- tables --------------------------------------------------------------------------------------------


def _text(cell: Cell, broken: str = "<br/>") -> str:
    return escape(cell.text).replace("\n", broken)


def _plain(cell: Cell, tag: str, spans: str) -> str:
    return f"<{tag}{spans}>{_text(cell)}</{tag}>"


def _word(cell: Cell, tag: str, spans: str) -> str:
    text = _text(cell, '</span></p><p class="MsoNormal" align="center"><span style="font-family:宋体">') or "&nbsp;"
    return (
        f'<{tag} width="72"{spans} style="width:54.0pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext'
        ' .5pt;padding:0cm 5.4pt 0cm 5.4pt"><p class="MsoNormal" align="center" style="text-align:center">'
        f'<span lang="EN-US" style="font-size:10.5pt;font-family:宋体;mso-ascii-font-family:Calibri">{text}</span>'
        f"<span lang=EN-US><o:p></o:p></span></p></{tag}>"
    )


def _ueditor(cell: Cell, tag: str, spans: str) -> str:
    text = _text(cell) or "<br/>"
    opened = f'<{tag} valign="middle" align="center"{spans} style="word-break: break-all;">'
    return f'{opened}<p style="text-align: center;">{text}</p></{tag}>'


def _fragments(cell: Cell, tag: str, spans: str) -> str:
    letters = [
        f"<span>{escape(c)}</span>" if n % 2 else f"<font><b>{escape(c)}</b></font>" for n, c in enumerate(cell.text)
    ]
    return f"<{tag}{spans}>\n    {''.join(letters)}\n  </{tag}>"


def _nested(cell: Cell, tag: str, spans: str) -> str:
    if not cell.text:
        return f"<{tag}{spans}></{tag}>"
    inner = f'<table border="0" cellpadding="0"><tbody><tr><td>{_text(cell)}</td></tr></tbody></table>'
    return f"<{tag}{spans}>{inner}</{tag}>"


_CELLS = {"word": _word, "ueditor": _ueditor, "fragments": _fragments, "nested cells": _nested}


def _table_of(name: str) -> Callable[[Table], str]:
    def table(printed: Table) -> str:
        rows = []
        for n, row in enumerate(printed.rows):
            tag = "th" if name == "thead" and n < printed.head_rows else "td"
            cells = "".join(_CELLS.get(name, _plain)(cell, tag, _spans(cell)) for cell in row)
            rows.append(f"<tr>{cells}</tr>")
        heads = printed.head_rows if name == "thead" else 0
        top = f"<thead>{''.join(rows[:heads])}</thead>" if heads else ""
        return f'<table border="1" cellspacing="0" cellpadding="0">{top}<tbody>{"".join(rows[heads:])}</tbody></table>'

    return table


def _spans(cell: Cell) -> str:
    down = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return down + (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "")


def _div_table(printed: Table) -> str:
    rows = []
    for row in flat(printed):
        cells = "".join(f'<div class="td" style="display:table-cell">{escape(text)}</div>' for text in row)
        rows.append(f'<div class="tr" style="display:table-row">{cells}</div>')
    return f'<div class="tb" style="display:table;border-collapse:collapse">{"".join(rows)}</div>'


def _pre(printed: Table) -> str:
    return "<pre>" + escape("\n".join("\t".join(_joined(text) for text in row) for row in flat(printed))) + "</pre>"


def _one_a_line(printed: Table) -> str:
    texts = [cell.text for row in printed.rows for cell in row]
    return "".join(f"<p>{escape(_joined(text))}</p>" for text in texts if text)


def _joined(text: str) -> str:
    return text.replace("\n", "")


_TABLES: dict[str, Callable[[Table], str]] = {"div table": _div_table, "pre": _pre, "one cell a line": _one_a_line}
