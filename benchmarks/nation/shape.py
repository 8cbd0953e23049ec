"""What the synthetic nation is like: which places and bodies there are, who reports when, and the cells of a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from pipeline.divisions import divisions
from pipeline.forms import Form, forms
from pipeline.identity.departments import departments

# The part of the bodies that have a report of the year on line: few before there was a form, nearly all today.
SHARES = {
    **{2008: 0.02, 2009: 0.02, 2010: 0.03, 2011: 0.03, 2012: 0.03, 2013: 0.04},
    **{2014: 0.08, 2015: 0.10, 2016: 0.12, 2017: 0.15, 2018: 0.18},
    **{2019: 0.50, 2020: 0.70, 2021: 0.85, 2022: 0.90, 2023: 0.95, 2024: 1.0, 2025: 1.0},
}
VARIANTS = 4  # ways in which pages lay out the same table
_OUTSIDE = ("00", "71", "81", "82")  # of the 31 provinces
_BUSY = {"province": 1.6, "city": 1.3, "county": 1.0}  # bodies of a place, beside those of a county
_FULL = 2_000_000  # reports, of all divisions


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    province: str
    province_name: str
    level: str
    bodies: int


def places(reports: int) -> list[Place]:
    """Of a smaller nation fewer divisions, each with as many bodies as in the whole: partitions keep their shape."""
    rows = [one for one in divisions().rows if one.valid_to is None and one.code[:2] not in _OUTSIDE]
    rows = [one for one in rows if one.level in _BUSY]
    names = {one.code[:2]: one.name for one in rows if one.level == "province"}
    chosen = []
    for province in sorted(names):
        own = sorted((one for one in rows if one.code[:2] == province), key=lambda one: one.code)
        step = len(own) / max(1, round(len(own) * min(1.0, reports / _FULL)))
        chosen += [own[int(number * step)] for number in range(int(len(own) / step + 0.5))]
    scale = reports / (sum(SHARES.values()) * sum(_BUSY[one.level] for one in chosen))
    return [
        Place(
            one.code,
            one.name,
            one.code[:2] + "0000",
            names[one.code[:2]],
            one.level,
            max(1, round(scale * _BUSY[one.level])),
        )
        for one in chosen
    ]


def place_table(reports: int) -> pa.Table:
    return pa.Table.from_pylist([{field: getattr(one, field) for field in Place.__slots__} for one in places(reports)])


def year_table() -> pa.Table:
    return pa.Table.from_pylist(
        [{"year": year, "share": share, "form": form_of(year)} for year, share in SHARES.items()]
    )


def form_of(year: int) -> str:
    """The form in force; before there was one, reports printed what that of 2014 made its rows."""
    in_force = [form for form in forms().values() if form.from_year <= year]
    return max(in_force or [min(forms().values(), key=_start)], key=_start).form


def _start(form: Form) -> int:
    return form.from_year


def department_table() -> pa.Table:
    codes = [code for code in departments().codes if code != "government"]
    return pa.table({"rank": list(range(1, len(codes) + 1)), "department": codes})


def cell_table() -> pa.Table:
    """Every cell of every form, for each way to lay it out: where it stands in a page, and where on paper."""
    return pa.Table.from_pylist(
        [cell for form in forms().values() for variant in range(VARIANTS) for cell in _cells(form, variant)]
    )


def _cells(form: Form, variant: int) -> Iterator[dict[str, object]]:
    position = 0
    for number, table in enumerate(form.tables, start=1):
        columns = [one.code for one in form.applicants] if table.axes == "row_applicant" else [None]
        for row, item in enumerate(form.items_of(table.id), start=1):
            for column, applicant in enumerate(columns, start=1):
                position += 1
                place = f"table {number + variant // 2}, row {row + 2 + variant % 2}, column {column + 2}"
                yield {
                    "form": form.form,
                    "variant": variant,
                    "position": position,
                    "item": item.item,
                    "applicant": applicant,
                    "cell": place,
                    "page": 1 + position // 90,
                    "x": 250.0 + 34.0 * column,
                    "y": 80.0 + 23.0 * (row % 28),
                    "money": "元" in item.unit,
                }
