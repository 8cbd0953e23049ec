"""What is known of an archived document besides its bytes: from where, what it is, on what page it hangs. It is kept as
a record of its own beside the bytes, so that the archive alone is enough to read everything again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from pipeline.model import Portal, Snapshot

URN = "urn:nianbao:"  # no address of the web, so that no replay mistakes a description for a page
_SAFE = "/:?&=;,+@!$'()*~"


@dataclass(frozen=True, slots=True)
class Description:
    """The last one under a key counts. `key` is one text for all addresses of one page, within its portal."""

    key: str
    snapshot: Snapshot
    portal: Portal | None = None  # as the registry had it; None for ingested files
    files: tuple[str, ...] = ()  # the keys of what hangs on a report's page, in its order

    @property
    def uri(self) -> str:
        return f"{prefix_of(self.snapshot.portal_id)}{quote(self.key, safe=_SAFE)}"


def prefix_of(portal_id: str | None) -> str:
    """What the URIs of a portal's descriptions, and no other's, begin with."""
    return f"{URN}{quote(portal_id or '', safe='')}:"
