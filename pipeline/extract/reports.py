"""One file may hold more than one report: this year's and the last, or several bodies'. One of them is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.labels import plain
from pipeline.extract.raster import is_label
from pipeline.forms import forms
from pipeline.identity import name_in_title
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.titles import is_report_title, normalised, year_of_title

_LONGEST_TITLE = 60
_LONGEST_HEADING = 30
_DOUBT = "文件里有{count}份年度报告，读取的是《{title}》 / the file holds {count} reports; read is the one named"


@dataclass(frozen=True, slots=True)
class _Start:
    place: int
    title: str


def one_report(document: Document) -> Document:
    """The document itself where it holds one report; else the one that its metadata names, or the newest, or the
    first, and a doubt that says so. A form that nobody has filled in is none."""
    starts = list(_starts(document.blocks))
    if len(starts) < 2:
        return document
    ends = [*(start.place for start in starts[1:]), len(document.blocks)]
    parts = [document.blocks[start.place : end] for start, end in zip(starts, ends, strict=True)]
    filled = [place for place, part in enumerate(parts) if _prints_figures(part)] or range(len(starts))
    chosen = filled[_chosen([starts[place] for place in filled], document.title)]
    begin, end = starts[chosen].place if chosen else 0, ends[chosen]
    different = {normalised(start.title) for start in starts}
    doubt = _DOUBT.format(count=len(starts), title=starts[chosen].title)
    doubts = (*document.doubts, doubt) if len(different) > 1 else document.doubts
    return replace(document, blocks=document.blocks[begin:end], doubts=doubts)


def _prints_figures(blocks: Sequence[Block]) -> bool:
    grids = (block for block in blocks if isinstance(block, Grid))
    return any(cell.text and not is_label(cell) for grid in grids for cell in grid.cells)


def _chosen(starts: Sequence[_Start], named: str) -> int:
    fitting = [place for place, start in enumerate(starts) if normalised(start.title) in normalised(named)]
    if len(fitting) == 1:
        return fitting[0]
    years = [year_of_title(start.title) or 0 for start in starts]
    return years.index(max(years))


def _starts(blocks: Sequence[Block]) -> Iterator[_Start]:
    """Titles with a first section and a table behind them before the next such title: one that only comes again, as
    in a page's head or an appendix, starts nothing."""
    start: _Start | None = None
    opened = False
    for place, block in enumerate(blocks):
        if isinstance(block, Grid):
            if start is not None and opened:
                yield start
                start, opened = None, False
        elif not opened:
            if _is_title(block):  # of several titles the last is the report's, those before it are the page's
                start = _Start(start.place if start else _with_name(blocks, place), block.text.strip())
            opened = start is not None and _opens(block)


def _with_name(blocks: Sequence[Block], place: int) -> int:
    """The line before a title that names no body belongs to it."""
    title, before = blocks[place], blocks[place - 1] if place else None
    named = isinstance(title, Paragraph) and name_in_title(title.text)
    return place if named or not isinstance(before, Paragraph) else place - 1


def _is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    return len(text) <= _LONGEST_TITLE and year_of_title(text) is not None and is_report_title(text) is True


def _opens(paragraph: Paragraph) -> bool:
    """Whether a report's first section begins here."""
    return len(paragraph.text) <= _LONGEST_HEADING and plain(paragraph.text) in _first_headings()


def _first_headings() -> frozenset[str]:
    first = [section for form in forms().values() for section in form.sections if section.number == 1]
    return frozenset(plain(name) for section in first for name in (section.heading, *section.also))
