"""From a cell that was matched to an item to a Fact, with what is doubtful about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from pipeline.extract.raster import Raster
from pipeline.extract.words import words
from pipeline.forms import Item
from pipeline.model import Cell, Fact, ValueKind
from pipeline.numerals import parse_cell

SURE = 0.9  # what lies below is doubtful and says why
_CONTESTED = 0.7


@dataclass(frozen=True, slots=True)
class Trust:
    """How sure one step of the matching is, and what makes it doubtful."""

    value: float = 1.0
    reason: str = ""

    def __and__(self, other: Trust) -> Trust:
        reasons = [trust.reason for trust in (self, other) if trust.reason]
        return Trust(self.value * other.value, "; ".join(reasons))


CERTAIN = Trust()
_METHOD_TRUST = {"cell": 0.999, "text": 0.99, "ocr": 1.0}


def fact_of(raster: Raster, cell: Cell, item: Item, applicant: str | None, trust: Trust, unit: str = "") -> Fact:
    """`unit` is the one that the table's header prints, where it differs from the item's."""
    raw = cell.text.strip()
    kind, value = _parsed(raw + unit if unit and raw else raw, item.unit)
    trust &= Trust(_METHOD_TRUST.get(cell.method, 1.0) * cell.confidence, _reading_doubt(cell))
    if kind is ValueKind.TEXT:
        trust &= Trust(0.8, "prints no number")
    elif value is not None and value % 1 and item.unit not in words().money_units:
        trust &= Trust(0.8, "a count with a fraction: its point may part thousands")
    return Fact(
        item=item.item,
        applicant=applicant,
        kind=kind,
        value=value,
        raw=raw,
        method=cell.method,
        confidence=round(trust.value, 4),
        page=cell.page,
        bbox=cell.bbox,
        cell=None if cell.bbox else raster.place(cell),
        reason=trust.reason if trust.value < SURE else "",
    )


@lru_cache(maxsize=16384)  # most cells print one of a few texts
def _parsed(text: str, unit: str) -> tuple[ValueKind, Decimal | None]:
    return parse_cell(text, unit)


class Collected:
    """Facts of a table in which every item is printed once. Where two places print different things for one item, the
    first is kept and doubted."""

    def __init__(self) -> None:
        self._facts: dict[str, Fact] = {}

    def add(self, fact: Fact) -> None:
        held = self._facts.setdefault(fact.item, fact)
        if held.raw != fact.raw:
            doubted = min(held.confidence, _CONTESTED)
            reason = held.reason or f"printed more than once: {held.raw!r}, {fact.raw!r}"[:80]
            self._facts[fact.item] = replace(held, confidence=doubted, reason=reason)

    def facts(self) -> list[Fact]:
        return list(self._facts.values())


def _reading_doubt(cell: Cell) -> str:
    if cell.confidence >= SURE:
        return ""
    if cell.method != "ocr":
        return cell.doubt or "figures on several lines of one cell"
    others = f", or {' / '.join(cell.alternatives)}" if cell.alternatives else ""
    return f"OCR is unsure ({cell.confidence:.2f}){others}"
