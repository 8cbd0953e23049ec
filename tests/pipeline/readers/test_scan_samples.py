"""Scans of the sample reports against their born-digital twins, cell by cell: 150 dpi, turned by up to 0.8 degrees,
noise, JPEG 60."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pdfplumber
import pytest

from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.readers.scan.document import PageImage, read_scan, read_scanned_pdf
from pipeline.readers.scan.raster import open_pdf, pdf_pages
from pipeline.resources import SAMPLE

pytestmark = pytest.mark.slow

# The facts of all five are tested through the portals; the grids of two tell whether the tables are whole.
SCANS = [SAMPLE / "documents" / f"{slug}.scan.pdf" for slug in ("longde-gaj-2024", "shizuishan-gaj-2022")]
NUMBER = re.compile(r"[\d.]*|[-—/]")
TRUSTED = 0.9


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed_tables(name: str) -> list[list[list[str]]]:
    """Tables of the born-digital twin, merged cells once."""
    with pdfplumber.open(SAMPLE / "documents" / name.replace(".scan.pdf", ".pdf")) as pdf:
        return [
            [[plain(cell) for cell in row if cell is not None] for row in table]
            for page in pdf.pages
            for table in page.extract_tables()
        ]


@pytest.fixture(scope="module", params=SCANS, ids=lambda path: path.name)
def scan(request: pytest.FixtureRequest) -> tuple[str, Document]:
    return request.param.name, read_scanned_pdf(request.param.read_bytes())


def test_every_table_has_the_rows_and_cells_that_are_printed(scan: tuple[str, Document]) -> None:
    name, document = scan
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    assert [[len(row) for row in grid.rows()] for grid in grids] == [
        [len(row) for row in table] for table in printed_tables(name)
    ]


def test_every_number_and_blank_is_read_as_printed_and_trusted(scan: tuple[str, Document]) -> None:
    name, document = scan
    printed = [cell for table in printed_tables(name) for row in table for cell in row]
    read = [cell for block in document.blocks if isinstance(block, Grid) for row in block.rows() for cell in row]
    numbers = [(told, cell) for told, cell in zip(printed, read, strict=True) if NUMBER.fullmatch(told)]
    assert len(numbers) >= 200
    assert [(told, cell.text) for told, cell in numbers if plain(cell.text) != told] == []
    assert [(cell.text, cell.confidence) for _, cell in numbers if cell.confidence < TRUSTED] == []


def test_labels_are_read_nearly_as_printed(scan: tuple[str, Document]) -> None:
    name, document = scan
    printed = [cell for table in printed_tables(name) for row in table for cell in row]
    read = [cell for block in document.blocks if isinstance(block, Grid) for row in block.rows() for cell in row]
    differing = [(told, cell.text) for told, cell in zip(printed, read, strict=True) if plain(cell.text) != told]
    assert len(differing) <= 3


def test_headings_stand_as_paragraphs_of_their_own_in_order(scan: tuple[str, Document]) -> None:
    _, document = scan
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    heads = [text[0] for text in texts if re.match(r"[一二三四五六]、", text) and len(text) < 40]
    assert heads[:6] == list("一二三四五六")  # an appendix may count anew


@pytest.mark.parametrize("quarter_turns", [1, 2])
def test_a_page_scanned_sideways_or_upside_down_reads_as_upright(quarter_turns: int) -> None:
    with open_pdf((SAMPLE / "documents" / "zhongwei-gaj-2024.scan.pdf").read_bytes()) as pdf:
        [upright] = pdf_pages(pdf, [4])
    turned = PageImage(4, np.ascontiguousarray(np.rot90(upright.gray, quarter_turns)), upright.scale)
    expected, document = read_scan([upright]), read_scan([turned])
    assert [said(block) for block in document.blocks] == [said(block) for block in expected.blocks]


def test_a_page_of_prose_on_its_side_is_read_upright() -> None:
    with open_pdf((SAMPLE / "documents" / "zhongwei-gaj-2024.scan.pdf").read_bytes()) as pdf:
        [upright] = pdf_pages(pdf, [1])
    quarter = upright.gray[: upright.gray.shape[0] // 4]
    expected, document = (
        read_scan([PageImage(1, np.ascontiguousarray(gray), upright.scale)]) for gray in (quarter, np.rot90(quarter))
    )
    assert len(expected.blocks) > 1
    assert [said(block) for block in document.blocks] == [said(block) for block in expected.blocks]


def said(block: Block) -> list[str]:
    return [cell.text for cell in block.cells] if isinstance(block, Grid) else [block.text]
