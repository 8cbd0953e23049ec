"""One portal's part of the archive: what was fetched goes in with what led to it and what it is, and comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawlers.exchange import Ask, Fetched
from crawlers.memory import Remembered
from pipeline.archive import ArchiveWriter, Description, Response, Sent, read_body
from pipeline.model import ArchiveRef, Candidate, Portal, Snapshot

_BROWSER = "chromium"


class Shelf:
    def __init__(self, portal: Portal, archive: Path, writer: ArchiveWriter) -> None:
        self._portal = portal
        self._archive = archive
        self._writer = writer

    def store(self, ask: Ask, fetched: Fetched, media_type: str) -> ArchiveRef:
        """With the redirects that led there, so that a replay finds it by the address that was linked."""
        for one in fetched.via:
            self._writer.write_response(_as_came(one))
        answer = replace(
            _as_came(fetched),
            media_type=media_type,
            rendered_by=_BROWSER if fetched.rendered else "",
            sent=Sent(ask.sent.encode(), ask.sent_as) if ask.posts and not fetched.via else None,
        )
        return self._writer.write_response(answer)

    def body(self, held: Remembered) -> bytes:
        """Raises UnreadableDocument where the archive has lost it."""
        assert held.snapshot.archived is not None
        return read_body(self._archive, held.snapshot.archived)

    def describe(
        self, key: str, snapshot: Snapshot, attachments: tuple[Candidate, ...], held: Remembered | None
    ) -> None:
        """What lies there, where that says something that is not `held` already."""
        if snapshot.archived is None:
            return
        if held is not None and (_said(held.snapshot), held.attachments) == (_said(snapshot), attachments):
            return
        files = tuple(Ask(one.url).key for one in attachments)
        self._writer.describe(Description(key, snapshot, self._portal, files))


def _as_came(one: Fetched) -> Response:
    return Response(one.url, one.body, one.status, one.headers, one.fetched_at, ip=one.ip)


def _said(snapshot: Snapshot) -> Snapshot:
    """Without what every pass says anew."""
    return replace(snapshot, run_id="", fetched_at=datetime.min.replace(tzinfo=UTC), http_status=None, unchanged=False)
