"""What one way of laying a file out leaves of a table's structure, and so what can still be known of its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tests.support.reports.printed import Cell, Table


@dataclass(frozen=True)
class Style:
    name: str
    spoils: frozenset[str] = frozenset()  # as defects do
    drops_blanks: str = ""  # all | trailing: such cells leave no trace when nothing is printed in them


def style(name: str, spoils: str = "", *, drops_blanks: str = "") -> Style:
    return Style(name, frozenset(spoils.split()), drops_blanks)


def flat(table: Table) -> list[list[str]]:
    """The print of every place, where merged cells begin; blank where they only reach."""
    return [[cell.text if begins else "" for cell, begins in row] for row in table.raster()]


def own(table: Table) -> list[list[str]]:
    """The print of the cells that begin in each row, and nothing for those that reach in from above."""
    return [[cell.text for cell in row] for row in table.rows]


def single(cell: Cell) -> Cell:
    return replace(cell, rowspan=1, colspan=1)
