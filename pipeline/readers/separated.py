"""Rows in lines whose fields stand between commas, semicolons or bars."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from pipeline.readers.ragged import is_value

_FEWEST_FIELDS = 2
_FEWEST_LINES = 2
_UPRIGHT = str.maketrans("│┃║｜", "||||")
_THOUSANDS = re.compile(r"(?<=\d)\s*,\s*\d{3}(?!\d)")
_BLANK = re.compile(r"\S[ \u3000]+\S")


def parting(line: str) -> tuple[str, int]:
    """What parts the fields of a line and how many those are; ("", 0) for any other line, as one whose only comma, or
    all where blanks part the cells, stand in numbers. Bars part nothing else, so that rows between them may be cut
    off."""
    if "|" in line.translate(_UPRIGHT):
        return "|", 0
    sign = ";" if line.count(";") > line.count(",") else ","
    count = line.count(sign)
    in_numbers = sign == "," and (count == 1 or _BLANK.search(line)) and len(_THOUSANDS.findall(line)) == count
    if count < _FEWEST_FIELDS - 1 or in_numbers:
        return "", 0
    return sign, len(fields_of(line, sign))


def fields_of(line: str, sign: str) -> list[str]:
    if sign == "|":
        return [" ".join(field.split()) for field in line.translate(_UPRIGHT).split("|")]
    try:
        return [
            " ".join(field.split()) for field in next(csv.reader([line], delimiter=sign, skipinitialspace=True), [])
        ]
    except csv.Error:
        return []


def fields_of_rows(lines: Sequence[str]) -> dict[str, int]:
    """How many fields the rows among lines right below each other have, by what parts them. They are rows, and no
    numbers with commas in them, where several have as many, wherever lines cut short stand between them, and some field
    is a value, or all of a row are empty but for its label, as where nothing was there to be counted."""
    by_parting: dict[tuple[str, int], list[list[str]]] = {}
    for line in lines:
        sign, count = parting(line)
        if sign:
            by_parting.setdefault((sign, count), []).append(fields_of(line, sign))
    widest: dict[str, int] = {}
    for (sign, count), rows in by_parting.items():
        if len(rows) >= _FEWEST_LINES and any(not any(row[1:]) or any(map(is_value, row)) for row in rows):
            widest[sign] = max(widest.get(sign, 0), count)
    return widest
