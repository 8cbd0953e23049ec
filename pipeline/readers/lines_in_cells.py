"""Cells of office documents that print several lines: how they read as one text, and when that is doubtful."""

from __future__ import annotations

from collections.abc import Iterable

BROKEN_FIGURE = "figures on several lines of one cell"
BROKEN_TRUST = 0.7
STRUCK_TRUST = 0.8  # of what is left when struck text is left out


def joined_lines(lines: Iterable[str]) -> tuple[str, bool]:
    """The lines as one text, and whether figures met: those may be one number or two."""
    text, broken = "", False
    for line in (line.replace("\t", " ").strip() for line in lines):
        if text and line and text[-1].isascii() and line[0].isascii():
            if text[-1].isdigit() and line[0].isdigit():
                broken = True
            elif text[-1].isalpha() and line[0].isalpha():
                text += " "
        text += line
    return text, broken
