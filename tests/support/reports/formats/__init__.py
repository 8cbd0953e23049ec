"""File formats that a print is written in: each module has its `STYLES` and `render(report, style, chance)`."""

from __future__ import annotations

from types import ModuleType

from tests.support.reports.formats import docx, html, ofd, pdf, scan, sheet, text

FORMATS: dict[str, ModuleType] = {
    "html": html,
    "docx": docx,
    "pdf": pdf,
    "ofd": ofd,
    "text": text,
    "xlsx": sheet,
    "scan": scan,
}
BORN_DIGITAL = tuple(name for name in FORMATS if name != "scan")
