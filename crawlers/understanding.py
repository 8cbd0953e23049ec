"""A page as the crawl understands it, in plain values: what example pages are compared by."""

from __future__ import annotations

import json
from typing import Any

from crawlers.attachments import attachments
from crawlers.exchange import Ask
from crawlers.judging import Row, judge_page, judge_row
from crawlers.page import Link, Page
from crawlers.platforms.base import Platform
from pipeline.titles import is_column_label

OFTEN_EMPTY = {"promised": 0, "asks": [], "searches": []}  # left out of an expected result where it is so


def understood(page: Page, platform: Platform, ask: Ask, *, in_column: bool) -> dict[str, Any]:
    """`ask` is the request that the page answers."""
    entries = platform.entries(page)
    return {
        "columns": [link.url for link in page.links if is_column_label(link.text)],
        "rows": [
            [row.url, row.text, row.listed_on and row.listed_on.isoformat()]
            for row in rows_of(page, entries, in_column=in_column)
        ],
        "asks": [plain(one) for one in platform.columns(page)],
        "next": [plain(one) for one in platform.next_pages(page, ask)],
        "searches": [one.url for one in platform.searches(page)],
        "promised": platform.promised(page),
        "attachments": [one.url for one in attachments(page)],
        "report": judge_page(page, "", entries).report,
    }


def is_in_column(file: str) -> bool:
    """Of an example by its name: start pages and the ways from there are in no column yet."""
    return not file.startswith(("home", "way"))


def rows_of(page: Page, entries: list[Link], *, in_column: bool) -> list[Link]:
    """What a listing announces. A column's own name in the menu is a way, and a report's files hang on it: neither is a
    row."""
    others = {link.url for link in page.links if is_column_label(link.text)}
    others |= {one.url for one in attachments(page)}
    rows = [link for link in entries if judge_row(link, in_column=in_column) is not Row.NOT]
    return [row for row in rows if row.url not in others]


def plain(ask: Ask) -> dict[str, Any]:
    said: dict[str, Any] = {"url": ask.url, **words_of(ask)}
    if ask.optional:
        said["optional"] = True
    return said


def words_of(ask: Ask) -> dict[str, Any]:
    """What a request sends besides its address."""
    said: dict[str, Any] = {}
    if ask.json:
        said["json"] = json.loads(ask.json)
    if ask.form:
        said["form"] = dict(ask.form)
    return said


def asked(url: str, words: dict[str, Any]) -> Ask:
    """The request that `words_of` described."""
    sent = json.dumps(words["json"]) if "json" in words else ""
    return Ask(url, form=tuple(words.get("form", {}).items()), json=sent)
