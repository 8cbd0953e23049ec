"""DOC, WPS, RTF and what else LibreOffice opens: converted to DOCX and read by the reader of that, which keeps merged
cells, struck text and list numbers apart."""

from __future__ import annotations

from dataclasses import replace

from pipeline.errors import UnreadableDocument
from pipeline.media import DOC, DOCX, ENCRYPTED, ODT, OLE, RTF, WORD_XML, WPS
from pipeline.model import Document
from pipeline.readers import docx
from pipeline.readers.office.converter import converter
from pipeline.readers.office.stretched import unstretched
from pipeline.readers.source import Source

_MOST_BYTES = 100 * 1024 * 1024
_SUFFIXES = {DOC: ".doc", WPS: ".wps", RTF: ".rtf", ODT: ".odt", OLE: ".doc", WORD_XML: ".xml"}
_FILTERS = {RTF: "Rich Text Format", ODT: "writer8"}  # the others it has to tell apart itself

MEDIA_TYPES = (*_SUFFIXES, ENCRYPTED)


def read(source: Source) -> Document:
    if source.media_type == ENCRYPTED:
        raise UnreadableDocument("文件有密码 / the file is encrypted")
    if len(source.body) > _MOST_BYTES:
        raise UnreadableDocument(f"文件过大 / the file has {len(source.body)} bytes")
    suffix = _SUFFIXES[source.media_type]
    converted = converter().convert(source.body, suffix, _FILTERS.get(source.media_type, ""))
    document = unstretched(docx.read(replace(source, body=converted, media_type=DOCX)))
    extractor = "doc" if document.extractor == "docx" else document.extractor
    return replace(document, extractor=extractor, media_type=source.media_type)
