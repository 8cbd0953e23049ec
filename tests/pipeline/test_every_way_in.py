"""All 1,000 cells of the five seed reports as text and in every born-digital format; and a real PDF with its misprints.

Scans are read in `tests/flows/test_every_way_through_portals.py`: OCR takes long, and once is enough.
"""

from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Extract
from pipeline.readers import read
from tests.support.gold import HONGZE, SEEDS, gold_of, gold_of_hongze, sample_document, seed_text

SURE = 0.9


def extract_of(path: Path) -> Extract:
    return extract(read(path.read_bytes(), path.name))


def assert_is_gold(result: Extract, slug: str) -> None:
    gold = gold_of(slug)
    assert gold.differences(result.facts) == []
    assert len(result.facts) == 200
    assert result.form == gold.data["form"]
    assert result.period_year == gold.data["year"]
    assert [section.number for section in result.sections] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("slug", SEEDS)
def test_text_as_it_is(slug: str) -> None:
    result = extract_of(seed_text(slug))
    assert_is_gold(result, slug)
    assert result.titles[0] == gold_of(slug).data["title"]


@pytest.mark.parametrize("slug", SEEDS)
@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_born_digital(slug: str, ending: str) -> None:
    result = extract_of(sample_document(slug, ending))
    assert result.extractor == ending
    assert_is_gold(result, slug)
    doubtful = [fact for fact in result.facts if fact.confidence < SURE]
    assert doubtful == []


@pytest.mark.parametrize("slug", SEEDS)
@pytest.mark.parametrize("page", ["<p>{}</p>", "{}<br>", "<div>{}</div>", "{}\n"])
def test_one_cell_a_line_with_nothing_to_tell_rows(slug: str, page: str) -> None:
    text = seed_text(slug).read_text(encoding="utf-8")
    lines = [cell.strip() for line in text.splitlines() for cell in line.split("\t") if cell.strip()]
    body = "".join(page.format(line) for line in lines)
    name = "report.txt" if page == "{}\n" else "report.html"
    if name.endswith("html"):
        body = f"<html><body><div id='zoom'>{body}</div></body></html>"
    assert gold_of(slug).differences(extract(read(body.encode(), name)).facts) == []


def test_real_pdf_with_misprints_and_tables_over_page_breaks() -> None:
    result = extract_of(HONGZE)
    assert gold_of_hongze().differences(result.facts) == []
    assert result.form == "2021"
    assert result.period_year == 2023


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_every_fact_says_where_it_stands(ending: str) -> None:
    for fact in extract_of(sample_document("gaoqing-gaj-2024", ending)).facts:
        if ending == "pdf":
            assert fact.page is not None and fact.bbox is not None
            left, top, right, bottom = fact.bbox
            assert 0 <= left < right <= 600 and 0 <= top < bottom <= 850
        else:
            assert fact.cell is not None and fact.cell.startswith("table ")
