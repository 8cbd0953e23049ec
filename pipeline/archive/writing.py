"""Writes the archive: records one after another into `<series>-<n>.warc.gz`, the next file when one is full."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path
from types import TracebackType

from pipeline import jsonl
from pipeline.archive import records
from pipeline.archive.describing import Description
from pipeline.archive.records import Place, Response
from pipeline.model import ArchiveRef

_ROTATE_AT = 512 * 1024 * 1024
_CONTACT = re.compile(r"contact: ([^;)]+)")


@dataclass(frozen=True, slots=True)
class Harvest:
    """How a crawl introduces itself and what it obeys, for the head of each file."""

    user_agent: str = ""
    robots: bool = True


class ArchiveWriter:
    """Never reopens a file: a killed writer may have left a torn member at its end, and positions handed out before
    stay valid. `harvest` is None where files are ingested."""

    def __init__(self, folder: Path, series: str, harvest: Harvest | None = None) -> None:
        self._folder = folder
        self._series = series
        self._harvest = harvest
        self._file: io.FileIO | None = None
        self._name = ""
        self._warcinfo = ""

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def write_response(self, answer: Response) -> ArchiveRef:
        """A web response, behind what was sent for it by POST."""
        place, before, asked = self._next(), b"", None
        if answer.sent is not None:
            before, asked = records.request(place, answer.url, answer.sent, fetched_at=answer.fetched_at), place
            place = replace(place, offset=place.offset + len(before))
        member = records.response(place, answer, asked)
        self._append(before + member)
        return ArchiveRef(place.file, place.offset, len(member))

    def write_file(self, uri: str, body: bytes, *, media_type: str, fetched_at: datetime) -> ArchiveRef:
        """A local file that was ingested."""
        place = self._next()
        member = records.resource(place, uri, body, media_type=media_type, fetched_at=fetched_at)
        self._append(member)
        return ArchiveRef(place.file, place.offset, len(member))

    def describe(self, description: Description) -> None:
        """What is known of a document that is here already."""
        archived = description.snapshot.archived
        assert archived is not None
        place, about = self._next(), Place(archived.file, archived.offset)
        body = jsonl.dumps(description)
        self._append(records.metadata(place, description.uri, body, about=about, now=datetime.now(UTC)))

    def _next(self) -> Place:
        """Where the next record goes, in a file that has room."""
        if self._file is None or self._file.tell() >= _ROTATE_AT:
            self._begin()
        assert self._file is not None
        return Place(self._name, self._file.tell(), self._warcinfo)

    def _begin(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in count():
            self._name = f"{self._series}-{number:03d}.warc.gz"
            with suppress(FileExistsError):
                self._file = (self._folder / self._name).open("xb", buffering=0)
                break
        head = Place(self._name, 0)
        self._warcinfo = head.record_id
        self._append(records.warcinfo(head, self._fields(), datetime.now(UTC)))

    def _fields(self) -> dict[str, str]:
        fields = {
            "software": f"nianbao/{version('nianbao')} warcio/{version('warcio')}",
            "format": "WARC File Format 1.1",
            "conformsTo": records.CONFORMS_TO,
            "isPartOf": self._series,
        }
        if self._harvest is None:
            return fields | {"description": "files that were handed over"}
        agent = self._harvest.user_agent
        contact = _CONTACT.search(agent)
        return fields | {
            "operator": contact[1].strip() if contact else agent,
            "http-header-user-agent": agent,
            "robots": "classic" if self._harvest.robots else "ignore",
        }

    def _append(self, data: bytes) -> None:
        """All of it or, as far as the disk lets us, nothing; after a failure the next record begins another file."""
        assert self._file is not None
        offset, rest = self._file.tell(), memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            with suppress(OSError):
                self._file.truncate(offset)
            self.close()
            raise
