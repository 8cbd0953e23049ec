import base64

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.media import MHTML, sniff
from pipeline.model import Grid, Paragraph
from pipeline.readers import read

TABLE = "<table><tr><td>行政许可</td><td>5</td></tr></table>"
PAGE = f"<html><head><meta charset=gb2312></head><body><p>一、总体情况</p>{TABLE}</body></html>"


def mhtml(page: str, charset: str = "gb2312") -> bytes:
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_Next"\r\n\r\n'
        b"This is a web page in one file.\r\n\r\n------=_Next\r\nContent-Location: file:///C:/1.htm\r\n"
        b"Content-Transfer-Encoding: base64\r\nContent-Type: text/html; charset=" + charset.encode() + b"\r\n\r\n"
        + base64.encodebytes(page.encode(charset))
        + b"\r\n------=_Next\r\nContent-Type: image/png\r\n\r\nx\r\n------=_Next--\r\n"
    )  # fmt: skip


def test_the_page_in_it_is_read() -> None:
    body = mhtml(PAGE)
    assert sniff(body, "年报.doc") == MHTML
    document = read(body, "年报.doc")
    text, grid = document.blocks
    assert isinstance(text, Paragraph) and text.text == "一、总体情况"
    assert isinstance(grid, Grid) and [cell.text for cell in grid.cells] == ["行政许可", "5"]
    assert (document.extractor, document.media_type) == ("html", MHTML)


def test_one_without_a_page_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="holds no page"):
        read(mhtml(PAGE).replace(b"text/html", b"text/rtfx"), "a.mht")


def test_messages_in_messages_without_end_are_refused() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3000))
    with pytest.raises(UnreadableDocument, match="too large"):
        read(b"MIME-Version: 1.0\r\n" + nested, "a.mht")


def test_a_page_that_speaks_of_mime_is_a_page() -> None:
    assert sniff(b"<html><pre>\nMIME-Version: 1.0\nContent-Type: text/html</pre></html>") == "text/html"
