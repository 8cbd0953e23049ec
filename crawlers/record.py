"""Keeps what was fetched: bytes in the archive first and what they are, then a line in the portal's memory, then one in
the journal.

In this order a kill at any point loses nothing that was journaled and journals nothing twice.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from crawlers.exchange import Ask, Fetched, FetchFailed, Heard, Trouble
from crawlers.keys import Keys
from crawlers.memory import Memory, Remembered, as_unchanged
from crawlers.page import Page
from crawlers.sameness import says_the_same
from crawlers.shelf import Shelf
from pipeline import jsonl
from pipeline.archive import ArchiveWriter
from pipeline.errors import UnreadableDocument
from pipeline.media import HTML, sniff
from pipeline.model import Candidate, Kind, Portal, Snapshot


@dataclass(frozen=True, slots=True)
class Brought:
    """The bytes of one address and where they lie; what they are is still open."""

    key: str
    snapshot: Snapshot
    body: bytes
    etag: str = ""
    last_modified: str = ""
    rendered: bool = False
    settled: bool = False  # an interrupted run of the same id has already settled it
    attachments: tuple[Candidate, ...] = ()
    heard: tuple[Heard, ...] = ()  # while the page was rendered just now


class Record:
    """One portal's books. `journaled` are the addresses that an interrupted run has in the journal already."""

    def __init__(
        self,
        portal: Portal,
        run_id: str,
        memory: Memory,
        archive: Path,
        writer: ArchiveWriter,
        fetches: Path,
        journaled: Keys | None = None,
    ) -> None:
        self._portal = portal
        self._run_id = run_id
        self._memory = memory
        self._shelf = Shelf(portal, archive, writer)
        self._fetches = fetches
        self._journaled = Keys() if journaled is None else journaled

    def recall(self, ask: Ask) -> Brought | None:
        """What this very run brought before it was interrupted. Raises what it met where it met a failure."""
        held = self._memory.of_this_run(ask.key)
        if held is None:
            return None
        self._journal(held.snapshot)
        if held.snapshot.archived is None:
            raise RecalledFailure(held.snapshot)
        return self.stand_in(held, settled=True)

    def keep(self, ask: Ask, fetched: Fetched, earlier: Remembered | None) -> Brought:
        """Archive what is new; for what is not, or says the same as before, the archived record stands in."""
        if earlier is not None and (fetched.status == 304 or self._says_the_same(earlier, fetched)):
            return self._stand_in_again(earlier, fetched)
        digest = hashlib.sha256(fetched.body).hexdigest()
        unchanged = earlier is not None and earlier.snapshot.sha256 == digest
        media_type = sniff(fetched.body, fetched.url)
        if unchanged and earlier is not None and earlier.snapshot.url == fetched.url:
            archived = earlier.snapshot.archived
        else:
            archived = self._shelf.store(ask, fetched, media_type)  # under a new address also where the bytes are known
        snapshot = Snapshot(
            url=fetched.url,
            portal_id=self._portal.id,
            run_id=self._run_id,
            kind=Kind.OTHER,
            fetched_at=fetched.fetched_at,
            http_status=fetched.status,
            media_type=media_type,
            bytes=len(fetched.body),
            sha256=digest,
            archived=archived,
            unchanged=unchanged,
            charset=fetched.charset,
        )
        return Brought(
            ask.key,
            snapshot,
            fetched.body,
            etag=fetched.headers.get("etag", ""),
            last_modified=fetched.headers.get("last-modified", ""),
            rendered=fetched.rendered,
            attachments=earlier.attachments if unchanged and earlier is not None else (),
        )

    def _says_the_same(self, earlier: Remembered, fetched: Fetched) -> bool:
        """Whether a web page differs only in what is no content."""
        held, encoding = earlier.snapshot, self._portal.encoding
        pages = held.media_type == HTML == sniff(fetched.body, fetched.url)
        if not pages or held.url != fetched.url or held.sha256 == hashlib.sha256(fetched.body).hexdigest():
            return False
        try:
            body = self.stand_in(earlier).body
        except UnreadableDocument:
            return False
        before = Page(held.url, body, charset=held.charset, encoding=encoding)
        return says_the_same(before, Page(held.url, fetched.body, charset=fetched.charset, encoding=encoding))

    def _stand_in_again(self, earlier: Remembered, fetched: Fetched) -> Brought:
        brought = self.stand_in(earlier)
        status, asked_at = fetched.status, fetched.fetched_at
        snapshot = replace(as_unchanged(earlier, self._run_id), http_status=status, fetched_at=asked_at)
        named = fetched.headers if status != 304 else {}
        etag, modified = named.get("etag", earlier.etag), named.get("last-modified", earlier.last_modified)
        return replace(brought, snapshot=snapshot, etag=etag, last_modified=modified)

    def settle(
        self,
        brought: Brought,
        kind: Kind,
        *,
        title: str = "",
        page_url: str = "",
        listed_on: date | None = None,
        attachments: tuple[Candidate, ...] = (),
        error: str = "",
    ) -> Snapshot:
        """Write down what it is. The address is not asked again in this run."""
        snapshot = replace(
            brought.snapshot, kind=kind, title=title, page_url=page_url, listed_on=listed_on, error=error
        )
        if not brought.settled:
            self._shelf.describe(brought.key, snapshot, attachments, self._memory.earlier(brought.key))
            self._memory.learn(
                Remembered(
                    key=brought.key,
                    snapshot=snapshot,
                    checked_at=brought.snapshot.fetched_at,
                    etag=brought.etag,
                    last_modified=brought.last_modified,
                    rendered=brought.rendered,
                    attachments=attachments,
                )
            )
        self._journal(snapshot)
        return snapshot

    def settle_failure(self, ask: Ask, kind: Kind, failed: FetchFailed, *, title: str, page_url: str) -> None:
        now = datetime.now(UTC)
        snapshot = Snapshot(
            url=ask.url,
            portal_id=self._portal.id,
            run_id=self._run_id,
            kind=kind,
            fetched_at=now,
            http_status=failed.status,
            title=title,
            page_url=page_url,
            error=f"{failed.trouble}: {failed.reason}",
        )
        self._memory.learn(Remembered(key=ask.key, snapshot=snapshot, checked_at=now))
        self._journal(snapshot)

    def unchanged(self, held: Remembered, *, title: str = "", listed_on: date | None = None) -> Snapshot:
        """Journal a known address that is not asked this time."""
        snapshot = as_unchanged(held, self._run_id)
        if title:
            snapshot = replace(snapshot, title=title, listed_on=listed_on)
        self._journal(snapshot)
        return snapshot

    def stand_in(self, held: Remembered, *, settled: bool = False) -> Brought:
        """What is held of an address, from the archive."""
        return Brought(
            held.key,
            held.snapshot,
            self._shelf.body(held),
            etag=held.etag,
            last_modified=held.last_modified,
            rendered=held.rendered,
            settled=settled,
            attachments=held.attachments,
        )

    def _journal(self, snapshot: Snapshot) -> None:
        if self._journaled.add(snapshot.url):
            jsonl.append(self._fetches, [snapshot])


class RecalledFailure(Exception):
    """An interrupted run of the same id has asked for this address in vain."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot.error)
        trouble, _, reason = snapshot.error.partition(": ")
        self.failed = FetchFailed(Trouble(trouble), reason, snapshot.http_status, snapshot.url)
