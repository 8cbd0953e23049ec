"""From options to a file, with the print that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from random import Random

from pipeline.model import ValueKind
from tests.support.reports.defects import damaged
from tests.support.reports.facts import make_facts
from tests.support.reports.formats import FORMATS
from tests.support.reports.formats.converted import render_many
from tests.support.reports.formats.layout import Style
from tests.support.reports.options import Options
from tests.support.reports.printed import FIGURE, Cell, Printed
from tests.support.reports.printing import print_report


@dataclass(frozen=True)
class Made:
    options: Options
    name: str
    body: bytes
    printed: Printed


def make(options: Options) -> Made:
    printed = print_of(options)
    name, body = FORMATS[options.format].render(printed, _style(options).name, Random(options.seed + 2))
    return Made(options, name, body, printed)


def make_converted(many: Sequence[Options], kind: str) -> list[Made]:
    """The documents as another program writes them, all in one go."""
    plain = [replace(options, format="docx", style="merged") for options in many]
    prints = [print_of(options) for options in plain]
    files = render_many(prints, kind, Random(many[0].seed))
    named = [replace(options, format=kind, style="") for options in many]
    return [Made(options, *file, printed) for options, file, printed in zip(named, files, prints, strict=True)]


def print_of(options: Options) -> Printed:
    """The damaged print, with what the file's style makes unknowable."""
    chance = Random(options.seed)
    facts = make_facts(
        chance,
        options.statutory,
        undivided=options.form in ("2021 undivided", "2019"),
        profile=options.profile,
        wrong_sum=options.wrong_sum,
    )
    printed = print_report(
        chance,
        facts,
        hand=options.hand,
        section_2=options.section_2,
        section_4=options.section_4,
        headings=options.headings,
        narrative_agrees=options.narrative_agrees,
    )
    chosen = _style(options)
    printed = damaged(printed, options.defects, Random(options.seed + 1), chosen.spoils)
    return _doubtful_where_blank(printed, chosen.drops_blanks) if chosen.drops_blanks else printed


def _style(options: Options) -> Style:
    styles = FORMATS[options.format].STYLES
    return next((style for style in styles if style.name == options.style), styles[0])


def _doubtful_where_blank(printed: Printed, which: str) -> Printed:
    """Rows with a blank figure, or one among the empty cells at their end, when such blanks leave no trace."""

    def row(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        looked_at = cells if which == "all" else tuple(takewhile(lambda cell: not cell.text, reversed(cells)))
        blank = any(cell.role == FIGURE and cell.kind is ValueKind.BLANK for cell in looked_at)
        return tuple(replace(cell, knowable=False) for cell in cells) if blank else cells

    return printed.with_tables(lambda table: replace(table, rows=tuple(map(row, table.rows))))
