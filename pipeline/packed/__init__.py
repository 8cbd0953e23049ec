"""Files inside archive files (ZIP, RAR, 7z): which there are, and the bytes of each. Nothing is ever written under a
member's name, and how much an archive may unpack to is bounded; what the members are is for the readers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from pipeline.errors import UnreadableDocument
from pipeline.media import RAR, SEVEN_ZIP, ZIP, sniff
from pipeline.packed.contents import Contents, Refused
from pipeline.packed.unarchiver import missing_tools, open_with_unar
from pipeline.packed.zips import open_zip

__all__ = ["DEEPEST", "MOST_MEMBERS", "Member", "is_archive", "member_body", "members", "missing_tools"]

DEEPEST = 2  # archives in archives; an archive that holds itself has no end
MOST_MEMBERS = 2_000
_MOST_BYTES_OF_ONE = 200 * 1024 * 1024
_MOST_BYTES = 1024**3
_ALWAYS_ALLOWED = 64 * 1024 * 1024
_LARGEST_RATIO = 200  # unpacked to packed, of what is larger than that
_LONGEST_NAME = 300
_LITTER = re.compile(r"(^|/)(__MACOSX/|\.[^/]+$|\.git/|\.svn/|Thumbs\.db$|desktop\.ini$|~\$[^/]+$)", re.IGNORECASE)

# by these a single document is known whose format is a ZIP of parts: DOCX that lost its text, PPTX, ODT, EPUB
_PARTS_OF_ONE = frozenset({"[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "META-INF/container.xml"})

Open = Callable[[bytes], AbstractContextManager[Contents]]
_OPEN: dict[str, Open] = {ZIP: open_zip, RAR: open_with_unar, SEVEN_ZIP: open_with_unar}


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `place` finds it again; `error` says why its bytes cannot be had."""

    place: int
    name: str  # as the archive has it, folders included
    media_type: str = ""
    bytes: int = 0
    sha256: str = ""
    error: str = ""


def is_archive(media_type: str) -> bool:
    return media_type in _OPEN


def members(body: bytes) -> tuple[Member, ...]:
    """Every file in an archive that is not litter of an operating system; raises UnreadableDocument when there are
    none, too many, or the archive cannot be opened."""
    with _open(body) as contents:
        if not _PARTS_OF_ONE.isdisjoint(file.name for file in contents.files):
            raise UnreadableDocument("文件损坏或类型不支持 / a document in parts, of a type that no reader knows")
        files = [file for file in contents.files if not _LITTER.search(file.name)]
        if len(files) > MOST_MEMBERS:
            raise UnreadableDocument(f"压缩包内文件超过 {MOST_MEMBERS} 个 / the archive holds {len(files)} files")
        found = tuple(_looked_at(contents, [file.place for file in files], len(body)))
    if not found:
        raise UnreadableDocument("压缩包内没有文件 / there are no files in the archive")
    return found


def member_body(body: bytes, places: Sequence[int]) -> bytes:
    """The bytes of the member at `places[0]`; of the one at `places[1]` in the archive that this is; and so on."""
    for place in places:
        with _open(body) as contents:
            try:
                body = contents.read(place, _MOST_BYTES_OF_ONE)
            except Refused as refusal:
                raise UnreadableDocument(str(refusal)) from refusal
    return body


def _open(body: bytes) -> AbstractContextManager[Contents]:
    media_type = sniff(body)
    if media_type not in _OPEN:
        raise UnreadableDocument(f"不是压缩包 / not an archive: {media_type}")
    return _OPEN[media_type](body)


def _looked_at(contents: Contents, places: Sequence[int], packed: int) -> Iterator[Member]:
    left = min(_MOST_BYTES, max(_ALWAYS_ALLOWED, _LARGEST_RATIO * packed))
    names = {file.place: file.name[-_LONGEST_NAME:] for file in contents.files}
    for place in places:
        try:
            body = contents.read(place, min(left, _MOST_BYTES_OF_ONE))
        except Refused as refusal:
            if refusal.is_too_large and left < _MOST_BYTES_OF_ONE:
                raise UnreadableDocument("压缩包解压后过大 / the archive unpacks to too much") from refusal
            yield Member(place, names[place], error=str(refusal))
            continue
        left -= len(body)
        if body:
            media_type = sniff(body, names[place])
            yield Member(place, names[place], media_type, len(body), hashlib.sha256(body).hexdigest())
