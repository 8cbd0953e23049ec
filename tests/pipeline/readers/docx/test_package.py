import io
import zipfile

import docx
import pytest

from pipeline.errors import UnreadableDocument
from pipeline.media import DOCX, sniff
from pipeline.model import Grid, Paragraph
from pipeline.readers import read
from tests.support.ooxml import OFFICE, W, cell, docx_of, paragraph, row, table, zipped


def parts_of(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_strict_documents_are_read_like_others() -> None:
    parts = parts_of(docx_of(paragraph("一、总体情况") + table(row(cell("行政许可"), cell("5")))))
    strict = zipped(
        {
            name: content.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
                OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
            for name, content in parts.items()
        }
    )
    text, grid = read(strict, "a.docx").blocks
    assert isinstance(text, Paragraph) and text.text == "一、总体情况"
    assert isinstance(grid, Grid) and [cell.text for cell in grid.cells] == ["行政许可", "5"]


def test_the_main_part_may_have_another_name() -> None:
    parts = parts_of(docx_of(paragraph("正文")))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    body = zipped(parts)
    assert sniff(body) == DOCX
    assert [block.text for block in read(body).blocks if isinstance(block, Paragraph)] == ["正文"]


def test_entities_of_a_documents_own_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "哈"><!ENTITY b "' + "&a;" * 1000 + '"><!ENTITY c "' + "&b;" * 1000 + '">]>'
    parts = parts_of(docx_of(paragraph("&amp;c;")))
    head, _, rest = parts["word/document.xml"].decode().partition("?>")
    parts["word/document.xml"] = f"{head}?>{bomb}{rest.replace('&amp;c;', '&c;')}".encode()
    with pytest.raises(UnreadableDocument, match=r"[Ee]ntit"):
        read(zipped(parts), "a.docx")


def test_elements_nested_without_end_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="broken"):
        read(docx_of("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000), "a.docx")


def test_a_part_that_is_too_large_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="a part of the DOCX"):
        read(docx_of(" " * (25 * 1024 * 1024)), "a.docx")


def test_a_package_of_very_many_parts_is_refused() -> None:
    parts = parts_of(docx_of(paragraph("正文"))) | {f"word/media/{number}": b"" for number in range(5_001)}
    with pytest.raises(UnreadableDocument, match="parts"):
        read(zipped(parts), "a.docx")


def test_damage_anywhere_is_one_reason_or_none() -> None:
    document = docx.Document()
    document.add_table(rows=2, cols=2).cell(0, 0).text = "行政许可"
    stream = io.BytesIO()
    document.save(stream)
    whole = stream.getvalue()
    for place in range(0, len(whole), 997):
        body = bytearray(whole)
        body[place] ^= 0xFF
        try:
            read(bytes(body), "a.docx")
        except UnreadableDocument as error:
            assert str(error)


@pytest.mark.parametrize(
    "inserted",
    [
        "<html><body><p>插入的一段</p></body></html>".encode(),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
        b"charset=gbk\r\n\r\n<p>" + "插入的一段".encode("gbk") + b"</p>\r\n--x--\r\n",
        docx_of(paragraph("插入的一段")),
        "插入的一段".encode(),
    ],
)
def test_inserted_files_are_read_where_they_stand(inserted: bytes) -> None:
    body = paragraph("前") + '<w:altChunk r:id="chunk"/>' + paragraph("后")
    blocks = read(docx_of(body, files={"chunk": ("aFChunk", inserted)}), "a.docx").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["前", "插入的一段", "后"]


def test_a_document_inserted_into_an_inserted_one_is_a_doubt() -> None:
    inner = docx_of(paragraph("最里"))
    chunk = '<w:altChunk r:id="chunk"/>'
    middle = docx_of(paragraph("中") + chunk, files={"chunk": ("aFChunk", inner)})
    document = read(docx_of(chunk * 2, files={"chunk": ("aFChunk", b"\x00\x01\x02")}), "a.docx")
    assert len(document.doubts) == 2
    blocks = read(docx_of(chunk, files={"chunk": ("aFChunk", middle)}), "a.docx").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["中"]
