"""One line of the index (CDXJ): address key, time, and where the record lies. Made from a record, read from a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.recordloader import ArcWarcRecord

from pipeline.archive.describing import URN
from pipeline.archive.reading import Damage, Member, members, record_of
from pipeline.archive.records import Sent
from pipeline.archive.urlkey import urlkey, with_sent
from pipeline.model import ArchiveRef

_FIELDS = ("url", "mime", "status", "digest", "length", "offset", "filename", "method")


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    time: str  # 14 digits
    url: str
    mime: str
    status: str
    digest: str
    file: str
    offset: int
    length: int
    method: str = ""

    @classmethod
    def of(cls, line: bytes) -> Entry | None:
        """None for a line that is none of ours."""
        try:
            key, time, said = line.decode().split(" ", 2)
            told: dict[str, Any] = json.loads(said)
            return cls(
                key,
                time,
                str(told["url"]),
                str(told.get("mime", "")),
                str(told.get("status", "")),
                str(told.get("digest", "")),
                str(told["filename"]),
                int(told["offset"]),
                int(told["length"]),
                str(told.get("method", "")),
            )
        except (ValueError, KeyError, TypeError):
            return None

    @property
    def line(self) -> bytes:
        values = (
            self.url,
            self.mime,
            self.status,
            self.digest,
            str(self.length),
            str(self.offset),
            self.file,
            self.method,
        )
        told = {name: value for name, value in zip(_FIELDS, values, strict=True) if value}
        return f"{self.key} {self.time} {json.dumps(told)}\n".encode()

    @property
    def ref(self) -> ArchiveRef:
        return ArchiveRef(self.file, self.offset, self.length)

    @property
    def age(self) -> tuple[str, str, int]:
        """Sorts the oldest first, also within a second."""
        return self.time, self.file, self.offset

    @property
    def fetched_at(self) -> datetime:
        return datetime.strptime(self.time, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """A whole record of a file and, if it can be looked up, what it is listed as."""

    member: Member
    entry: Entry | None


def listed(file: Path, start: int = 0) -> Iterator[Listed | Damage]:
    """What is in a file, from a record's beginning on."""
    asked: ArcWarcRecord | None = None
    for found in members(file, start):
        if isinstance(found, Damage):
            yield found
            continue
        record = record_of(found.head)
        if record is not None and record.rec_type == "request":
            asked = record
        yield Listed(found, _entry(file.name, found, record, asked) if record is not None else None)


def _entry(file: str, member: Member, record: ArcWarcRecord, asked: ArcWarcRecord | None) -> Entry | None:
    head = record.rec_headers
    url = head.get_header("WARC-Target-URI") or ""
    listed = record.rec_type in ("response", "resource", "revisit") or url.startswith(URN)
    if not listed or not url:
        return None
    sent = _sent(asked, record)
    answer = record.rec_type == "response" and record.http_headers is not None
    return Entry(
        key=urlkey(with_sent(url, sent)) if sent else urlkey(url),
        time="".join(char for char in head.get_header("WARC-Date") or "" if char.isdigit())[:14].ljust(14, "0"),
        url=url,
        mime=_mime(record),
        status=record.http_headers.get_statuscode() if answer else "",
        digest=head.get_header("WARC-Payload-Digest") or "",
        file=file,
        offset=member.offset,
        length=member.length,
        method="POST" if sent else "",
    )


def _sent(asked: ArcWarcRecord | None, answer: ArcWarcRecord) -> Sent | None:
    """What was sent for an answer, if the request before it is the one it names."""
    if asked is None or asked.http_headers is None or answer.rec_type != "response":
        return None
    named = answer.rec_headers.get_header("WARC-Concurrent-To")
    if not named or named != asked.rec_headers.get_header("WARC-Record-ID"):
        return None
    if asked.http_headers.protocol != "POST":
        return None
    return Sent(asked.raw_stream.read(), asked.http_headers.get_header("Content-Type") or "")


def _mime(record: ArcWarcRecord) -> str:
    if record.rec_type == "revisit":
        return "warc/revisit"
    named = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return (named or "unk").partition(";")[0].strip() or "unk"
