"""Characters to lines: what overlaps vertically reads as one line, whatever fonts its letters and digits come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.model import BBox
from pipeline.readers.pdf.glyphs import fold

_SAME_LINE = 0.5  # of the lower character's height that must overlap
_WORD_GAP = 0.5  # of the character's height: a wider gap is a space, though nobody printed one
_SCRIPT_GAP = 0.2  # the same between Chinese and digits or letters, which Word sets a quarter apart
_COLUMN_GAP = 1.6  # a gap so wide separates columns of words
_NUMBER_GAP = 0.6  # the same before a number, which is printed without gaps

Obj = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    chars: tuple[Obj, ...]  # left to right

    @property
    def box(self) -> BBox:
        return (
            min(char["x0"] for char in self.chars),
            min(char["top"] for char in self.chars),
            max(char["x1"] for char in self.chars),
            max(char["bottom"] for char in self.chars),
        )

    @property
    def text(self) -> str:
        text = ""
        before: Obj | None = None
        for char in self.chars:
            if before is not None and _is_apart(before, char) and not text.endswith(" "):
                text += " "
            text += fold(char["text"])
            before = char
        return re.sub(r"\s+", " ", text).strip()

    def pieces(self) -> list[Line]:
        """The line cut where the gaps of columns are."""
        pieces: list[list[Obj]] = []
        printed = [char for char in self.chars if not char["text"].isspace()]
        for char in printed:
            gap = _NUMBER_GAP if char["text"].isdigit() else _COLUMN_GAP
            if pieces and char["x0"] - pieces[-1][-1]["x1"] <= gap * _height(char):
                pieces[-1].append(char)
            else:
                pieces.append([char])
        return [Line(tuple(piece)) for piece in pieces]


def lines_of(chars: Sequence[Obj]) -> list[Line]:
    """Top to bottom. Characters that are printed twice on one spot, as bold type sometimes is, are taken once."""
    lines: list[list[Obj]] = []
    for char in sorted(_once(chars), key=lambda char: (char["top"] + char["bottom"]) / 2):
        if lines and _overlap(lines[-1][-1], char) >= _SAME_LINE:
            lines[-1].append(char)
        else:
            lines.append([char])
    found = [Line(tuple(sorted(line, key=lambda char: char["x0"]))) for line in lines]
    return [line for line in found if line.text]


def _once(chars: Sequence[Obj]) -> list[Obj]:
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        spot = (char["text"], round(char["x0"]), round(char["top"]))
        if spot not in seen:
            seen.add(spot)
            kept.append(char)
    return kept


def _is_apart(before: Obj, char: Obj) -> bool:
    scripts_change = before["text"].isascii() != char["text"].isascii()
    gap = char["x0"] - before["x1"]
    return bool(gap > (_SCRIPT_GAP if scripts_change else _WORD_GAP) * _height(char))


def _overlap(one: Obj, other: Obj) -> float:
    shared = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return float(shared / max(min(_height(one), _height(other)), 0.1))


def _height(char: Obj) -> float:
    return float(char["bottom"] - char["top"])
