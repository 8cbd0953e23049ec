import pytest

from pipeline.errors import UnreadableDocument
from pipeline.model import Grid, Paragraph
from pipeline.readers import read
from tests.support.gold import HONGZE, sample_document


def test_running_text_beside_tables_stays_text() -> None:
    document = read(HONGZE.read_bytes(), HONGZE.name)
    pages_with_tables = {block.page for block in document.blocks if isinstance(block, Grid)}
    assert pages_with_tables == {2, 3, 4}
    prose = "".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "从严从实把好政治关、法律关、政策关、保密关、文字关" in prose
    assert not any("信息内容" in block.text for block in document.blocks if isinstance(block, Paragraph))


def test_the_row_before_a_page_break_is_read_although_no_line_closes_it() -> None:
    document = read(HONGZE.read_bytes(), HONGZE.name)
    rows = [[cell.text for cell in row] for block in document.blocks if isinstance(block, Grid) for row in block.rows()]
    assert any(row[0].endswith("需要另行制作") and row[-1] == "3" for row in rows if row)


def test_a_title_that_wps_wrote_in_the_wrong_byte_order_is_read() -> None:
    assert read(HONGZE.read_bytes(), HONGZE.name).title == "洪泽区人民政府2023年政府信息公开工作年度报告"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_refused_with_a_reason_or_read_as_far_as_it_goes(share: float) -> None:
    body = HONGZE.read_bytes()
    try:
        assert read(body[: int(len(body) * share)], "a.pdf").blocks
    except UnreadableDocument as error:
        assert "PDF" in str(error)


def test_a_scan_without_ocr_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="OCR"):
        read(sample_document("zhongwei-gaj-2024", "scan.pdf").read_bytes(), "a.pdf", ocr="never")
