import io

import pytest
from PIL import Image, ImageDraw

from pipeline.errors import UnreadableDocument
from pipeline.readers import read
from tests.support.ooxml import docx_of, paragraph

PICTURE = '<w:p><w:r><w:drawing><a:blip r:embed="{0}"/></w:drawing></w:r></w:p>'


def picture(width: int, height: int) -> tuple[str, bytes]:
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for place in range(4):
        draw.line((100, 100 + place * 60, 700, 100 + place * 60), fill=0, width=3)
        draw.line((100 + place * 200, 100, 100 + place * 200, 280), fill=0, width=3)
    draw.text((130, 115), "2024", fill=0, font_size=30)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return "image", stream.getvalue()


def test_a_document_of_pictures_alone_needs_ocr() -> None:
    body = docx_of(PICTURE.format("one"), files={"one": picture(800, 400)})
    with pytest.raises(UnreadableDocument, match="pictures only"):
        read(body, "a.docx", ocr="never")


def test_pictures_beside_text_that_are_not_read_are_a_doubt_and_decoration_is_not() -> None:
    text = paragraph("本年度主动公开政府信息若干条。" * 5)
    body = docx_of(text + PICTURE.format("one"), files={"one": picture(800, 400)})
    assert read(body, "a.docx", ocr="never").doubts == ("1 张图片未做 OCR / 1 pictures were not read",)
    small = docx_of(text + PICTURE.format("one"), files={"one": picture(90, 90)})
    assert read(small, "a.docx").doubts == ()


@pytest.mark.slow
def test_a_page_scanned_into_word_is_read_as_a_scan() -> None:
    document = read(docx_of(PICTURE.format("one"), files={"one": picture(800, 400)}), "a.docx")
    assert document.extractor == "scan" and document.pages == 1
    assert "2024" in str(document.blocks)
