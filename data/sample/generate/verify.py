"""The generator's own check: every document states each gold value, in the form's order, and a scan no text at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pdfplumber
from docx import Document
from lxml import html

from data.sample.generate.article import body_of_page
from data.sample.generate.seeds import Seed

_NUMBER = re.compile(r"\d+(\.\d+)?$")


def check_document(seed: Seed, path: Path) -> None:
    stated = tuple(Decimal(cell) for cell in _cells(seed, path) if _NUMBER.match(cell))
    if stated != seed.values:
        raise ValueError(f"{path.name} states {len(stated)} values that are not the {len(seed.values)} gold ones")


def check_scan(path: Path) -> None:
    with pdfplumber.open(path) as document:
        if any(page.chars for page in document.pages):
            raise ValueError(f"{path.name} has a text layer")


def _cells(seed: Seed, path: Path) -> Iterator[str]:
    if path.suffix == ".html":
        tree = html.fromstring(body_of_page(path.read_bytes(), seed.slug))
        yield from (cell.text_content().strip() for cell in tree.xpath("//td[not(.//td)]"))
    elif path.suffix == ".docx":
        for table in Document(str(path)).tables:
            for row in table.rows:
                seen = {id(cell._tc): cell for cell in row.cells}
                yield from (cell.text.strip() for cell in seen.values())
    else:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                for grid in page.extract_tables():
                    yield from (cell.strip() for row in grid for cell in row if cell)
