"""XLSX: the values that are stored in its cells, printed in their formats. Read from the parts themselves, so that what
a sheet claims of its size costs nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.readers.ooxml import Element, Package
from pipeline.readers.sheet.builtin import FORMATS
from pipeline.readers.sheet.formats import printed_number, printed_text
from pipeline.readers.sheet.model import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    NO_STORED_VALUE,
    STRUCK,
    Budget,
    Place,
    Printed,
    Sheet,
    Span,
)

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_TRUE = {"1", "true", "on"}
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class _Style:
    format: str = "General"
    struck: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class _Workbook:
    strings: tuple[Printed, ...]
    styles: tuple[_Style, ...]
    from_1904: bool

    def style(self, index: str) -> _Style:
        known = index.isascii() and index.isdigit() and int(index) < len(self.styles)
        return self.styles[int(index)] if known else _Style()


def read_xlsx(body: bytes) -> Iterator[Sheet]:
    """The sheets that are not hidden."""
    package = Package(body, "XLSX")
    main = package.main_part()
    root = package.xml(main)
    relations = package.relations(main)
    parts = {relation.kind: relation.part for relation in relations.values() if relation.part in package}
    properties = root.find(f"{_S}workbookPr")
    workbook = _Workbook(
        strings=tuple(_strings(package.xml(parts["sharedStrings"]))) if "sharedStrings" in parts else (),
        styles=tuple(_styles(package.xml(parts["styles"]))) if "styles" in parts else (),
        from_1904=properties is not None and properties.get("date1904", "") in _TRUE,
    )
    budget = Budget()
    shown = [entry for entry in root.iter(f"{_S}sheet") if entry.get("state", "visible") == "visible"]
    for number, entry in enumerate(shown[:MOST_SHEETS], start=1):
        relation = relations.get(entry.get(_ID, ""))
        if relation is not None and relation.kind == "worksheet" and relation.part in package:
            yield _sheet(package.xml(relation.part), Sheet(number, entry.get("name", "")), workbook, budget)


def _sheet(root: Element, sheet: Sheet, workbook: _Workbook, budget: Budget) -> Sheet:
    view = root.find(f"{_S}sheetViews/{_S}sheetView")
    zeros = view is None or view.get("showZeros", "1") in _TRUE
    for column in root.iterfind(f"{_S}cols/{_S}col"):
        if column.get("hidden", "") in _TRUE or column.get("width") == "0":
            first, last = _whole(column.get("min")), _whole(column.get("max"))
            sheet.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))
    row = -1
    for element in root.iterfind(f"{_S}sheetData/{_S}row"):
        row = _whole(element.get("r"), row + 2) - 1
        if element.get("hidden", "") in _TRUE or element.get("ht") == "0":
            sheet.hidden_rows.add(row)
        column_index = -1
        for cell in element.iterfind(f"{_S}c"):
            place = _place(cell.get("r", "")) or (row, column_index + 1)
            column_index = place[1]
            style = workbook.style(cell.get("s", ""))
            printed = _printed(cell, style, workbook, zeros)
            if printed.text or printed.doubt or style.ruled:
                budget.take(*place)
                sheet.cells[place] = printed
            if style.ruled:
                sheet.ruled.add(place)
    sheet.spans.extend(_spans(root))
    return sheet


def _printed(cell: Element, style: _Style, workbook: _Workbook, zeros: bool) -> Printed:
    stored = cell.find(f"{_S}v")
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(f"{_S}is")
        printed = Printed("") if inline is None else _rich(inline)
    elif stored is None or not stored.text:
        return Printed("", NO_STORED_VALUE if cell.find(f"{_S}f") is not None and kind != "str" else "")
    elif kind == "s":
        index = _whole(stored.text, -1)
        printed = workbook.strings[index] if 0 <= index < len(workbook.strings) else Printed("", "its text is missing")
    elif kind == "n":
        printed = _number(stored.text, style, workbook, zeros)
    elif kind == "b":
        printed = Printed("TRUE" if stored.text == "1" else "FALSE")
    else:  # str: a formula's text; e: an error; d: a date in ISO's form
        printed = Printed(stored.text)
    if kind in {"s", "str", "inlineStr"}:
        printed = Printed(printed_text(printed.text, style.format), printed.doubt)
    return Printed("", STRUCK) if style.struck and printed.text else printed


def _number(stored: str, style: _Style, workbook: _Workbook, zeros: bool) -> Printed:
    try:
        value = float(stored)
    except ValueError:
        return Printed(stored)
    if not math.isfinite(value):
        return Printed(stored)
    if value == 0 and not zeros:
        return Printed("")
    return Printed(*printed_number(value, style.format, from_1904=workbook.from_1904))


def _strings(root: Element) -> Iterator[Printed]:
    return (_rich(item) for item in root.iterfind(f"{_S}si"))


def _rich(item: Element) -> Printed:
    """Runs of text; what stands above characters for their pronunciation is none of it."""
    text, doubt = "", ""
    for part in item.iterchildren():
        if part.tag == f"{_S}t":
            text += part.text or ""
        elif part.tag == f"{_S}r":
            words = part.findtext(f"{_S}t") or ""
            if _is_on(part.find(f"{_S}rPr/{_S}strike")):
                doubt = doubt or (STRUCK if words.strip() else "")
            else:
                text += words
    return Printed(text, doubt)


def _styles(root: Element) -> Iterator[_Style]:
    own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in root.iter(f"{_S}numFmt")}
    struck = [_is_on(font.find(f"{_S}strike")) for font in root.iterfind(f"{_S}fonts/{_S}font")]
    ruled = [_is_ruled(border) for border in root.iterfind(f"{_S}borders/{_S}border")]
    for item in root.iterfind(f"{_S}cellXfs/{_S}xf"):
        name = item.get("numFmtId", "0")
        yield _Style(
            own.get(name) or FORMATS.get(_whole(name), "General"),
            _at(struck, item.get("fontId")),
            _at(ruled, item.get("borderId")),
        )


def _is_ruled(border: Element) -> bool:
    sides = (border.find(f"{_S}{side}") for side in _SIDES)
    return any(side is not None and side.get("style", "none") != "none" for side in sides)


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "1") in _TRUE


def _at(flags: list[bool], index: str | None) -> bool:
    place = _whole(index, -1)
    return 0 <= place < len(flags) and flags[place]


def _spans(root: Element) -> Iterator[Span]:
    for element in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        first, _, last = element.get("ref", "").partition(":")
        start, stop = _place(first), _place(last or first)
        if start and stop and start[0] < MOST_ROWS and start[1] < MOST_COLUMNS:
            yield Span(*start, min(stop[0], MOST_ROWS - 1), min(stop[1], MOST_COLUMNS - 1))


def _place(reference: str) -> Place | None:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
