"""What other programs make of the files: LibreOffice's DOC, WPS, RTF and PDF, and pages printed by Chromium.

Both take seconds to start, so they are given many files at a time.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from playwright.sync_api import sync_playwright

from tests.support.reports.formats import docx, html
from tests.support.reports.printed import Printed

KINDS = ("doc", "wps", "rtf", "office pdf", "browser pdf")
_PAPER = 612  # CSS pixels between the margins
_LEAST = 0.5  # of the size, below which nobody prints
_PRINT = """
@page { size: A4; margin: 2.6cm 2.4cm }
body { font: 15pt/26pt 'Noto Serif CJK SC'; margin: 0 }
table { border-collapse: collapse; width: 100%; font-size: 9pt; line-height: 13pt }
td, th { border: 0.75pt solid #000; padding: 2pt; font-weight: normal; text-align: center }
"""
_EDGES = {
    "header_template": "<i></i>",
    "footer_template": '<p style="width:100%;font-size:9pt;text-align:center">- <span class="pageNumber"></span> -</p>',
}


def render_many(reports: Sequence[Printed], kind: str, chance: Random) -> list[tuple[str, bytes]]:
    if kind == "browser pdf":
        return [("report.pdf", content) for content in _printed_by_browser(reports)]
    files = [docx.render(report, chance.choice(docx.STYLES).name, chance) for report in reports]
    ending = {"office pdf": "pdf", "wps": "doc"}.get(kind, kind)
    named = "wps" if kind == "wps" else ending  # WPS Office writes Word's format under a name of its own
    return [(f"report.{named}", content) for content in _converted(files, ending)]


def _converted(files: Sequence[tuple[str, bytes]], ending: str) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, (name, content) in enumerate(files):
            paths.append(Path(folder) / f"{n}{Path(name).suffix}")
            paths[-1].write_bytes(content)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending]
        out = Path(folder) / "out"
        limit = 60 + 10 * len(paths)
        subprocess.run([*command, "--outdir", out, *paths], check=True, capture_output=True, timeout=limit)
        return [(out / f"{path.stem}.{ending}").read_bytes() for path in paths]


def _printed_by_browser(reports: Sequence[Printed]) -> list[bytes]:
    printed = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": _PAPER, "height": _PAPER})
        for report in reports:
            body = html.body(report, "plain")
            page.set_content(f'<html lang="zh-CN"><meta charset="utf-8"><style>{_PRINT}</style>{body}')
            # A wide table is printed smaller, as the browser's own dialog does: what lies off the paper is not printed.
            scale = max(min(_PAPER / page.evaluate("document.documentElement.scrollWidth"), 1), _LEAST)
            printed.append(page.pdf(prefer_css_page_size=True, display_header_footer=True, scale=scale, **_EDGES))
        browser.close()
    return printed
