"""WARC records as this archive writes them, each a gzip member of its own, with digests as WARC tools expect them.

There is a request record for what was asked by POST alone: there the address does not tell what was asked, and a replay
finds the answer by both. What a GET sends is the same for all and stands in the `warcinfo` record.
"""

from __future__ import annotations

import gzip
import hashlib
import uuid
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus

from warcio.statusandheaders import StatusAndHeaders

_EFFORT = 3  # of gzip: 6 takes half as long again, on large pages twice as long, for a twentieth less
VERSION = "WARC/1.1"
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
RENDERED = "WARC-Rendered-By"  # of our own: the bytes are a browser's, not the server's

_TRANSFER_HEADERS = {"content-length", "content-encoding", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a POST sent."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Response:
    """A web response, and what was sent for it by POST. `rendered_by` names the browser that made the bytes."""

    url: str
    body: bytes
    status: int
    headers: Mapping[str, str]
    fetched_at: datetime
    media_type: str = ""
    ip: str = ""
    rendered_by: str = ""
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is about to be written; its id follows from it, so that it can be referred to by position."""

    file: str
    offset: int
    warcinfo: str = ""  # the id of the record at the head of that file

    @property
    def record_id(self) -> str:
        return _record_id(f"{self.file}@{self.offset}")


@lru_cache(maxsize=1024)  # a record's is named again by what describes it
def _record_id(position: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, position)}>"


def response(place: Place, answer: Response, asked: Place | None = None) -> bytes:
    """Length and encoding headers are dropped where they no longer describe the body. `asked` is the place of the
    request's record."""
    described = [(name, _line(value)) for name, value in answer.headers.items() if _describes(name)]
    described.append(("Content-Length", str(len(answer.body))))
    head = StatusAndHeaders(f"{answer.status} {_phrase(answer.status)}".rstrip(), described, protocol="HTTP/1.1")
    more = {
        "WARC-IP-Address": answer.ip,
        "WARC-Identified-Payload-Type": answer.media_type,
        RENDERED: answer.rendered_by,
        "WARC-Concurrent-To": asked.record_id if asked else "",
    }
    return _member(place, "response", answer.url, answer.body, answer.fetched_at, head=head, more=more)


def request(place: Place, url: str, sent: Sent, *, fetched_at: datetime) -> bytes:
    """Stands before the answer, which names it: a torn answer leaves no other one with the wrong question."""
    _, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    fields = [("Host", host), ("Content-Type", _line(sent.content_type)), ("Content-Length", str(len(sent.body)))]
    head = StatusAndHeaders(f"POST {slash}{path or '/'} HTTP/1.1", fields, is_http_request=True)
    return _member(place, "request", url, sent.body, fetched_at, head=head)


def resource(place: Place, uri: str, body: bytes, *, media_type: str, fetched_at: datetime) -> bytes:
    """A local file that was ingested."""
    return _member(place, "resource", uri, body, fetched_at, content_type=media_type or "application/octet-stream")


def metadata(place: Place, uri: str, body: bytes, *, about: Place, now: datetime) -> bytes:
    """What is known of the record at `about`, as JSON."""
    more = {"WARC-Refers-To": about.record_id}
    return _member(place, "metadata", uri, body, now, content_type="application/json", more=more)


def warcinfo(place: Place, fields: Mapping[str, str], now: datetime) -> bytes:
    body = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields.items() if value).encode()
    more = {"WARC-Filename": place.file}
    return _member(place, "warcinfo", "", body, now, content_type="application/warc-fields", more=more)


def _member(
    place: Place,
    kind: str,
    uri: str,
    body: bytes,
    at: datetime,
    *,
    head: StatusAndHeaders | None = None,
    content_type: str = "",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """Record and digests are put together here, as warcio's writer would, which goes three times through the body for
    that. Headers are warcio's, which knows what may stand in one."""
    before = head.to_ascii_bytes() if head is not None else b""
    payload = _digest(body)
    named = {
        "WARC-Record-ID": place.record_id,
        "WARC-Date": _second(int(at.timestamp())),
        "WARC-Warcinfo-ID": place.warcinfo,
        **(more or {}),
        "WARC-Type": kind,
        "WARC-Target-URI": uri,
        "WARC-Payload-Digest": payload if kind != "warcinfo" else "",
        "WARC-Block-Digest": _digest(before, body) if before else payload,
        "Content-Type": content_type or f"application/http; msgtype={kind}",
        "Content-Length": str(len(before) + len(body)),
    }
    fields = [(name, value) for name, value in named.items() if value]
    begin: bytes = StatusAndHeaders("", fields, protocol=VERSION).to_bytes()
    return gzip.compress(b"".join((begin, before, body, b"\r\n\r\n")), _EFFORT, mtime=0)


@lru_cache(maxsize=64)  # many records a second
def _second(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha1()  # noqa: S324  what WARC tools compare by
    for part in parts:
        digest.update(part)
    return f"sha1:{b32encode(digest.digest()).decode()}"


def _describes(name: str) -> bool:
    return name.isascii() and name.lower() not in _TRANSFER_HEADERS


def _line(value: str) -> str:
    """A header's value, whatever a server put into it."""
    return " ".join(value.split())


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
