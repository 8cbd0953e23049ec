"""What a rule answers: where it does not hold, or why it cannot be applied. An empty answer means that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place where a rule does not hold, in words that a clerk understands."""

    message: str
    item: str | None = None
    applicant: str | None = None
    expected: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NotApplicable:
    reason: str


Verdict = Sequence[Flaw] | NotApplicable

NO_FORM = NotApplicable("本报告没有按统计表格式填报，无表可查。")
NO_LAST_YEAR = NotApplicable("库中没有该机关上一年度的报告。")


def over_places(places: Iterable[Flaw | NotApplicable | None]) -> Verdict:
    """The verdict over single places: a rule holds where at least one place could be looked at and none is flawed."""
    seen = list(places)
    flaws = [place for place in seen if isinstance(place, Flaw)]
    reasons = [place.reason for place in seen if isinstance(place, NotApplicable)]
    if flaws or len(reasons) < len(seen):
        return flaws
    return NotApplicable(reasons[0] if reasons else "报告中没有这条规则要看的数字。")


def number(value: Decimal) -> str:
    """A number as people write it: 12000, 25.1."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def listed(names: Sequence[str], most: int = 5) -> str:
    """“甲”“乙”等7项."""
    shown = "".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown}等{len(names)}项"
