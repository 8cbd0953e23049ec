"""What is asked of a server and what comes back: the words the fetcher, the crawl and the platforms share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from crawlers.addresses import key_of

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `form` or `json` make it a POST; a 404 to an `optional` one is an answer, not a failure."""

    url: str
    form: tuple[tuple[str, str], ...] = ()
    json: str = ""
    referer: str = ""
    optional: bool = False
    counted: bool = False  # one of as many pages as its listing says it has: it must bring rows of its own
    by_browser: bool = False  # as a page that its scripts have drawn
    clicks: bool = False  # and with the rows that 下一页 shows
    once: bool = False  # no further attempts: all those of an earlier night were in vain
    as_written: bool = False  # no address that is usually the same will do: one of these sends its readers here
    headers: tuple[tuple[str, str], ...] = ()  # by which a page's script made itself known

    @property
    def posts(self) -> bool:
        return bool(self.form or self.json)

    @property
    def plain(self) -> Ask:
        """The same whoever asks."""
        return replace(self, by_browser=False, clicks=False) if self.by_browser or self.clicks else self

    @property
    def sent(self) -> str:
        """The body of a POST."""
        return self.json or urlencode(self.form)

    @property
    def sent_as(self) -> str:
        kind = "application/json" if self.json else "application/x-www-form-urlencoded"
        return f"{kind}; charset=UTF-8"

    @property
    def key(self) -> str:
        key = self.url if self.as_written else key_of(self.url)
        if self.by_browser:
            key = f"{key} {'clicked' if self.clicks else 'drawn'}"
        if not self.posts:
            return key
        return f"{key} {hashlib.sha256(self.sent.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a script of a rendered page was answered, with the request as it can be sent without the page."""

    ask: Ask
    body: bytes
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with its decoded body; a 304 has none."""

    url: str  # where redirects ended
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    fetched_at: datetime
    charset: str = ""  # that the header names
    rendered: bool = False
    ip: str = ""  # of the server, where it is known
    via: tuple[Fetched, ...] = ()  # the redirects that led here
    heard: tuple[Heard, ...] = ()  # while the page was rendered


class Trouble(StrEnum):
    DEAD = "dead"  # no answer: DNS, refused, reset, timed out, 5xx to the last retry
    BLOCKED = "blocked"  # 403, 412, 429, a challenge page
    MOVED = "moved"  # 404, 410, a redirect off the portal
    FORBIDDEN = "forbidden"  # robots.txt
    REFUSED = "refused"  # by us: a private address, too many redirects
    TOO_LARGE = "too large"
    NO_BROWSER = "no browser"


@dataclass
class FetchFailed(Exception):
    trouble: Trouble
    reason: str
    status: int | None = None
    url: str = field(default="")
    hurried: bool = field(default=False, compare=False)  # asked for less often than a host out of trouble would be

    def __str__(self) -> str:
        return self.reason
