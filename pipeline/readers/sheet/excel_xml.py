"""The single-file XML of Excel 2003, which reporting systems export under the name .xls: values, printed in their
formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.readers.sheet.formats import printed_number, printed_text
from pipeline.readers.sheet.model import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, STRUCK, Budget, Printed, Sheet, Span

Element = Any  # lxml's elements

_NS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_STRUCK_RUN = "{http://www.w3.org/TR/REC-html40}S"
_NAMED_FORMATS = {
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}
_NOT_NAMED = set("0#?@;.%_*\\\"'[")  # one of which stands in a format that is written out


@dataclass(frozen=True, slots=True)
class _Style:
    code: str = "General"
    struck: bool = False
    ruled: bool = False


def read_excel_xml(body: bytes) -> Iterator[Sheet]:
    """The sheets that are not hidden."""
    root = _root(body)
    styles = {_of(element, "ID"): _style(element) for element in root.iter(f"{_NS}Style")}
    budget = Budget()
    number = 0
    for worksheet in root.findall(f"{_NS}Worksheet")[:MOST_SHEETS]:
        if next((mark.text or "" for mark in worksheet.iter(_VISIBLE)), "") not in ("SheetHidden", "SheetVeryHidden"):
            number += 1
            yield _sheet(worksheet, number, styles, budget)


def _root(body: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"Excel XML 损坏 / the Excel XML is broken: {error}"[:200]) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument("Excel XML 含有实体定义 / the Excel XML defines entities of its own")
    return root


def _of(element: Element, name: str) -> str:
    return str(element.get(f"{_NS}{name}", ""))


def _count(element: Element, name: str) -> int:
    value = _of(element, name)
    return min(int(value), MOST_ROWS + 1) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _style(element: Element) -> _Style:
    code = next((_of(part, "Format") for part in element.iterfind(f"{_NS}NumberFormat")), "")
    if not _NOT_NAMED & set(code):
        code = _NAMED_FORMATS.get(code, "General")
    struck = any(_of(part, "StrikeThrough") == "1" for part in element.iterfind(f"{_NS}Font"))
    return _Style(code, struck, element.find(f"{_NS}Borders/{_NS}Border") is not None)


def _sheet(worksheet: Element, number: int, styles: dict[str, _Style], budget: Budget) -> Sheet:
    sheet = Sheet(number, _of(worksheet, "Name"))
    table = worksheet.find(f"{_NS}Table")
    if table is None:
        return sheet
    sheet.hidden_columns = {place for place, part in _placed(table, "Column") if _of(part, "Hidden") == "1"}
    for row, part in _placed(table, "Row"):
        if _of(part, "Hidden") == "1":
            sheet.hidden_rows.add(row)
        for column, cell in _placed(part, "Cell"):
            style = styles.get(_of(cell, "StyleID") or _of(part, "StyleID") or "Default", _Style())
            printed = _printed(cell, style)
            if printed.text or printed.doubt or style.ruled:
                budget.take(row, column)
                sheet.cells[row, column] = printed
            if style.ruled:
                sheet.ruled.add((row, column))
            across, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
            if (across or down) and row < MOST_ROWS and column < MOST_COLUMNS:
                bottom, right = min(row + down, MOST_ROWS - 1), min(column + across, MOST_COLUMNS - 1)
                sheet.spans.append(Span(row, column, bottom, right))
    return sheet


def _placed(parent: Element, name: str) -> Iterator[tuple[int, Element]]:
    """Rows, columns or cells with their places: each follows the one before and what that spans, unless it says."""
    place = 0
    for part in parent.iterfind(f"{_NS}{name}"):
        place = max(place, _count(part, "Index") - 1)
        behind = place + 1 + _count(part, "MergeAcross" if name == "Cell" else "Span")
        yield from ((at, part) for at in range(place, min(behind, MOST_COLUMNS) if name == "Column" else place + 1))
        place = behind


def _printed(cell: Element, style: _Style) -> Printed:
    data = cell.find(f"{_NS}Data")
    if data is None:
        return Printed("")
    text = "".join(data.itertext())
    if text.strip() and (style.struck or next(data.iter(_STRUCK_RUN), None) is not None):
        return Printed("", STRUCK)
    kind = _of(data, "Type")
    if kind == "Number":
        try:
            return Printed(*printed_number(float(text), style.code))
        except (ValueError, OverflowError):
            return Printed(text, "a number that is none")
    if kind == "Boolean":
        return Printed("TRUE" if text == "1" else "FALSE")
    return Printed(text.partition("T")[0] if kind == "DateTime" else printed_text(text, style.code))
