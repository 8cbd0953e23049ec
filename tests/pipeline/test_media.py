"""Media types by the bytes, over files made here and the sample's real ones."""

import io
import zipfile
from pathlib import Path

import pytest

from pipeline import media
from pipeline.media import sniff
from pipeline.resources import SAMPLE


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as container:
        for name in names:
            container.writestr(name, "x")
    return stream.getvalue()


def _ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(name.encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html><html></html>", media.HTML),
        (b"\xef\xbb\xbf\r\n<HTML><head>", media.HTML),
        ("<div>年度报告</div>".encode("gb18030"), media.HTML),
        ("<html>".encode("utf-16"), media.HTML),
        (b'<?xml version="1.0"?><datastore><record><![CDATA[<li><a href="x">]]></record></datastore>', media.XML),
        (b'{"data": "<p>"}', media.JSON),
        (b"%PDF-1.7\n", media.PDF),
        (b"\n\n junk before %PDF-1.4", media.PDF),
        (b"{\\rtf1\\ansi", media.RTF),
        (b"Rar!\x1a\x07\x01\x00", media.RAR),
        (b"\x89PNG\r\n\x1a\n....", media.PNG),
        (b"\xff\xd8\xff\xe0", media.JPEG),
        (b"II*\x00....", media.TIFF),
        (_zip("word/document.xml"), media.DOCX),
        (_zip("xl/workbook.xml"), media.XLSX),
        (_zip("OFD.xml", "Doc_0/Document.xml"), media.OFD),
        (_zip("2024年报.doc"), media.ZIP),
        (b"PK\x03\x04 torn", media.ZIP),
        (_ole("WordDocument"), media.DOC),
        (_ole("Workbook"), media.XLS),
        (_ole("Something"), media.OLE),
        ("石嘴山市公安局2022年政府信息公开工作年度报告".encode(), media.TEXT),
        (b"", media.UNKNOWN),
        (bytes(range(32)) * 4, media.UNKNOWN),
    ],
)
def test_the_bytes_tell_the_type(body: bytes, expected: str) -> None:
    assert sniff(body) == expected


def test_a_name_decides_only_between_types_that_share_their_bytes() -> None:
    assert sniff(_ole("WordDocument"), "年报.wps") == media.WPS
    assert sniff(b"%PDF-1.7", "年报.docx") == media.PDF


@pytest.mark.parametrize("path", sorted((SAMPLE / "documents").glob("*.*")), ids=lambda path: path.name)
def test_the_samples_documents_are_what_their_names_say(path: Path) -> None:
    expected = {".pdf": media.PDF, ".docx": media.DOCX, ".html": media.HTML}
    assert sniff(path.read_bytes()) == expected[path.suffix]


def test_a_page_with_stray_null_bytes_is_a_page() -> None:
    assert sniff(b"<html><body><td>\x00 5</td>\x00</body></html>") == media.HTML
