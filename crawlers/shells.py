"""Report pages that show their report elsewhere: in a frame, by a script, as a flip-book, on further pages. What a page
has of its own `attachments.py` tells."""

from __future__ import annotations

from crawlers.addresses import bare_host, host_of
from crawlers.attachments import attachments, in_viewer, is_file_address
from crawlers.books import drawn_pictures, first_leaf, is_leaf, leaves, picture_of_leaf
from crawlers.continued import continuations
from crawlers.page import Page
from pipeline.model import Candidate, Kind

LITTLE_TEXT = 300  # letters of a page that is at most a frame around its report
_MOST_FRAMES = 3


def hanging_on(page: Page) -> tuple[Candidate, ...]:
    """The files of a report's page; where it has none and little to read, what may be the report instead."""
    found = attachments(page)
    if further := continuations(page):
        return (*found, *_all(page, further))
    if found or len(page.running_text) >= LITTLE_TEXT:
        return found
    return _all(page, drawn_pictures(page)) or _framed(page) or _book(page)


def inside(page: Page) -> tuple[Candidate, ...]:
    """What a framed page or a flip-book's leaf shows in turn, where it is no page of text."""
    is_text = len(page.running_text) >= LITTLE_TEXT
    if further := continuations(page):
        return (*attachments(page), *_all(page, further))
    if is_leaf(page.url):
        return (*_all(page, [] if is_text else list(picture_of_leaf(page))), *_all(page, list(leaves(page))))
    if is_text:
        return ()
    return attachments(page) or _all(page, drawn_pictures(page)) or _book(page)


def _framed(page: Page) -> tuple[Candidate, ...]:
    """Pages of the same host in frames."""
    host = bare_host(host_of(page.url))
    framed = [
        target
        for target in page.frames()
        if bare_host(host_of(target)) == host and not is_file_address(target) and not in_viewer(target)
    ]
    return _all(page, framed[:_MOST_FRAMES])


def _book(page: Page) -> tuple[Candidate, ...]:
    first = first_leaf(page)
    return _all(page, [first]) if first else ()


def _all(page: Page, urls: list[str]) -> tuple[Candidate, ...]:
    return tuple(Candidate(url, Kind.ATTACHMENT, found_on=page.url) for url in urls)
