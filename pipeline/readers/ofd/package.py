"""An OFD file as a package of XML parts. Producers differ in letter case, slashes, byte order marks and in what their
paths are relative to; sizes are bounded, and no part may bring entities of its own."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from pipeline.errors import UnreadableDocument
from pipeline.packed.contents import Refused
from pipeline.packed.zips import ZipContents, open_zip

_MOST_XML = 24 * 1024 * 1024
_MOST_MEDIA = 100 * 1024 * 1024
_MOST_READ = 400 * 1024 * 1024  # from one file, whatever is read twice
_DOCTYPE = re.compile(rb"<\s*!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)

Element = etree._Element


class Package:
    def __init__(self, contents: ZipContents) -> None:
        self._contents = contents
        self._places = {_key(file.name): file.place for file in reversed(contents.files)}
        self._left = _MOST_READ

    @property
    def names(self) -> list[str]:
        return list(self._places)

    def find(self, location: str, *folders: str) -> str:
        """The part that a path means: from the package's root, or from the first of `folders` where there is one. ""
        when there is none."""
        path = location.strip().replace("\\", "/")
        wanted = [path, *(posixpath.join(folder, path.lstrip("/")) for folder in folders)]
        if not path.startswith("/"):
            wanted.append(wanted.pop(0))
        return next((key for key in map(_key, wanted) if key in self._places), "")

    def body(self, part: str, most: int = _MOST_MEDIA) -> bytes:
        """Raises UnreadableDocument when the part is not there, damaged or too large."""
        try:
            body = self._contents.read(self._places[part], min(most, self._left))
        except KeyError as error:
            raise UnreadableDocument(f"缺少 {part} / {part} is missing") from error
        except Refused as refusal:
            raise UnreadableDocument(f"{part}: {refusal}") from refusal
        self._left -= len(body)
        return body

    def xml(self, part: str) -> Element:
        body = self.body(part, _MOST_XML)
        if _DOCTYPE.search(body.replace(b"\0", b"")):
            raise UnreadableDocument(f"{part} 含有实体定义 / {part} defines entities")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(body.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableDocument(f"{part} 损坏 / {part} is broken: {error}"[:200]) from error


@contextmanager
def open_package(body: bytes) -> Iterator[Package]:
    with open_zip(body) as contents:
        yield Package(contents)


def _key(path: str) -> str:
    return posixpath.normpath(path.replace("\\", "/")).lstrip("./").casefold()


# --- elements, whatever their namespace and letter case --------------------------------------------------


def local(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> list[Element]:
    return [child for child in element if local(child) in names]


def child(element: Element | None, *path: str) -> Element | None:
    """Down the path, the first of each name."""
    for name in path:
        element = next(iter(children(element, name)), None) if element is not None else None
    return element


def descendants(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element.iter() if local(one) == name)


def attribute(element: Element, name: str, default: str = "") -> str:
    value = element.get(name)
    if value is not None:
        return value
    return next((str(value) for key, value in element.items() if str(key).lower() == name.lower()), default)


def text_of(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""
