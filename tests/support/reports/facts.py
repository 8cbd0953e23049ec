"""What an office knows: seeded figures whose sums hold, unless the office itself added up wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from tests.support.reports.authorities import authority
from tests.support.reports.indicators_2014 import INDICATORS, SUMS
from tests.support.reports.statutory import APPLICANTS, DISPUTES, RESULTS, SECTION_2, CellKey, section_3

PROFILES = ("quiet", "usual", "busy")
_MONEY = ("fees.amount", "procurement.amount", "request_fees.amount", "organisation.budget")

Values = dict[CellKey, Decimal]


@dataclass(frozen=True)
class Facts:
    authority: str
    year: int
    form: str
    undivided: bool  # 其他处理 is printed as one row
    values: Mapping[CellKey, Decimal]


def make_facts(chance: Random, form: str, *, undivided: bool, profile: str, wrong_sum: bool = False) -> Facts:
    makers = {"2014": _indicators, "narrative": _applications}
    values = makers.get(form, _statutory)(chance, form, undivided, profile)
    if wrong_sum:
        _add_up_wrongly(chance, values)
    first, last = {"2021": (2021, 2025), "2019": (2019, 2020), "2014": (2014, 2018), "narrative": (2008, 2013)}[form]
    return Facts(authority(chance), chance.randint(first, last), form, undivided, values)


def _statutory(chance: Random, form: str, undivided: bool, profile: str) -> Values:
    values: Values = {}
    for matter in SECTION_2[form]:
        for _, items in matter.rows:
            values |= {(item, None): _count_of(chance, item, profile) for item in items}
    values |= _applications(chance, form, undivided, profile)
    for code, _ in DISPUTES:
        parts = [_count(chance, profile, 60) for _ in RESULTS[:-1]]
        values |= {(f"{code}.{result}", None): count for (result, _), count in zip(RESULTS, parts, strict=False)}
        values[f"{code}.total", None] = Decimal(sum(parts))
    return values


def _applications(chance: Random, form: str, undivided: bool, profile: str) -> Values:
    """What was decided is dealt out over the outcomes; what came in follows from it."""
    rows = section_3(undivided=undivided)
    outcomes = [row.item for row in rows if row.handled and row.item != "outcome.total"]
    values: Values = {}
    most = {"quiet": 3, "usual": 90, "busy": 3000}[profile]
    for applicant in APPLICANTS[:-1]:
        rare = applicant != "natural_person" and profile != "busy" and chance.random() < 0.6
        decided = 0 if rare else chance.randint(most // 3, most) // (1 if applicant == "natural_person" else 4)
        parts = _dealt_out(chance, decided, outcomes, profile)
        later = chance.choice((0, 0, 1, decided // 9))
        before = min(chance.choice((0, 1, decided // 11)), decided + later)
        values |= {(item, applicant): Decimal(count) for item, count in parts.items()}
        values[("outcome.total", applicant)] = Decimal(decided)
        values[("requests.carried_out", applicant)] = Decimal(later)
        values[("requests.carried_in", applicant)] = Decimal(before)
        values[("requests.new", applicant)] = Decimal(decided + later - before)
    for row in rows:
        values[row.item, "total"] = sum((values[row.item, one] for one in APPLICANTS[:-1]), Decimal(0))
    return values


def _dealt_out(chance: Random, total: int, outcomes: Sequence[str], profile: str) -> dict[str, int]:
    weights = [1 if profile == "busy" else chance.choice((0.02, 0.02, 0.3, 2)) for _ in outcomes]
    parts = dict.fromkeys(outcomes, 0)
    for item in chance.choices(outcomes, weights, k=total):
        parts[item] += 1
    return parts


def _indicators(chance: Random, form: str, undivided: bool, profile: str) -> Values:
    values: Values = {(item, None): _count_of(chance, item, profile) for _, _, _, item in INDICATORS if item}
    for total, parts in SUMS:
        values[total, None] = sum((values[part, None] for part in parts), Decimal(0))
    return values


def _count_of(chance: Random, item: str, profile: str) -> Decimal:
    if item in _MONEY:
        return chance.choice(
            (Decimal(0), Decimal(chance.randint(1, 90_000)) / 100, Decimal(chance.randint(1, 900_000)) / 10_000)
        )
    if item.endswith(".change"):
        return Decimal(chance.choice((0, 0, 1, chance.randint(2, 30), -chance.randint(1, 30))))
    return _count(chance, profile, 20_000)


def _count(chance: Random, profile: str, most: int) -> Decimal:
    if profile == "quiet" and chance.random() < 0.75:
        return Decimal(0)
    if profile == "usual" and chance.random() < 0.3:
        return Decimal(0)
    return Decimal(
        chance.choice((chance.randint(1, 9), chance.randint(1, max(9, most // 20)), chance.randint(1, most)))
    )


def _add_up_wrongly(chance: Random, values: Values) -> None:
    """One or two printed totals are not the sum of their parts."""
    totals = [key for key in values if key[0].endswith(".total") or key[1] == "total"]
    for key in chance.sample(totals, k=chance.randint(1, 2)):
        values[key] = values[key] + chance.choice((1, 3, 10)) if chance.random() < 0.6 else Decimal(0)
