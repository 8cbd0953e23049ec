"""Where a report's sections begin, what prose they hold and which grids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.labels import label_likeness, plain, without_marker
from pipeline.extract.printed_years import years_named
from pipeline.extract.raster import is_number
from pipeline.forms import Form, FormSection
from pipeline.furniture import is_furniture
from pipeline.model import Block, Cell, Grid, Paragraph, Section

_NUMBERS = {number: place for place, number in enumerate("一二三四五六七八九十", start=1)}
_TOP = re.compile(r"^\s*(?:第)?([一二三四五六七八九十])(?:部分)?\s*[、.．,，:：]\s*")
_INNER = re.compile(r"^\s*[(（]\s*[一二三四五六七八九十]\s*[)）]")
_LONGEST_HEADING = 45
_CAPTION_LINES = 3
_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—－–]\s*\d{1,3}\s*[-—－–]|第\s*\d{1,3}\s*页(?:\s*[,，共/]*\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3})\s*$"
)
_ENDS = tuple("。！？；：…”》）)!?;:.")
_BEGINS_ANEW = re.compile(
    r"^\s*(?:[(（]?\s*[一二三四五六七八九十\d]{1,3}\s*[)）、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十])"
)

_Place = tuple[int, int]  # row and column in a grid


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    grid: Grid
    captions: tuple[str, ...] = ()  # the lines right before it


@dataclass(slots=True)
class Part:
    """One section of a document, or what stands before the first."""

    number: int
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    grids: list[PlacedGrid] = field(default_factory=list)

    def section(self) -> Section:
        # what comes before the first section is short lines: title, date, addressee
        paragraphs = _joined(self.paragraphs) if self.number else self.paragraphs
        return Section(self.number, self.heading, "\n".join(paragraphs))


def split(blocks: Iterable[Block], form: Form | None) -> list[Part]:
    """The parts in printed order. Without a form, or where the form leaves its sections open, they are numbered as
    printed."""
    parts = [Part(0)]
    known = form.sections if form else ()
    lines: list[str] = []  # since the last grid of figures or heading
    for block in _with_whole_headings(list(_flattened(blocks, known)), known):
        if isinstance(block, Grid):
            parts[-1].grids.append(PlacedGrid(block, tuple(lines[-_CAPTION_LINES:])))
            lines = [] if _prints_figures(block) else list(filter(years_named, lines[-_CAPTION_LINES:]))
            continue
        text = block.text.strip()
        if not text or _PAGE_NUMBER.match(text) or is_furniture(text):
            continue
        found = _known_heading(text, known, parts[-1]) if known else _printed_heading(text, parts)
        if found is None:
            parts[-1].paragraphs.append(text)
            lines.append(text)
        else:
            number, heading, rest = found
            parts.append(Part(number, heading))
            lines = []
            if rest:
                parts[-1].paragraphs.append(rest)
    return parts


def _prints_figures(grid: Grid) -> bool:
    """A year over a header by itself, or over one and a group's signs for none, is that of the grids below as well."""
    return any(map(is_number, grid.cells))


