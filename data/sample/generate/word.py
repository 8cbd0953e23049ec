"""A seed as DOCX: typed numbering, headings that are mostly bold paragraphs, tables with really merged cells."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from data.sample.generate.marks import BOOKMARK, Run, runs
from data.sample.generate.seeds import Line, Part
from data.sample.generate.tables import Cell, Table, tables
from data.sample.generate.word_styles import WordStyle

_ZIP_DATE = (2025, 1, 20, 9, 0, 0)
_AT_DIGITS = re.compile(r"(\d+)")


def write_docx(parts: tuple[Part, ...], style: WordStyle, target: Path, *, made: date) -> None:
    document = Document()
    _set_page(document, style)
    for part in parts:
        if isinstance(part, Line):
            _paragraph(document, part, style)
        else:
            for table in tables(part, divided=style.divided):
                _table(document, table, style)
                document.add_paragraph()
    core = document.core_properties
    core.title, core.author, core.last_modified_by = "", "Administrator", "lenovo"
    core.created = core.modified = datetime.combine(made, time(9))
    content = BytesIO()
    document.save(content)
    target.write_bytes(_with_fixed_dates(content.getvalue()))


def _with_fixed_dates(content: bytes) -> bytes:
    """The same package; ZIP members carry the time of writing otherwise."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()


def _set_page(document: Any, style: WordStyle) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(style.margins[0])
    section.left_margin = section.right_margin = Cm(style.margins[1])
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = style.page_number.split("{}")
    footer.add_run(before)
    run = footer.add_run()
    for kind, text in (("begin", None), (None, " PAGE "), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
    footer.add_run(after)


def _paragraph(document: Any, line: Line, style: WordStyle) -> None:
    marked = style.heading_style if line.role == "heading" else None
    paragraph = document.add_paragraph(style=marked)
    if style.line_spacing:
        paragraph.paragraph_format.line_spacing = Pt(style.line_spacing)
    paragraph.paragraph_format.space_after = Pt(0)
    if line.role == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(2 * style.body_size)
    font = {"title": style.title_font, "heading": style.heading_font}.get(line.role, style.body_font)
    size = 22 if line.role == "title" else style.body_size
    for run in runs(line.text):
        for text in _pieces(run, style):
            _run(paragraph, text, font, size, bold=run.bold or (line.role == "heading" and not marked))


def _pieces(run: Run, style: WordStyle) -> list[str]:
    return [text for text in _AT_DIGITS.split(run.text) if text] if style.nested_runs else [run.text]


def _run(paragraph: Any, text: str, font: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(size)
    run.font.name = "Times New Roman"
    run.font.color.rgb = RGBColor(0, 0, 0)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _table(document: Any, table: Table, style: WordStyle) -> None:
    section = document.sections[0]
    usable = section.page_width - section.left_margin - section.right_margin
    made = document.add_table(rows=len(table.rows), cols=len(table.widths), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    widths = [round(usable * width / sum(table.widths)) for width in table.widths]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(table.rows):
        properties = made.rows[at]._tr.get_or_add_trPr()
        if not style.rows_may_break:
            properties.append(OxmlElement("w:cantSplit"))
        if style.repeat_head and at < table.head_rows:
            properties.append(OxmlElement("w:tblHeader"))
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            taken |= {(at + down, column + right) for down in range(cell.rowspan) for right in range(cell.colspan)}
            _fill(made, cell, at, column, widths, style)
    if len(taken) != len(table.rows) * len(widths):
        raise ValueError("the cells do not fill the table")


def _fill(made: Any, cell: Cell, row: int, column: int, widths: list[int], style: WordStyle) -> None:
    target = made.cell(row, column)
    if cell.rowspan > 1 or cell.colspan > 1:
        target = target.merge(made.cell(row + cell.rowspan - 1, column + cell.colspan - 1))
    target.width = sum(widths[column : column + cell.colspan])
    target.vertical_alignment = 1  # centre
    paragraph = target.paragraphs[0]
    if cell.kind != "label" or cell.rowspan > 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    text = cell.text
    if text.startswith(BOOKMARK):
        _bookmark(paragraph)
        text = text.removeprefix(BOOKMARK)
    for piece in _pieces(Run(text), style):
        _run(paragraph, piece, style.table_font, style.table_size, bold=cell.kind == "head")


def _bookmark(paragraph: Any) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        element = OxmlElement(tag)
        element.set(qn("w:id"), "0")
        if tag.endswith("Start"):
            element.set(qn("w:name"), "_GoBack")
        paragraph._p.append(element)
