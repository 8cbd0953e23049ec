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
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WORD_XML = "application/x-word-xml"  # Word's XML of 2003
FLAT_DOCX = "application/x-flat-docx"  # the parts of a DOCX in one XML file
EXCEL_XML = "application/x-excel-xml"  # Excel's single-file XML of 2003
MHTML = "multipart/related"  # a web page with its pictures in one file, as Word and browsers save it
OFD = "application/ofd"
RTF = "application/rtf"
ZIP = "application/zip"
RAR = "application/vnd.rar"
SEVEN_ZIP = "application/x-7z-compressed"
PNG = "image/png"
JPEG = "image/jpeg"
GIF = "image/gif"
TIFF = "image/tiff"
BMP = "image/bmp"
OLE = "application/x-ole-storage"  # a compound file whose application cannot be told
ENCRYPTED = "application/x-encrypted-office"  # a DOCX or XLSX behind a password
UNKNOWN = "application/octet-stream"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", RTF),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_NAMES = ("EncryptedPackage", "WordDocument", "Workbook", "Book", "CONTENTS", "MatOST")
_OLE_ENTRY = 128  # bytes of one entry in a compound file's directory
_OLE_MOST_ENTRIES = 4096
_PDF_WITHIN = 1024  # readers accept the header this far from the start
_HTML_WITHIN = 4096
_HTML_WHOLE = re.compile(rb"<\s*(!doctype\s+html|html|head|body)\b", re.I)
_HTML_PART = re.compile(rb"<\s*(meta|title|table|div|p|span|script|style|frameset|ul|li|a|br|h\d)\b", re.I)
_MARKDOWN_NAMES = (".md", ".markdown")
_MARKDOWN_HEADING = re.compile(rb"#{1,6} +[^\s#]")
_MIME = re.compile(rb"^MIME-Version:\s*1\.0", re.I | re.M)
_MIME_BODY = re.compile(rb"^Content-Type:\s*(multipart/|text/html)", re.I | re.M)
_MAIN_PART = re.compile(r"word/document\d*\.xml")
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
    return _text_type(body, hint.lower())


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
    if any(name.casefold() == "ofd.xml" for name in names):
        return OFD
    if any(map(_MAIN_PART.fullmatch, names)):
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    return _open_document_type(body) if {"mimetype", "content.xml"} <= names else ZIP


def _open_document_type(body: bytes) -> str:
    """OpenDocument's own name stands uncompressed in its first part."""
    declared = body[38:120]
    return next((known for known in (ODT, ODS) if declared.startswith(known.encode())), ZIP)


def _ole_type(body: bytes, hint: str) -> str:
    """By the streams at the top of the compound file. WPS writes Word's streams, so its name decides there."""
    streams = _ole_streams(body) or {name for name in _OLE_NAMES if name.encode("utf-16-le") in body}
    if "EncryptedPackage" in streams:
        return ENCRYPTED
    if "WordDocument" in streams:
        return WPS if hint.endswith(".wps") else DOC
    if streams & {"Workbook", "Book"}:
        return XLS
    if streams & {"CONTENTS", "MatOST"} or hint.endswith(".wps"):
        return WPS
    return OLE


def _ole_streams(body: bytes) -> set[str]:
    """The names at the top level of a compound file; those of files embedded in it stand deeper. None where its
    directory is broken."""
    try:
        directory = _ole_directory(body)
        names: dict[int, str] = {}
        open_entries = [struct.unpack_from("<I", directory, 76)[0]]  # the root's child
        while open_entries:
            entry = open_entries.pop()
            start = entry * _OLE_ENTRY
            if entry in names or start + _OLE_ENTRY > len(directory):
                continue
            length = struct.unpack_from("<H", directory, start + 64)[0]
            names[entry] = directory[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            open_entries += struct.unpack_from("<II", directory, start + 68)  # its neighbours in the tree
    except struct.error:
        return set()
    return {name for name in names.values() if name}


def _ole_directory(body: bytes) -> bytes:
    sector = 4096 if struct.unpack_from("<H", body, 30)[0] == 12 else 512
    current = struct.unpack_from("<I", body, 48)[0]
    tables = struct.unpack_from("<109I", body, 76)  # the sectors that say which sector follows which
    directory = b""
    while current < len(body) // sector and len(directory) < _OLE_MOST_ENTRIES * _OLE_ENTRY:
        directory += body[(current + 1) * sector : (current + 2) * sector]
        table, place = divmod(current, sector // 4)
        if table >= len(tables):
            break
        current = struct.unpack_from("<I", body, (tables[table] + 1) * sector + place * 4)[0]
    return directory


def _text_type(body: bytes, hint: str) -> str:
    head = body[:_HTML_WITHIN].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", errors="ignore").encode()
    elif b"\x00" in head:
        unmarked = unmarked_utf16(head)
        if unmarked is None:  # stray ones in a page are dropped, as browsers do
            return HTML if _HTML_WHOLE.match(head.lstrip()) else UNKNOWN
        head = head.decode(unmarked, errors="ignore").encode()
    stripped = head.lstrip()
    if stripped.startswith((b"{", b"[{", b"[[", b'["')):
        return JSON
    if _is_mhtml(stripped):
        return MHTML
    if not stripped.startswith(b"<") and (hint.endswith(_MARKDOWN_NAMES) or _MARKDOWN_HEADING.match(stripped)):
        return TEXT if _mostly_printable(stripped) else UNKNOWN  # it may hold tables in HTML
    if _HTML_WHOLE.search(head):
        return HTML
    if b'progid="Word.Document"' in head:
        return FLAT_DOCX if b"/xmlPackage" in head else WORD_XML
    if b'progid="Excel.Sheet"' in head:
        return EXCEL_XML
    if stripped.startswith((b"<?xml", b"<datastore")):
        return XML
    if _HTML_PART.search(head):
        return HTML
    if stripped.startswith(b"<"):
        return XML
    return TEXT if stripped and _mostly_printable(stripped) else UNKNOWN


def _is_mhtml(head: bytes) -> bool:
    """A message's headers come before the first markup."""
    before = head.partition(b"<")[0]
    return bool(_MIME.search(before) and _MIME_BODY.search(before))


def _mostly_printable(head: bytes) -> bool:
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return control * 50 < len(head)
