"""Articles that go on: a report over several pages, each called like the first with a number behind its name
(t20250117_9.html, t20250117_9_1.html)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms import platform_of

_ENDING = re.compile(r"\.s?html?$", re.I)
_ARTICLE = re.compile(r"\d{3,}")  # what is called index or list is no article
_NUMBER = re.compile(r"[_-]\d{1,2}$")
_MOST = 12


def continuations(page: Page) -> list[str]:
    """The further pages of an article, as far as this page, the first or a later one, names them."""
    folder, name, ending = _parts(page.url)
    if not _ARTICLE.search(name):
        return []
    first = _NUMBER.sub("", name)
    named: list[str] = []
    for ask in platform_of(page).next_pages(page, Ask(page.url)):
        there, other, other_ending = _parts(ask.url)
        same_place = (there, other_ending) == (folder, ending) and not ask.posts
        if same_place and other != name and _NUMBER.sub("", other) in (name, first) and _NUMBER.search(other):
            named.append(ask.url)
    return list(dict.fromkeys(named))[:_MOST]


def _parts(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    folder, _, file = parts.path.rpartition("/")
    ending = _ENDING.search(file)
    name = file[: ending.start()] if ending else file
    return f"{parts.netloc}{folder}?{parts.query}", name, ending[0] if ending else ""
