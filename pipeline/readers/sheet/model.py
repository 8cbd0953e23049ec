"""A worksheet as it prints, whichever file format it comes from, and how much of one is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.errors import UnreadableDocument

MOST_SHEETS = 40
MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_CELLS = 200_000  # of a file: a report has some hundred
STRUCK = "struck-through text beside it was left out"
NO_STORED_VALUE = "a formula whose value is not stored"

Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class Printed:
    text: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    top: int
    left: int
    bottom: int  # the last row, included
    right: int


@dataclass(slots=True)
class Sheet:
    number: int  # among the file's sheets, from 1
    name: str
    cells: dict[Place, Printed] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    ruled: set[Place] = field(default_factory=set)  # cells with a border
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def prints(self, place: Place) -> bool:
        return place[0] not in self.hidden_rows and place[1] not in self.hidden_columns


class Budget:
    """Counts what is read of one file."""

    def __init__(self) -> None:
        self._left = MOST_CELLS

    def take(self, row: int, column: int) -> None:
        self._left -= 1
        if self._left < 0 or row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise UnreadableDocument(
                f"工作表过大，不是年报 / too large a sheet for a report: row {row + 1}, column {column + 1}"
            )
