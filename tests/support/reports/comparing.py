"""What was read, against what is printed: exact, missing, wrong, and wrong while sure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pipeline.model import Fact
from tests.support.reports.printed import Cell, Printed
from tests.support.reports.statutory import CellKey

SURE = 0.9


@dataclass(frozen=True)
class Difference:
    key: CellKey
    printed: Cell | None  # None: nothing of this year prints it
    read: Fact | None

    @property
    def sure(self) -> bool:
        return self.read is not None and self.read.confidence >= SURE

    def __str__(self) -> str:
        want = "nothing" if self.printed is None else repr(self.printed.text)
        got = (
            "nothing"
            if self.read is None
            else f"{self.read.raw!r} at {self.read.confidence} ({self.read.cell or self.read.page})"
        )
        return f"{self.key[0]}/{self.key[1]}: printed {want}, read {got}"


@dataclass(frozen=True)
class Comparison:
    cells: int  # printed and knowable
    exact: int
    exact_sure: int
    missing: tuple[Difference, ...]  # knowable and not read
    wrong: tuple[Difference, ...]  # knowable or not printed, read otherwise
    wrong_sure: tuple[Difference, ...]  # of whatever kind
    scored: tuple[tuple[float, bool], ...]  # confidence of every fact, and whether it is right

    @property
    def whole(self) -> bool:
        return self.exact == self.cells and not self.wrong and not self.wrong_sure


def compare(printed: Printed, facts: Iterable[Fact]) -> Comparison:
    return compare_cells(printed.cells(), facts)


def says(cell: Cell, fact: Fact) -> bool:
    return fact.kind is cell.kind and fact.value == cell.value


def compare_cells(
    cells: Iterable[Cell], facts: Iterable[Fact], agree: Callable[[Cell, Fact], bool] = says
) -> Comparison:
    cells = tuple(cells)
    wanted = {cell.key: cell for cell in cells if cell.key}
    read = {(fact.item, fact.applicant): fact for fact in facts}
    knowable = {key: cell for key, cell in wanted.items() if cell.knowable}
    right = {key for key, fact in read.items() if key in wanted and agree(wanted[key], fact)}
    wrong = [Difference(key, wanted.get(key), fact) for key, fact in read.items() if key not in right]
    doubtful = {item for (item, _), cell in wanted.items() if not cell.knowable}
    doubtful |= {item for cell in cells for item, _ in cell.lost}
    exact = knowable.keys() & right
    return Comparison(
        cells=len(knowable),
        exact=len(exact),
        exact_sure=sum(read[key].confidence >= SURE for key in exact),
        missing=tuple(Difference(key, cell, None) for key, cell in knowable.items() if key not in read),
        wrong=tuple(one for one in wrong if one.key[0] not in doubtful),
        wrong_sure=tuple(one for one in wrong if one.sure),
        scored=tuple((fact.confidence, key in right) for key, fact in read.items()),
    )
