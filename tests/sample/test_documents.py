"""Every seed exists in every way, states its values, and is the kind of file it claims to be."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from docx import Document
from lxml import html

from data.sample.generate.article import body_of_page
from data.sample.generate.html_styles import STYLES
from data.sample.generate.marks import plain
from data.sample.generate.seeds import FILES, SEEDS, SLUGS, Line, Seed, without_most_of_section_six
from data.sample.generate.verify import check_document
from pipeline.resources import SAMPLE

DOCUMENTS = SAMPLE / "documents"
every_seed = pytest.mark.parametrize("slug", SLUGS)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def prose(slug: str) -> list[str]:
    return [squeezed(plain(part.text)) for part in Seed(slug).parts if isinstance(part, Line)]


@every_seed
@pytest.mark.parametrize("suffix", ["html", "docx", "pdf"])
def test_a_document_states_every_gold_value_in_the_forms_order(slug: str, suffix: str) -> None:
    check_document(Seed(slug), DOCUMENTS / f"{slug}.{suffix}")


@every_seed
def test_page_and_docx_hold_the_seeds_prose_whole(slug: str) -> None:
    page = body_of_page((DOCUMENTS / f"{slug}.html").read_bytes(), slug)
    in_page = squeezed(html.fromstring(page).text_content())
    in_docx = squeezed("".join(line.text for line in Document(str(DOCUMENTS / f"{slug}.docx")).paragraphs))
    for paragraph in prose(slug):
        assert paragraph in in_page
        assert paragraph in in_docx


@every_seed
def test_a_pdf_has_a_text_layer_with_every_heading_and_numbered_pages(slug: str) -> None:
    document = pypdfium2.PdfDocument(DOCUMENTS / f"{slug}.pdf")
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    headings = [text for text in prose(slug) if re.match("[一二三四五六]、", text)]
    assert [heading for heading in headings if heading not in "".join(pages)] == []
    assert all(re.search(rf"[-—]?{number}[-—]?$", text) for number, text in enumerate(pages, 1))


@every_seed
def test_a_scan_is_grey_jpeg_a4_images_without_text(slug: str) -> None:
    with pdfplumber.open(DOCUMENTS / f"{slug}.scan.pdf") as document:
        for page in document.pages:
            assert not page.chars
            assert (page.width, page.height) == pytest.approx((595, 842), abs=2)
            (image,) = page.images
            assert image["colorspace"][0].name == "DeviceGray"
            assert image["stream"].attrs["Filter"].name == "DCTDecode"


@every_seed
def test_a_docx_really_merges_its_cells(slug: str) -> None:
    tables = Document(str(DOCUMENTS / f"{slug}.docx")).tables
    applications = next(table for table in tables if len(table.rows) == 28)
    markup = applications._tbl.xml
    assert markup.count("w:gridSpan") >= 6
    assert markup.count('w:vMerge w:val="restart"') >= 6


def test_one_page_is_gbk_and_says_so_another_is_gbk_and_says_utf8() -> None:
    for slug, declared in (("zhongwei-gaj-2024", b"charset=gb2312"), ("gaoqing-gaj-2024", b"charset=utf-8")):
        content = (DOCUMENTS / f"{slug}.html").read_bytes()
        assert declared in content
        assert Seed(slug).authority in content.decode("gbk")
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")


@pytest.mark.parametrize("slug", ["longde-gaj-2024", "zhongwei-gaj-2024"])
def test_rows_that_lost_their_group_cell_in_the_seed_lost_it_in_the_page(slug: str) -> None:
    page = html.fromstring(body_of_page((DOCUMENTS / f"{slug}.html").read_bytes(), slug))
    (row,) = page.xpath("//tr[td[1][contains(., '总计')] and not(contains(., '申请人情况'))]")
    cells = [squeezed(cell.text_content()) for cell in row.xpath("td")]
    assert len(cells) == 10
    assert cells[-1] == ""
    assert STYLES[slug].as_dumped


def test_the_five_seeds_and_their_documents_are_all_there_and_small() -> None:
    assert {path.name for path in SEEDS.iterdir()} == {
        f"{stem}{ending}" for stem in FILES.values() for ending in (".txt", ".gold.json")
    }
    endings = (".html", ".docx", ".pdf", ".scan.pdf")
    assert {path.name for path in DOCUMENTS.iterdir()} == {f"{slug}{ending}" for slug in SLUGS for ending in endings}
    limits = {".scan.pdf": 1_500_000}
    for path in DOCUMENTS.iterdir():
        assert path.stat().st_size < limits.get("".join(path.suffixes), 500_000), path.name
    assert sum(size(path) for path in SAMPLE.rglob("*")) < 12_000_000


def size(path: Path) -> int:
    return path.stat().st_size if path.is_file() and "__pycache__" not in path.parts else 0


def test_a_shortened_report_keeps_its_first_five_sections_and_its_last_paragraph() -> None:
    whole = Seed("longde-gaj-2024").parts
    short = without_most_of_section_six(whole)
    sixth = next(at for at, part in enumerate(whole) if isinstance(part, Line) and part.text.startswith("六、"))
    assert short[:sixth] == whole[:sixth]
    assert short[-1] == whole[-1]
    assert len(short) < len(whole)
