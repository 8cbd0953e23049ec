"""Writes XLSX, row by row into the file: sheets with a frozen heading, text, numbers, dates, truth values.

Text is written as text, which no spreadsheet runs as a formula. Only what a release needs of the format (ECMA-376)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from xml.sax.saxutils import escape

ROWS = 1_048_576  # of a sheet, heading included
TEXT = 32_767  # characters of a cell, as UTF-16 counts them
_DIGITS = 15  # what a spreadsheet keeps of a number; more of them are written as text

_WHEN = (1980, 1, 1, 0, 0, 0)  # the same data make the same bytes
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Cell formats 0 plain, 1 heading, 2 date, 3 date and time.
_STYLES = f"""{_HEAD}<styleSheet xmlns="{_MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)

# XML cannot hold these; the format writes them as _x000D_, and what merely looks so with its underscore escaped.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")


class Workbook:
    def __init__(self, path: Path) -> None:
        self._stream = path.open("wb")
        self._zip = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._sheets: list[str] = []

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if error is None:
                self._finish()
                self._zip.close()
                self._stream.close()
        finally:
            # Both write what is left, and fail again where the disk is full; the first error is the one to tell.
            with suppress(OSError):
                self._zip.close()
            with suppress(OSError):
                self._stream.close()

    def sheet(self, name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """The number of rows written under the heading. The caller sees to it that they fit."""
        self._sheets.append(name)
        entry = zipfile.ZipInfo(f"xl/worksheets/sheet{len(self._sheets)}.xml", _WHEN)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(entry, "w", force_zip64=True) as stream:
            stream.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FROZEN}<sheetData>'.encode())
            _write_row(stream, 1, [_text(cell, 1) for cell in heading])
            number = 1
            for number, row in enumerate(rows, start=2):
                _write_row(stream, number, [_cell(value) for value in row])
            stream.write(b"</sheetData></worksheet>")
        return number - 1

    def _finish(self) -> None:
        numbers = range(1, len(self._sheets) + 1)
        sheets = "".join(
            f'<sheet name="{escape(name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"/>'
            for number, name in zip(numbers, self._sheets, strict=True)
        )
        types = "".join(_override(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers)
        links = "".join(_link(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
        links += _link(len(self._sheets) + 1, "styles", "styles.xml")
        sheets = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{sheets}</sheets></workbook>'
        self._add("xl/workbook.xml", sheets)
        self._add("xl/_rels/workbook.xml.rels", _links(links))
        self._add("_rels/.rels", _links(_link(1, "officeDocument", "xl/workbook.xml")))
        self._add("xl/styles.xml", _STYLES.removeprefix(_HEAD))
        self._add(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f"{_override('/xl/workbook.xml', 'sheet.main')}{_override('/xl/styles.xml', 'styles')}{types}</Types>",
        )

    def _add(self, name: str, content: str) -> None:
        entry = zipfile.ZipInfo(name, _WHEN)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, _HEAD + content)


def fits(text: str) -> bool:
    return len(text) * 2 <= TEXT or len(text.encode("utf-16-le")) // 2 <= TEXT


def _override(path: str, kind: str) -> str:
    content = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    return f'<Override PartName="{path}" ContentType="{content}"/>'


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _write_row(stream: IO[bytes], number: int, cells: Sequence[str]) -> None:
    stream.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())


def _cell(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float | Decimal):
        return _number(value)
    if isinstance(value, datetime):
        days = (value.replace(tzinfo=None) - datetime(1899, 12, 30)).total_seconds() / 86400  # noqa: DTZ001
        return f'<c s="3"><v>{days!r}</v></c>'
    if isinstance(value, date):
        return f'<c s="2"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    return _text(str(value))


def _number(value: int | float | Decimal) -> str:
    written = f"{value:f}" if isinstance(value, Decimal) else repr(value)
    if isinstance(value, Decimal) and "." in written:
        written = written.rstrip("0").rstrip(".")
    exact = isinstance(value, float) or len(written.strip("-").replace(".", "")) <= _DIGITS
    return f"<c><v>{written}</v></c>" if exact else _text(written)


def _text(text: str, style: int = 0) -> str:
    spoken = escape(_UNSPEAKABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{spoken}</t></is></c>'
