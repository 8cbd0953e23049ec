"""Spreadsheets, XLS, XLSX and the XML of Excel 2003: what their sheets would print. Hidden sheets, rows and columns
print nothing."""

from __future__ import annotations

from pipeline.errors import UnreadableDocument
from pipeline.media import EXCEL_XML, XLS, XLSX
from pipeline.model import Document
from pipeline.readers.sheet.excel_xml import read_excel_xml
from pipeline.readers.sheet.layout import blocks_of
from pipeline.readers.sheet.model import MOST_SHEETS
from pipeline.readers.sheet.xls import read_xls
from pipeline.readers.sheet.xlsx import read_xlsx
from pipeline.readers.sheet.years import SheetBlocks, of_the_last_year
from pipeline.readers.source import Source

_READERS = {XLS: read_xls, XLSX: read_xlsx, EXCEL_XML: read_excel_xml}
MEDIA_TYPES = tuple(_READERS)

_MOST_BYTES = 30 * 1024 * 1024


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"文件过大 / the file has {len(source.body)} bytes")
    sheets = _READERS[source.media_type](source.body)
    laid_out = [SheetBlocks(sheet.name, tuple(blocks_of(sheet))) for sheet in sheets]
    kept, earlier = of_the_last_year([sheet for sheet in laid_out if sheet.blocks])
    doubts = [f"往年的工作表未读 / a sheet of an earlier year was left out: {name}" for name in earlier]
    if len(laid_out) >= MOST_SHEETS:
        doubts.append(f"只读了前 {MOST_SHEETS} 个工作表 / only the first {MOST_SHEETS} sheets were read")
    blocks = tuple(block for sheet in kept for block in sheet.blocks)
    return Document("sheet", source.media_type, blocks, doubts=tuple(doubts))
