"""The files that hang on report pages: their bytes, of every kind that bodies publish, and the ways in which pages lead
to them."""

from __future__ import annotations

import html
import io
import zipfile
from functools import lru_cache
from random import Random

from PIL import Image

from tests.support.archives import rar5_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
KINDS = ("pdf", "pdf", "pdf", "docx", "doc", "wps", "ofd", "xlsx", "xls", "zip", "rar")
WAYS = ("link", "link", "link", "name", "onclick", "javascript", "iframe", "embed", "object", "viewer", "script")


@lru_cache(maxsize=256)
def content(kind: str, said: str) -> bytes:
    """A file that begins as its kind does and is like no other of the fleet."""
    if kind == "pdf":
        return b"%PDF-1.4\n" + f"% {said}\n".encode() + b"0" * 900 + b"\n%%EOF"
    if kind in ("doc", "wps", "xls"):
        stream = {"xls": "Workbook"}.get(kind, "WordDocument").encode("utf-16-le")
        return _OLE + stream + said.encode() + b"\x00" * 1500
    if kind == "rar":
        return rar5_of({"report.txt": said.encode()})
    if kind == "jpg":
        stream = io.BytesIO()
        Image.new("RGB", (300, 400), (hash_of(said), 200, 200)).save(stream, "JPEG")
        return stream.getvalue()
    member = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml", "zip": "report.txt"}[kind]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        if kind in ("docx", "xlsx"):
            archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, said)
    return stream.getvalue()


def hash_of(text: str) -> int:
    return sum(text.encode()) % 200


def markup(rng: Random, address: str, name: str, kind: str, *, servlet: bool) -> str:
    """How a page leads to the file; `servlet` addresses do not tell what they send."""
    way = rng.choice(WAYS[:5] if servlet else WAYS)
    said, plain, address = f"{name}.{kind}", address, html.escape(address)
    return {
        "link": f'<p>附件：<a href="{address}">{said}</a></p>',
        "name": f'<p><a target="_blank" title="{said}" href="{address}">点击下载附件</a></p>',
        "onclick": f'<p><a href="#" onclick="window.open(\'{address}\');return false;">{said}</a></p>',
        "javascript": f"<p><a href=\"javascript:downFile('{address}')\">附件下载</a></p>",
        "iframe": f'<iframe src="{address}" width="100%" height="900"></iframe>',
        "embed": f'<embed src="{address}" width="100%" height="900">',
        "object": f'<object data="{address}" width="100%" height="900"></object>',
        "viewer": f'<iframe src="/pdfjs/web/viewer.html?file={address}" width="100%" height="900"></iframe>',
        "script": f"<div id='appendix'></div><script>var appendix='<a href=\"{plain}\">{said}</a>';"
        "document.getElementById('appendix').innerHTML=appendix;</script>",
    }[way]
