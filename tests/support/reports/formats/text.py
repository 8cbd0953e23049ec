"""Plain text and Markdown: the dumps that converters, editors and copying leave of a report."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from tests.support.reports.formats.layout import flat, own, style
from tests.support.reports.printed import Line, Printed, Table

STYLES = (
    style("tabs"), style("tabs stripped", drops_blanks="trailing"), style("tabs of own cells", "structure groups"),
    style("tabs collapsed", "structure groups", drops_blanks="all"),
    style("one cell a line", "structure groups", drops_blanks="all"),
    style("fixed width", "structure"), style("single blanks", "structure groups", drops_blanks="all"),
    style("commas"), style("markdown"),
)  # fmt: skip


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    dump = _DUMPS[name]
    parts = [dump(block) if isinstance(block, Table) else _line(block) for block in report.blocks]
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16"))
    ending = "md" if name == "markdown" else "txt"
    return f"report.{ending}", "\n".join(parts).encode("utf-8" if ending == "md" else encoding)


def _line(line: Line) -> str:
    return "\n" + line.text if line.role == "heading" else line.text


def _tabs(table: Table) -> str:
    return "\n".join("\t".join(map(_joined, row)) for row in flat(table))


def _tabs_stripped(table: Table) -> str:
    return "\n".join("\t".join(map(_joined, row)).rstrip("\t") for row in flat(table))


def _own(table: Table) -> str:
    return "\n".join("\t".join(map(_joined, row)) for row in own(table))


def _collapsed(table: Table) -> str:
    return "\n".join("\t".join(_joined(text) for text in row if text) for row in own(table))


def _one_a_line(table: Table) -> str:
    return "\n".join(text for row in own(table) for text in row if text)


def _fixed_width(table: Table) -> str:
    rows = [[_joined(text) for text in row] for row in flat(table)]
    rows = [[*row, *[""] * (table.width - len(row))] for row in rows]
    widths = [max(map(_wide, column)) + 2 for column in zip(*rows, strict=True)]
    return "\n".join(
        "".join(text + " " * (width - _wide(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _single_blanks(table: Table) -> str:
    return "\n".join(" ".join(_joined(text) for text in row if text) for row in own(table))


def _commas(table: Table) -> str:
    return "\n".join(",".join(_quoted(_joined(text)) for text in row) for row in flat(table))


def _markdown(table: Table) -> str:
    rows = ["| " + " | ".join(_joined(text) for text in row) + " |" for row in flat(table)]
    return "\n".join(["", rows[0], "|" + " --- |" * table.width, *rows[1:], ""])


def _quoted(text: str) -> str:
    return f'"{text}"' if "," in text else text


def _joined(text: str) -> str:
    return text.replace("\n", "")


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


_DUMPS: dict[str, Callable[[Table], str]] = {
    "tabs": _tabs, "tabs stripped": _tabs_stripped, "tabs of own cells": _own, "tabs collapsed": _collapsed,
    "one cell a line": _one_a_line, "fixed width": _fixed_width, "single blanks": _single_blanks, "commas": _commas,
    "markdown": _markdown,
}  # fmt: skip
