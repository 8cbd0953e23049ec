"""The day by which a report is due (`pipeline.deadlines`) as an SQL expression over `year`, `department`, `level`."""

from __future__ import annotations

from pipeline.deadlines import Deadline, deadlines
from pipeline.warehouse.database import literal


def due_on() -> str:
    *special, rest = deadlines()
    cases = "".join(f" WHEN {_fits(one)} THEN {_day(one)}" for one in special)
    return f"CASE{cases} ELSE {_day(rest)} END" if cases else _day(rest)


def _fits(one: Deadline) -> str:
    conditions = [] if one.last_year is None else [f"year <= {one.last_year}"]
    conditions += [
        f"{column} IN ({', '.join(map(literal, values))})"
        for column, values in (("department", one.departments), ("level", one.levels))
        if values
    ]
    return " AND ".join(conditions) or "TRUE"


def _day(one: Deadline) -> str:
    return f"make_date(year + 1, {one.month}, {one.day})"
