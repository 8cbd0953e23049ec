"""Born-digital PDF: from the DOCX by LibreOffice, as offices do, or a page printed by Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from data.sample.generate.article import body
from data.sample.generate.html_styles import PLAIN
from data.sample.generate.seeds import Part

_PRINT_STYLE = """
@page { size: A4 }
body { font-size: 15pt; line-height: 26pt; margin: 0 }
h2 { font-size: 21pt; text-align: center; font-weight: normal; line-height: 30pt; margin: 0 }
h3, h4 { font-size: 15pt; text-indent: 2em; margin: 0 }
p { text-indent: 2em; margin: 0; text-align: justify }
table { border-collapse: collapse; width: 99%; font-size: 9.5pt; line-height: 13pt }
tr { break-inside: avoid }
td, th { border: 0.75pt solid #000; padding: 3pt; font-weight: normal }
td.n, th { text-align: center }
"""
_NUMBER = '<div style="width:100%;font-size:9pt;text-align:center">- <span class="pageNumber"></span> -</div>'
_MARGIN = {"top": "2.8cm", "bottom": "2.5cm", "left": "2.6cm", "right": "2.6cm"}


def print_word(docx: Path, target: Path, *, made: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(docx)], check=True, capture_output=True, timeout=180)
        target.write_bytes(_settled((Path(folder) / f"{docx.stem}.pdf").read_bytes(), made))


def print_page(parts: tuple[Part, ...], target: Path, *, made: date, font: str, repeat_head: bool) -> None:
    head = "" if repeat_head else "thead { display: table-row-group }"
    look = f"{_PRINT_STYLE} body {{ font-family: '{font}' }} {head}"
    html = f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><style>{look}</style>'
    html += body(parts, PLAIN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(html)
        content = page.pdf(
            format="A4", margin=_MARGIN, display_header_footer=True, header_template="<i></i>",
            footer_template=_NUMBER,
        )  # fmt: skip
        browser.close()
    target.write_bytes(_settled(content, made))


def _settled(content: bytes, made: date) -> bytes:
    """The same PDF with that date and fixed identifiers, each as long as it was, so that no offset moves."""
    dated = re.sub(rb"\(D:\d{14}", f"(D:{made:%Y%m%d}090000".encode(), content)
    return re.sub(rb"(/DocChecksum /|[\[\n] ?<)[0-9A-F]{32}", lambda found: found[1] + b"0" * 32, dated)
