"""The few marks in the seeds' text that a document shows by other means: bold, links, a Word bookmark."""

from __future__ import annotations

import re
from dataclasses import dataclass

BOOKMARK = "[bookmark: _GoBack]"
_MARK = re.compile(r"\*\*(?P<bold>.+?)\*\*|<(?P<link>https?://[^>]+)>")


@dataclass(frozen=True)
class Run:
    text: str
    bold: bool = False
    link: bool = False


def runs(text: str) -> list[Run]:
    found: list[Run] = []
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            found.append(Run(text[end : mark.start()]))
        found.append(Run(mark["bold"], bold=True) if mark["bold"] else Run(mark["link"], link=True))
        end = mark.end()
    if end < len(text):
        found.append(Run(text[end:]))
    return found


def plain(text: str) -> str:
    return "".join(run.text for run in runs(text.replace(BOOKMARK, "")))
