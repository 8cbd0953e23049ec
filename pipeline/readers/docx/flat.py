"""A DOCX as Word saves it in one XML file, put back into the package that it stands for."""

from __future__ import annotations

import base64
import io
import zipfile

from lxml import etree

from pipeline.errors import UnreadableDocument

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_MOST_BYTES = 60 * 1024 * 1024


def zipped(body: bytes) -> bytes:
    if len(body) > _MOST_BYTES:
        raise UnreadableDocument(f"文件过大 / the file has {len(body)} bytes")
    stream = io.BytesIO()
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
        with zipfile.ZipFile(stream, "w") as package:
            for part in root.iterfind(f"{_PKG}part"):
                name = part.get(f"{_PKG}name", "").lstrip("/")
                xml, binary = part.find(f"{_PKG}xmlData"), part.find(f"{_PKG}binaryData")
                if xml is not None and len(xml):
                    package.writestr(name, etree.tostring(xml[0], encoding="UTF-8"))
                elif binary is not None:
                    package.writestr(name, base64.b64decode(binary.text or ""))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"DOCX 损坏 / the DOCX is broken: {error}"[:200]) from error
    return stream.getvalue()
