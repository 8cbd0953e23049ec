"""Reports, and tables of reports, that a page shows as pictures."""

from __future__ import annotations

import base64
import io
from functools import lru_cache

import pypdfium2
import pytest
from PIL import Image

from pipeline.extract import extract
from pipeline.model import Document, Paragraph
from pipeline.readers import read
from tests.support.gold import gold_of, sample_document
from tests.support.pages import page

SLUG = "gaoqing-gaj-2024"
TITLE = "高青县公安局2024年政府信息公开工作年度报告"


@lru_cache(maxsize=1)
def scanned_pages() -> tuple[bytes, ...]:
    pdf = pypdfium2.PdfDocument(sample_document(SLUG, "scan.pdf").read_bytes())
    return tuple(jpeg(scanned.render(scale=150 / 72).to_pil().convert("L")) for scanned in pdf)


def jpeg(image: Image.Image) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()


def inline(picture: bytes, kind: str = "jpeg") -> str:
    return f'<p><img src="data:image/{kind};base64,{base64.b64encode(picture).decode()}"></p>'


def blank(width: int, height: int) -> bytes:
    """Bytes enough for a page, and nothing on it."""
    return jpeg(Image.effect_noise((width, height), 40))


def of_family(body: str, **given: object) -> Document:
    return read(page("trs", TITLE, body, authority="高青县公安局"), "http://e.gov.cn/a/t1.html", **given)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("beside", [False, True], ids=["in the page", "beside the page"])
def test_a_report_of_page_pictures_is_read_in_their_order(beside: bool) -> None:
    pages = scanned_pages()
    names = [f"W{number:02}.jpg" for number in range(len(pages), 0, -1)]
    pictures = {f"http://e.gov.cn/a/{name}": body for name, body in sorted(zip(names, pages, strict=True))}
    shown = [f'<img src="./{name}">' for name in names] if beside else [inline(body) for body in pages]
    result = extract(of_family("".join(shown), pictures=pictures if beside else {}))
    assert gold_of(SLUG).differences(result.facts) == []
    assert {fact.method for fact in result.facts} == {"ocr"}
    assert result.titles[0] == TITLE
    assert [part.number for part in result.sections] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.slow
def test_prose_stands_before_and_behind_the_pictures_of_tables() -> None:
    first = "一、总体情况"
    last = "六、其他需要报告的事项"
    document = of_family(
        f"<p>{first}</p>{inline(scanned_pages()[1])}<p>{last}</p><p>本年度没有其他需要报告的事项。</p>"
    )
    texts = [block.text if isinstance(block, Paragraph) else "table" for block in document.blocks]
    assert texts.index(first) < texts.index("table") < texts.index(last)


def test_pictures_that_are_not_read_are_told_of() -> None:
    assert "OCR" in of_family(inline(blank(1200, 1700)), ocr="never").doubts[0]


@pytest.mark.parametrize("size", [(120, 120), (1600, 150), (300, 1200)])
def test_icons_codes_and_banners_are_no_pages(size: tuple[int, int]) -> None:
    document = of_family(f"<p>一、总体情况</p>{inline(blank(*size))}", ocr="never")
    assert document.doubts == ()


@pytest.mark.parametrize(
    "source", ["data:image/png;base64,@@@", "data:image/png,abc", "data:,x", "data:image/png;base64," + "A" * 9000]
)
def test_what_is_no_picture_is_none(source: str) -> None:
    assert of_family(f'<p>一、总体情况</p><img src="{source}">', ocr="never").doubts == ()
