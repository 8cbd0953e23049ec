"""The title as the document prints it, put together from the lines it was broken into."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.sections import Part
from pipeline.identity import name_in_title, tidy_title
from pipeline.model import Document
from pipeline.titles import is_report_title

_WITHIN = 12  # paragraphs from the top
_LONGEST_LINE = 60
_MOST_LINES = 4


def candidates(document: Document, preamble: Part) -> tuple[str, ...]:
    """Titles the document offers, the printed one first; those that are clearly another thing's come too, so that a
    look-alike can be told."""
    printed = _printed(preamble.paragraphs[:_WITHIN])
    return tuple(dict.fromkeys(title for title in (printed, tidy_title([document.title])) if title))


def without_titles(lines: Sequence[str], titles: Sequence[str]) -> list[str]:
    """A preamble without the lines that only print the title, which web pages do twice, and without the short lines
    before it, which are a page's menu or a letter's head."""
    letters = [_letters(title) for title in titles]
    of_title = [any(_letters(line) in title for title in letters) for line in lines]
    first = of_title.index(True) if True in of_title else 0
    start = first if all(_may_be_title(line) for line in lines[:first]) else 0
    return [line for line, skipped in zip(lines[start:], of_title[start:], strict=True) if not skipped]


def _letters(text: str) -> str:
    return "".join(text.split())


def _printed(lines: Sequence[str]) -> str:
    short = [line if _may_be_title(line) else "" for line in lines]
    for count in range(1, _MOST_LINES + 1):
        for start in range(len(short) - count + 1):
            chosen = short[start : start + count]
            if all(chosen) and is_report_title(title := tidy_title(chosen)):
                return _with_name(title, short[start - 1] if start else "")
    return ""


def _with_name(title: str, line_before: str) -> str:
    """A title without a name takes the name on the line before."""
    if not line_before or name_in_title(title) or any(letter.isdigit() for letter in line_before):
        return title
    joined = tidy_title([line_before, title])
    return joined if name_in_title(joined) else title


def _may_be_title(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and not line.rstrip().endswith(("。", "；", "：", ":"))
