"""DOCX, its XML written out: merged and unmerged cells, runs, tracked changes, text boxes, numbered headings."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from html import escape
from random import Random

import docx

from tests.support.reports.formats.layout import flat, style
from tests.support.reports.printed import HEAD, Cell, Line, Printed, Table

STYLES = (
    style("merged"), style("runs"), style("tracked changes"), style("text boxes"), style("flat"), style("own widths"),
    style("nested table"),
)  # fmt: skip

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_BORDERS = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in
                   ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
_WHO = 'w:author="lenovo" w:date="2025-01-15T09:00:00Z"'
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" '
    'w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)
_WIDTH = 9026  # twentieths of a point between the margins


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    parts = [
        _table(block, name) + "<w:p/>" if isinstance(block, Table) else _line(block, name) for block in report.blocks
    ]
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {_NAMESPACES}><w:body>'
    return "report.docx", _package(f"{document}{''.join(parts)}{_PAGE}</w:body></w:document>")


@lru_cache(maxsize=1)
def _empty() -> bytes:
    content = io.BytesIO()
    docx.Document().save(content)
    return content.getvalue()


def _package(document: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_empty())) as empty, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part in empty.namelist():
            content = document.encode() if part == "word/document.xml" else empty.read(part)
            package.writestr(zipfile.ZipInfo(part, (2025, 1, 20, 9, 0, 0)), content)
    return out.getvalue()


# --- paragraphs ----------------------------------------------------------------------------------------


def _run(text: str, size: int, font: str = "仿宋") -> str:
    lines = escape(text, quote=False).split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f'<w:r><w:rPr>{_FONT.format(font=font)}<w:sz w:val="{size}"/></w:rPr>{inside}</w:r>'


def _line(line: Line, name: str) -> str:
    if line.role == "title":
        runs = _run(line.text, 44, "方正小标宋简体")
        title = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>'
        return _in_text_box(title) if name == "text boxes" else title
    runs = _run(line.text, 32, "黑体" if line.role == "heading" else "仿宋")
    if name == "tracked changes" and line.role == "body":
        runs = f'<w:del w:id="7" {_WHO}><w:r><w:delText>原稿的话。</w:delText></w:r></w:del>{runs}'
    return f'<w:p><w:pPr><w:ind w:firstLine="640"/></w:pPr>{runs}</w:p>'


def _in_text_box(content: str) -> str:
    box = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return f'<w:p><w:r><w:pict><v:shape style="width:420pt;height:80pt">{box}</v:shape></w:pict></w:r></w:p>'


# --- tables --------------------------------------------------------------------------------------------


def _table(table: Table, name: str) -> str:
    if name == "flat":
        rows = ["".join(_cell(Cell(text), name, "") for text in row) for row in flat(table)]
    else:
        rows = [_row(table, n, name) for n in range(len(table.rows))]
    whole = sum(table.widths)
    columns = table.width
    widths = (
        [round(_WIDTH * width / whole) for width in table.widths]
        if columns == len(table.widths)
        else [_WIDTH // columns] * columns
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    inside = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    made = _framed(f"<w:tblBorders>{_BORDERS}</w:tblBorders>", grid, inside)
    if name != "nested table":
        return made
    return _framed("", f'<w:gridCol w:w="{_WIDTH}"/>', f"<w:tr><w:tc><w:tcPr/>{made}<w:p/></w:tc></w:tr>")


def _framed(borders: str, grid: str, rows: str) -> str:
    properties = f'<w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/>{borders}</w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _row(table: Table, n: int, name: str) -> str:
    """A place that a cell from above reaches is a cell of its own that goes on with it."""
    raster = table.raster()
    cells, x = [], 0
    while x < len(raster[n]):
        cell, _ = raster[n][x]
        above = cell.rowspan > 1 and n > 0 and any(one is cell for one, _ in raster[n - 1])
        wide = max(1, cell.colspan)
        merged = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
        if cell.rowspan > 1:
            merged += "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>'
        cells.append(_cell(Cell("") if above else cell, name, merged))
        x += wide
    return "".join(cells)


def _cell(cell: Cell, name: str, merged: str) -> str:
    size = 18
    runs = _run(cell.text, size, "宋体")
    if name == "runs":
        runs = "".join(_run(letter, size, "宋体") for letter in cell.text)
    if name == "tracked changes" and cell.text and cell.role != HEAD:
        runs = (
            f'<w:del w:id="8" {_WHO}><w:r><w:delText>77</w:delText></w:r></w:del><w:ins w:id="9" {_WHO}>{runs}</w:ins>'
        )
    paragraph = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>'
    return f'<w:tc><w:tcPr>{merged}<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
