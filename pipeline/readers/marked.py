"""Lines without what Markdown adds to them, and tables drawn with bars as lines with tabs between their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from pipeline.readers.lines_in_cells import joined_lines
from pipeline.readers.ragged import is_value

_UPRIGHT = str.maketrans("│┃║｜", "||||")
_DRAWN_ROW = re.compile(r"^\s*\|")
_RULE = re.compile(r"^(?=.*[|+\u2500-\u257f])[\s|:=+\-\u2500-\u257f]{3,}$")  # of signs that draw tables, nothing else
_FEWEST_RULED = 3  # parts between rules: a header and a body are two
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()]{0,400}\)")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_BREAK_IN_FIGURES = re.compile(r"(?<=\d)\s*<br\s*/?>\s*(?=\d)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*[-—–－]\s*\d{1,3}\s*[-—–－]\s*$")
_BARE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")
_FEWEST_PAGES = 2


def without_marks(lines: Iterable[str]) -> Iterator[str]:
    """The lines without headings' marks, emphasis, pictures, page numbers and rules."""
    plain = [_unmarked(line) for line in without_page_numbers(list(lines))]
    for barred, run in groupby(plain, key=lambda line: bool(_RULE.match(line)) or "|" in line.translate(_UPRIGHT)):
        lines = list(run)
        if barred and all(_RULE.match(line) or _DRAWN_ROW.match(line.translate(_UPRIGHT)) for line in lines):
            yield from map("\t".join, _rows(lines))
        else:  # where a bar only parts cells, one at a line's end has an empty cell behind it
            yield from (line for line in lines if not _RULE.match(line))


def _unmarked(line: str) -> str:
    line = _BREAK.sub("", _BREAK_IN_FIGURES.sub(" ", line))
    return _EMPHASIS.sub(r"\2", _PICTURE.sub("", _HEADING.sub("", line)))


# --- drawn tables --------------------------------------------------------------------------------------


def _cells_drawn(line: str) -> list[str]:
    return [cell.strip() for cell in line.translate(_UPRIGHT).strip().removeprefix("|").removesuffix("|").split("|")]


def _rows(run: Sequence[str]) -> list[list[str]]:
    """Where every row has its rules, the lines between two of them are one row whose cells are wrapped."""
    parts = [
        [_cells_drawn(line) for line in part]
        for is_rule, part in groupby(run, key=lambda line: bool(_RULE.match(line)))
        if not is_rule
    ]
    if len(parts) < _FEWEST_RULED:
        return [row for part in parts for row in part]
    return [row for part in parts for row in ([_joined(part)] if _is_one_row(part) else part)]


def _is_one_row(lines: Sequence[Sequence[str]]) -> bool:
    """Not if figures stand under each other: those are rows of their own."""
    columns = zip_longest(*lines, fillvalue="")
    return all(sum(map(is_value, column)) <= 1 for column in columns)


def _joined(lines: Sequence[Sequence[str]]) -> list[str]:
    return [joined_lines(column)[0] for column in zip_longest(*lines, fillvalue="")]


# --- page numbers --------------------------------------------------------------------------------------


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """Without numbers between dashes, and without bare ones that stand between empty lines and count upwards."""
    alone = [place for place, line in enumerate(lines) if _BARE_NUMBER.match(line) and _stands_alone(lines, place)]
    values = [int(lines[place]) for place in alone]
    counted = len(values) >= _FEWEST_PAGES and values == list(range(values[0], values[0] + len(values)))
    dropped = set(alone) if counted else set()
    return [line for place, line in enumerate(lines) if place not in dropped and not _PAGE_NUMBER.match(line)]


def _stands_alone(lines: Sequence[str], place: int) -> bool:
    around = [*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2]]
    return len(around) > 1 and not any(line.strip() for line in around)