def _with_whole_headings(blocks: Sequence[Block], known: Sequence[FormSection]) -> Iterator[Block]:
    """Headings that were broken over two paragraphs, put together."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and isinstance(following, Paragraph) and _TOP.match(block.text):
            joined = block.text.strip() + following.text.strip()
            names = [plain(name) for section in known for name in (section.heading, *section.also)]
            if plain(block.text) not in names and plain(joined) in names:
                yield Paragraph(joined, page=block.page, bbox=block.bbox)
                place += 2
                continue
        yield block
        place += 1


def _known_heading(text: str, known: Sequence[FormSection], current: Part) -> tuple[int, str, str] | None:
    top = _TOP.match(text)
    if _INNER.match(text) and _TOP.match(current.heading):
        return None  # a report that numbers its sections 一、 numbers their parts （一）
    for section in known:
        if section.number <= current.number:
            continue  # a heading that comes again, in an appendix, opens nothing
        names = (section.heading, *section.also)
        if len(text) <= _LONGEST_HEADING:
            alike = label_likeness(text, names)
            numbered_right = bool(top) and _NUMBERS[top[1]] == section.number if top else False
            if alike >= (0.7 if numbered_right else 0.8 if top else 0.95):
                return section.number, _tidy_heading(text), ""
        if top:
            rest = _behind(text, names)
            if rest is not None:
                heading = text[: len(text) - len(rest)]
                return section.number, _tidy_heading(heading), rest.lstrip(" 。.：:")
    return None


def _behind(text: str, names: Sequence[str]) -> str | None:
    """What follows a heading that runs on into its first sentence."""
    bare = _TOP.sub("", text)
    for name in names:
        if bare.startswith(name) and bare[len(name) : len(name) + 1] in {" ", "。", "：", ":", "\u3000", ".", "\n"}:
            return bare[len(name) :]
    return None


def _printed_heading(text: str, parts: Sequence[Part]) -> tuple[int, str, str] | None:
    top = _TOP.match(text)
    if top is None or len(text) > _LONGEST_HEADING or text.endswith(("；", ";", "，")):
        return None
    number = _NUMBERS[top[1]]
    return (number, _tidy_heading(text), "") if number == parts[-1].number + 1 else None


def _tidy_heading(text: str) -> str:
    return re.sub(r"\s+", "", text).rstrip("。.：:；;")


def _flattened(blocks: Iterable[Block], known: Sequence[FormSection]) -> Iterator[Block]:
    """Grids cut where a row of theirs is really a section's heading, as in a report that is one big table."""
    names = {plain(name) for section in known for name in (section.heading, *section.also)}
    statutory = {plain(section.heading) for section in known}
    for block in blocks:
        if isinstance(block, Grid):
            yield from _cut(block, names, statutory)
        else:
            yield block


def _cut(grid: Grid, names: set[str], statutory: set[str]) -> Iterator[Block]:
    headings: dict[_Place, str] = {}
    for index, row in enumerate(grid.rows()):
        for cell in row:
            letters = plain(without_marker(cell.text))
            if letters in statutory and not grid.exact:
                headings[index, cell.column] = cell.text  # of lines taken for a row, what stands before it is not its
            elif (letters in statutory and _alone(grid, index)) or (
                letters in names and (_TOP.match(cell.text) or _opens_line(grid, cell))
            ):
                headings[index, 0] = cell.text
    start = (0, 0)
    for place, text in headings.items():
        yield from _piece(grid, start, place)
        yield Paragraph(text)
        start = (place[0] + 1, 0) if _alone(grid, place[0]) else place
    yield from _piece(grid, start, (grid.height, 0))


def _opens_line(grid: Grid, cell: Cell) -> bool:
    """Whether a name without a number may be a heading: where lines were taken for rows, at the start of one."""
    return not grid.exact and cell.column == 0


def _alone(grid: Grid, index: int) -> bool:
    return sum(1 for cell in grid.cells if cell.row == index and cell.text) == 1


def _piece(grid: Grid, start: _Place, stop: _Place) -> Iterator[Grid]:
    """What stands from `start` to `stop` as a grid that keeps its place in the document; cells say where they stood."""
    if start == (0, 0) and stop == (grid.height, 0):
        yield grid
        return
    cells: tuple[Cell, ...] = tuple(cell for cell in grid.cells if start <= (cell.row, cell.column) < stop)
    if cells:
        yield replace(grid, cells=cells)


def _joined(paragraphs: Sequence[str]) -> list[str]:
    """Paragraphs that a page break tore apart, put together again."""
    joined: list[str] = []
    for text in paragraphs:
        torn = joined and not joined[-1].endswith(_ENDS) and len(joined[-1]) > _LONGEST_HEADING
        if torn and not _BEGINS_ANEW.match(text):
            joined[-1] += text
        else:
            joined.append(text)
    return joined
