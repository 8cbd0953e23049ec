"""How an OFD document hangs together: its pages in their order, page templates, and the resources that pages name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import UnreadableDocument
from pipeline.readers.ofd import geometry
from pipeline.readers.ofd.package import Element, Package, attribute, child, children, descendants, local, text_of

_A4 = geometry.Box(0, 0, 210, 297)
_LARGEST_SIDE = 5080.0  # millimetres
_DEEPEST = 8  # drawing parameters that build on others


@dataclass(slots=True)
class Resources:
    """What objects refer to by number."""

    media: dict[str, str] = field(default_factory=dict)  # parts that hold images
    parameters: dict[str, Element] = field(default_factory=dict)
    composites: dict[str, Element] = field(default_factory=dict)

    def parameter_chain(self, number: str) -> Iterator[Element]:
        """The drawing parameters of this number, nearest first."""
        for _ in range(_DEEPEST):
            parameter = self.parameters.get(number)
            if parameter is None:
                return
            yield parameter
            number = attribute(parameter, "Relative")


@dataclass(slots=True)
class OfdDocument:
    package: Package
    folder: str
    root: Element
    title: str = ""
    area: geometry.Box = _A4
    resources: Resources = field(default_factory=Resources)

    @property
    def pages(self) -> list[str]:
        """The parts of the pages in their order; "" for one that the package lacks."""
        pages = child(self.root, "pages")
        entries = children(pages, "page") if pages is not None else []
        return [self.package.find(attribute(entry, "BaseLoc"), self.folder) for entry in entries]

    def template(self, number: str) -> str:
        for entry in descendants(self.root, "templatepage"):
            if attribute(entry, "ID") == number:
                return self.package.find(attribute(entry, "BaseLoc"), self.folder)
        return ""


def documents_of(package: Package) -> list[OfdDocument]:
    """Every document in the package; raises UnreadableDocument when there is none."""
    found = [document for root, title in _roots(package) if (document := _document(package, root, title))]
    if not found:
        raise UnreadableDocument("OFD 中没有文档 / there is no document in the OFD")
    return found


def area_of(element: Element | None) -> geometry.Box | None:
    """The paper, where a page or a document says how large it is."""
    for name in ("physicalbox", "applicationbox", "contentbox"):
        area = geometry.box(text_of(child(element, name)))
        if area and 1 <= area.width <= _LARGEST_SIDE and 1 <= area.height <= _LARGEST_SIDE:
            return area
    return None


def _roots(package: Package) -> Iterator[tuple[str, str]]:
    """Where documents begin, with their titles. A package whose entry names none may still hold one."""
    named = False
    entry = package.find("OFD.xml")
    for body in descendants(package.xml(entry), "docbody") if entry else ():
        part = package.find(text_of(child(body, "docroot")))
        if part:
            named = True
            yield part, text_of(child(body, "docinfo", "title"))
    if not named:
        yield from ((name, "") for name in package.names if posixpath.basename(name) == "document.xml")


def _document(package: Package, part: str, title: str) -> OfdDocument | None:
    root = package.xml(part)
    if local(root) != "document":
        return None
    document = OfdDocument(package, posixpath.dirname(part), root, title)
    common = child(root, "commondata")
    document.area = area_of(child(common, "pagearea")) or _A4
    if common is not None:
        for entry in children(common, "publicres", "documentres"):
            add_resources(document, text_of(entry))
    return document


def add_resources(document: OfdDocument, location: str, *folders: str) -> None:
    """Resources that cannot be read are missed where something refers to them."""
    package = document.package
    part = package.find(location, *folders, document.folder) if location else ""
    if not part:
        return
    try:
        root = package.xml(part)
    except UnreadableDocument:
        return
    here = posixpath.dirname(part)
    base = posixpath.join(here, attribute(root, "BaseLoc").strip("/ "))
    resources = document.resources
    for element in root.iter():
        number, kind = attribute(element, "ID"), local(element)
        if kind == "multimedia":
            file = text_of(child(element, "mediafile"))
            resources.media[number] = package.find(file, base, here, document.folder)
        elif kind == "drawparam":
            resources.parameters[number] = element
        elif kind == "compositegraphicunit":
            resources.composites[number] = element
