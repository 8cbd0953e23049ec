"""The media type of a file by its bytes. Servers' headers and file names lie too often to decide anything; `hint` (a
name or a declared type) only chooses where the bytes allow several readings."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from pipeline.charset import unmarked_utf16

HTML = "text/html"
TEXT = "text/plain"
XML = "application/xml"
JSON = "application/json"
PDF = "application/pdf"
DOC = "application/msword"
WPS = "application/vnd.ms-works"
XLS = "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFD = "application/ofd"
RTF = "application/rtf"
ZIP = "application/zip"
RAR = "application/vnd.rar"
PNG = "image/png"
JPEG = "image/jpeg"
GIF = "image/gif"
TIFF = "image/tiff"
BMP = "image/bmp"
OLE = "application/x-ole-storage"  # a compound file whose application cannot be told
UNKNOWN = "application/octet-stream"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", RTF),
    (b"Rar!\x1a\x07", RAR),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024  # readers accept the header this far from the start
_HTML_WITHIN = 4096
_HTML_WHOLE = re.compile(rb"<\s*(!doctype\s+html|html|head|body)\b", re.I)
_HTML_PART = re.compile(rb"<\s*(meta|title|table|div|p|span|script|style|frameset|ul|li|a|br|h\d)\b", re.I)
_ZIP_END = b"PK\x05\x06"
_ZIP_END_WITHIN = 22 + 65_535
_LARGEST_DIRECTORY = 4 * 1024 * 1024  # of a ZIP that is read: no document has ten thousands of parts


def sniff(body: bytes, hint: str = "") -> str:
    """The media type; `application/octet-stream` when the bytes say nothing."""
    for signature, media_type in _SIGNATURES:
        if body.startswith(signature):
            return media_type
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return PDF
    if body.startswith(_OLE_SIGNATURE):
        return _ole_type(body, hint.lower())
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(body)
    if _is_bitmap(body):
        return BMP
    return _text_type(body)


def is_text(media_type: str) -> bool:
    return media_type in (HTML, TEXT, XML, JSON)


def _is_bitmap(body: bytes) -> bool:
    return body.startswith(b"BM") and len(body) > 26 and struct.unpack_from("<I", body, 14)[0] in (12, 40, 108, 124)


def _zip_type(body: bytes) -> str:
    end = body.rfind(_ZIP_END, max(0, len(body) - _ZIP_END_WITHIN))
    if end < 0 or len(body) < end + 22 or struct.unpack_from("<I", body, end + 12)[0] > _LARGEST_DIRECTORY:
        return ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as container:
            names = set(container.namelist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error):
        return ZIP
    if "OFD.xml" in names:
        return OFD
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else ZIP


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _ole_type(body: bytes, hint: str) -> str:
    """By the streams named in the compound file's directory. WPS writes Word's streams, so its name decides there."""
    if _utf16("WordDocument") in body:
        return WPS if hint.endswith(".wps") else DOC
    if _utf16("Workbook") in body or _utf16("Book\x00") in body:
        return XLS
    if _utf16("CONTENTS") in body or _utf16("MatOST") in body or hint.endswith(".wps"):
        return WPS
    return OLE


def _text_type(body: bytes) -> str:
    head = body[:_HTML_WITHIN].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", errors="ignore").encode()
    elif b"\x00" in head:
        unmarked = unmarked_utf16(head)
        if unmarked is None:
            return UNKNOWN
        head = head.decode(unmarked, errors="ignore").encode()
    stripped = head.lstrip()
    if stripped.startswith((b"{", b"[{", b"[[", b'["')):
        return JSON
    if _HTML_WHOLE.search(head):
        return HTML
    if stripped.startswith((b"<?xml", b"<datastore")):
        return XML
    if _HTML_PART.search(head):
        return HTML
    if stripped.startswith(b"<"):
        return XML
    return TEXT if stripped and _mostly_printable(stripped) else UNKNOWN


def _mostly_printable(head: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return control * 50 < len(head)
