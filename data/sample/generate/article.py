"""A seed as HTML: the article's body in its editor's manner, and a page around it as one saves it from a portal."""

from __future__ import annotations

from html import escape
from pathlib import Path

from data.sample.generate.html_styles import STYLES, HtmlStyle
from data.sample.generate.marks import BOOKMARK, runs
from data.sample.generate.seeds import Line, Part, Seed
from data.sample.generate.tables import Cell, Table, tables

_BEGIN, _END = "<!-- 正文开始 -->", "<!-- 正文结束 -->"

_PAGE = """<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}"/>
<title>{title}_{authority}</title>
<meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content="{date} 10:20"/>
<meta name="ContentSource" content="{authority}"/>
<style>.nb td, .nb th {{ border: 1px solid #333 }}</style>
</head>
<body>
<div class="top"><a href="/">网站首页</a> | <a href="/xwzx/">新闻中心</a> | <a href="/zwgk/">政务公开</a> | \
<a href="/bsfw/">办事服务</a> | <a href="/hdjl/">互动交流</a></div>
<div class="location">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; \
<a href="/zwgk/nb/">政府信息公开年报</a></div>
<h1>{title}</h1>
<div class="info"><span>发布日期：{date}</span> <span>来源：{authority}</span> <span>浏览次数：1052</span> \
<span>【字体：大 中 小】</span></div>
{begin}
{body}
{end}
<div class="tools"><a href="javascript:window.print()">【打印本页】</a>\
<a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="footer">主办：{authority}　网站标识码：1234560001　公网安备 12345602000001号</div>
</body>
</html>
"""


def write_page(seed: Seed, published: str, target: Path) -> None:
    style = STYLES[seed.slug]
    page = _PAGE.format(
        charset=style.declared,
        title=seed.title,
        authority=seed.authority,
        date=published,
        begin=_BEGIN,
        body=body(seed.parts, style),
        end=_END,
    )
    target.write_bytes(page.encode(style.encoding))


def body_of_page(content: bytes, slug: str) -> str:
    """The article's body out of a page that `write_page` made."""
    page = content.decode(STYLES[slug].encoding)
    return page.partition(_BEGIN)[2].partition(_END)[0].strip()


def body(parts: tuple[Part, ...], style: HtmlStyle) -> str:
    opening, closing = style.wrap
    written = [_written(part, style) for part in parts]
    return "\n".join((opening, *written, closing))


def _written(part: Part, style: HtmlStyle) -> str:
    if isinstance(part, Line):
        template: str = getattr(style, part.role)
        return template.format(text=_inline(part.text, style))
    made = tables(part, divided=style.divided, as_dumped=style.as_dumped)
    return "\n<p>&nbsp;</p>\n".join(_table(table, style) for table in made)


def _inline(text: str, style: HtmlStyle) -> str:
    pieces = []
    for run in runs(text):
        clean = escape(run.text, quote=False)
        if run.bold:
            clean = style.bold.format(text=clean)
        elif run.link:
            clean = f'<a href="{clean}">{clean}</a>'
        pieces.append(clean)
    return "".join(pieces)


def _table(table: Table, style: HtmlStyle) -> str:
    lines = [style.table]
    if style.columns:
        lines.append("<colgroup>" + "".join(f'<col style="width:{width}%"/>' for width in table.widths) + "</colgroup>")
    rows = ["<tr>" + "".join(_cell(cell, table, style) for cell in row) + "</tr>" for row in table.rows]
    heads = table.head_rows if style.thead else 0
    if heads:
        lines += ["<thead>", *rows[:heads], "</thead>"]
    lines += ["<tbody>", *rows[heads:], "</tbody>", "</table>"]
    if style.table.startswith("<div"):
        lines.append("</div>")
    return "\n".join(lines)


def _cell(cell: Cell, table: Table, style: HtmlStyle) -> str:
    span = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    span += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    template: str = getattr(style, cell.kind)
    width = round(100 * cell.colspan / len(table.widths))
    return template.format(tag=style.head_tag, span=span, width=width, text=_cell_text(cell.text, style))


def _cell_text(text: str, style: HtmlStyle) -> str:
    if not text:
        return style.blank
    marked = text.startswith(BOOKMARK)
    clean = escape(text.removeprefix(BOOKMARK), quote=False).replace("\n", style.line_break)
    return style.bookmark + clean if marked else clean
