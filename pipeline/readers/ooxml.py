"""The ZIP package that DOCX and XLSX are: parts, relations and content types, all within bounds. What the parts mean is
left to the readers."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from pipeline.errors import UnreadableDocument

Element = Any  # lxml's elements

_MOST_PARTS = 5_000
_MOST_UNPACKED = 200 * 1024 * 1024
_LARGEST_XML = 24 * 1024 * 1024  # a report's text has one megabyte at most
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error, KeyError)


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str  # the last word of its type: officeDocument, image, aFChunk
    part: str  # "" for what lies outside of the package


class Package:
    """`what` names the format in messages."""

    def __init__(self, body: bytes, what: str) -> None:
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(body))
        except (*_BROKEN, NotImplementedError) as error:
            raise self._broken(error) from error
        parts = self._zip.infolist()
        unpacked = sum(part.file_size for part in parts)
        if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED:
            raise UnreadableDocument(
                f"{what} 解压后过大 / the {what} unpacks to {unpacked} bytes in {len(parts)} parts"
            )
        self._sizes = {part.filename: part.file_size for part in parts}

    def __contains__(self, part: str) -> bool:
        return part in self._sizes

    def bytes(self, part: str) -> bytes:
        try:
            return self._zip.read(part)
        except (*_BROKEN, NotImplementedError) as error:
            raise self._broken(error) from error

    def xml(self, part: str) -> Element:
        """The root of an XML part in the namespaces of ordinary documents, whichever standard it keeps to."""
        if self._sizes.get(part, 0) > _LARGEST_XML:
            raise UnreadableDocument(f"{self._what} 过大 / a part of the {self._what} has {self._sizes[part]} bytes")
        body = self.bytes(part)
        if _STRICT in body:
            for strict, transitional in _TRANSITIONAL.items():
                body = body.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(body, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken(error) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableDocument(f"{self._what} 含有实体定义 / the {self._what} defines entities of its own")
        return root

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What a part refers to, by id; the package's own relations for no part."""
        folder, name = posixpath.split(part)
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self:
            return {}
        found = {}
        for element in self.xml(where).iter(_RELATION):
            kind = element.get("Type", "").rpartition("/")[2]
            outside = element.get("TargetMode") == "External"
            target = unquote(element.get("Target", "").partition("#")[0])
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id", "")] = Relation(kind, "" if outside else inside)
        return found

    def main_part(self) -> str:
        for relation in self.relations().values():
            if relation.kind == "officeDocument" and relation.part in self:
                return relation.part
        raise UnreadableDocument(f"{self._what} 损坏 / the {self._what} has no main part")

    def _broken(self, error: Exception) -> UnreadableDocument:
        return UnreadableDocument(f"{self._what} 损坏 / the {self._what} is broken: {error}"[:200])
