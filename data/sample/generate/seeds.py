"""The seed reports: their prose, the words their tables print and their hand-checked values. How a document shows them
is left to the writers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parent.parent
SEEDS = SAMPLE / "seeds"

FILES = {
    "longde-gaj-2024": "隆德县公安局2024",
    "zhongwei-gaj-2024": "中卫市公安局2024",
    "shizuishan-gaj-2022": "石嘴山市公安局2022",
    "gaoqing-gaj-2024": "高青县公安局2024",
    "huaiyuan-gaj-2024": "怀远县公安局2024",
}
SLUGS = tuple(FILES)

_NUMERALS = "一二三四五六"
_TABLED = (2, 3, 4)  # the sections that are tables
_HEADING = re.compile(rf"[{_NUMERALS}]、")
_SUBHEADING = re.compile(rf"（[{_NUMERALS}]）[^。：]{{2,24}}$")
_NUMBERED = re.compile(r"\d{1,2}\.")
_FINISHED = tuple("。！？；：”）)")  # how a paragraph ends that no page break cut in two


@dataclass(frozen=True)
class Line:
    """A paragraph as printed. `**bold**` and `<http://…>` in it are the seeds' own marks."""

    text: str
    role: str  # title | heading | subheading | body


@dataclass(frozen=True)
class TableText:
    """The cells of one section's table in reading order, empty ones left out, and its raw lines."""

    section: int
    cells: tuple[str, ...]
    lines: tuple[str, ...]


Part = Line | TableText


@dataclass(frozen=True)
class Seed:
    slug: str

    @cached_property
    def text(self) -> str:
        return (SEEDS / f"{FILES[self.slug]}.txt").read_text(encoding="utf-8")

    @cached_property
    def gold(self) -> dict[str, Any]:
        content = (SEEDS / f"{FILES[self.slug]}.gold.json").read_text(encoding="utf-8")
        return dict(json.loads(content))

    @cached_property
    def values(self) -> tuple[Decimal, ...]:
        """The gold values in the order in which the form prints them."""
        return tuple(Decimal(str(fact["value"])) for fact in self.gold["facts"])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return tuple(_parts(self.text))

    @property
    def authority(self) -> str:
        return str(self.gold["authority"])

    @property
    def year(self) -> int:
        return int(self.gold["year"])

    @property
    def title(self) -> str:
        """As a portal would list it: the printed title in one line."""
        return f"{self.authority}{self.year}年政府信息公开工作年度报告"


def without_most_of_section_six(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The same report, its last section cut after the third numbered item (its last paragraph stays)."""
    start = next(at for at, part in enumerate(parts) if isinstance(part, Line) and part.text.startswith("六、"))
    numbered = [
        at for at, part in enumerate(parts) if at > start and isinstance(part, Line) and _NUMBERED.match(part.text)
    ]
    if len(numbered) <= 3:
        return parts
    return parts[: numbered[3]] + parts[-2:]


def _parts(text: str) -> Iterator[Part]:
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if len(line) > 40)
    yield from (Line(line, "title") for line in _printed_title(lines[:first]))
    prose: list[str] = []
    section = 0
    table: list[str] = []
    for line in lines[first:]:
        number = _heading_number(line)
        if number == section + 1:
            yield from _finished(prose, table, section)
            prose, table, section = [line], [], number
        elif section in _TABLED:
            table.append(line)
        else:
            prose.append(line)
    yield from _finished(prose, table, section)


def _heading_number(line: str) -> int:
    return _NUMERALS.index(line[0]) + 1 if _HEADING.match(line) and "\t" not in line else 0


def _printed_title(lines: list[str]) -> list[str]:
    """The title's lines. A text taken from a page starts with the page's own title, then the document's."""
    named = [line.strip() for line in lines if line.strip()]
    last = max(at for at, line in enumerate(named) if line == named[0])
    return named[last:]


def _finished(prose: list[str], table: list[str], section: int) -> Iterator[Part]:
    yield from (Line(text, _role(text)) for text in _paragraphs(prose))
    if section in _TABLED:
        yield TableText(section, tuple(_cells(table)), tuple(table))


def _role(text: str) -> str:
    if _HEADING.match(text):
        return "heading"
    return "subheading" if _SUBHEADING.match(text) else "body"


def _paragraphs(lines: list[str]) -> list[str]:
    """Whole paragraphs: those that a page break cut in two are joined again."""
    whole: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        if whole and not whole[-1].endswith(_FINISHED) and _role(whole[-1]) == _role(line) == "body":
            whole[-1] += line
        else:
            whole.append(line)
    return whole


def _cells(lines: list[str]) -> Iterator[str]:
    if any("\t" in line.strip() for line in lines):
        yield from (cell.strip() for line in lines for cell in line.split("\t") if cell.strip())
        return
    cell = ""
    for line in lines:  # one cell a line, each after a tab; a line without one goes on with the cell before it
        if line.startswith("\t"):
            if cell:
                yield cell
            cell = line.strip()
        elif line.strip():
            cell += "\n" + line.strip()
    if cell:
        yield cell
