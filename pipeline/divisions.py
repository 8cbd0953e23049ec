"""The divisions of GB/T 2260 with their history: by code, by name, and as they are printed in running text.

Where several places share a name, `choose` picks by hints and gives nothing rather than a guess. Whose report it is
says `pipeline.identity`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.division_names import printed_names, without_kind
from pipeline.model import Division
from pipeline.resources import REFERENCE
from pipeline.townships import Townships

CENTRAL = "000000"
MUNICIPALITIES = ("110000", "120000", "310000", "500000")


@dataclass(frozen=True, slots=True)
class Printed:
    """A division's name as it stands in a text; `codes` are all divisions that bear it."""

    name: str
    start: int
    stop: int
    codes: tuple[str, ...]


class Divisions:
    """Look-ups over the rows of the reference files. One code can have several rows: renamed, or gone and come back."""

    def __init__(
        self, rows: Iterable[Division], townships: Townships, successions: Mapping[str, str] | None = None
    ) -> None:
        """`successions` says under which code a division went on."""
        self.rows = tuple(rows)
        self._townships = townships
        self._later = dict(successions or {})
        self._earlier: dict[str, list[str]] = {}
        for code, later in self._later.items():
            self._earlier.setdefault(later, []).append(code)
        self._by_code: dict[str, list[Division]] = {}
        self._children: dict[str, list[str]] = {}
        self._names: dict[str, dict[str, list[Division]]] = {}  # name, code, the spans under that name
        self._stems: dict[str, dict[str, list[Division]]] = {}  # the same without the kind: 石嘴山
        self._lengths: dict[str, list[int]] = {}  # by a name's first two characters, longest first
        for row in self.rows:
            self._add(row)

    def _add(self, row: Division) -> None:
        spans = self._by_code.setdefault(row.code, [])
        spans.append(row)
        spans.sort(key=lambda span: span.valid_to or 9999)
        if row.parent is not None and len(spans) == 1:
            self._children.setdefault(row.parent, []).append(row.code)
        if row.code == CENTRAL:
            return
        for name in printed_names(row):
            self._names.setdefault(name, {}).setdefault(row.code, []).append(row)
            lengths = self._lengths.setdefault(name[:2], [])
            if len(name) not in lengths:
                lengths.append(len(name))
                lengths.sort(reverse=True)
        stem = without_kind(row.name)
        if len(stem) >= 2:
            self._stems.setdefault(stem, {}).setdefault(row.code, []).append(row)

    # --- by code ---------------------------------------------------------------------------------------

    def get(self, code: str) -> Division | None:
        """The division as it is called now, or was called last; nine digits are a township."""
        spans = self._by_code.get(code)
        return spans[-1] if spans else self._townships.get(code)

    def in_force(self, code: str, year: int) -> bool:
        """Whether the code stood at any time of that year."""
        return any(_covers(row, year) for row in self._by_code.get(code, []))

    def children(self, code: str) -> tuple[Division, ...]:
        """Divisions directly below, counties and up."""
        return tuple(self._by_code[child][-1] for child in self._children.get(code, []))

    def townships(self) -> tuple[Division, ...]:
        """All of them: some fifty thousand."""
        return self._townships.all()

    def lineage(self, code: str) -> tuple[Division, ...]:
        """The division itself, then what it belongs to, up to its province."""
        found: list[Division] = []
        division = self.get(code)
        while division is not None and division.code != CENTRAL:
            found.append(division)
            division = self.get(division.parent) if division.parent else None
        return tuple(found)

    def belongs(self, code: str, to: str) -> bool:
        """Whether `code` is `to` or lies in it."""
        return to == CENTRAL or any(division.code == to for division in self.lineage(code))

    def today(self, code: str, name: str = "") -> str:
        """The code under which the same place goes on now (撤县设区, a prefecture re-coded as a city); the code itself
        where there is none. `name` tells which place is meant of those that had the code one after the other."""
        for _ in range(len(self._later)):
            held = self._spans(code, name) if code in self._later else ()
            if not held or any(row.valid_to is None for row in held):
                break
            code, name = self._later[code], ""
        return code

    def as_of(self, code: str, year: int | None, printed: str = "") -> Division | None:
        """The place as it stood in a year, under the code and the name that it had then: 洪泽县 until 2016, 洪泽区 from
        2016; in the year of a change under the name that is printed. As it is now without a year, or where its
        history does not reach back so far."""
        home = self.today(code)
        line = self._line(home)
        if year is not None:
            rows = [row for one in line for row in self._by_code[one] if _covers(row, year)]
            rows = [row for row in rows if self.today(row.code, row.name) == home]
            named = [row for row in rows if printed and printed in (*printed_names(row), without_kind(row.name))]
            if rows:
                return (named or rows)[-1]
        return self.get(code) if year is None else self.get(line[-1])

    def _line(self, code: str) -> list[str]:
        """All codes that the place has had, the first one first."""
        line = [code]
        for one in line:
            line += [earlier for earlier in self._earlier.get(one, ()) if earlier not in line]
        return line[::-1]

    # --- by name ---------------------------------------------------------------------------------------

    def named(self, name: str) -> tuple[Division, ...]:
        """Every division of that name, full or short (宁夏, 黔东南州); without its kind (石嘴山) only if nothing else
        is called so."""
        codes = self._names.get(name) or self._stems.get(name) or {}
        return tuple(self._by_code[code][-1] for code in codes)

    def province_short(self, name: str) -> bool:
        """Whether the name is a province's without its kind: 宁夏, 安徽."""
        return any(division.level == "province" and division.name != name for division in self.named(name))

    def cities_called(self, stem: str) -> tuple[Division, ...]:
        """Prefectures by their name without its kind."""
        found = (self._by_code[code][-1] for code in self._stems.get(stem, ()))
        return tuple(division for division in found if division.level == "city")

    def township(self, county: str, name: str) -> Division | None:
        """The township or street of a county by its name, 新港街 and 新港街道办事处 included."""
        return self._townships.in_county(county, name)

    def townships_named(self, name: str) -> tuple[Division, ...]:
        return self._townships.named(name)

    def at(self, text: str, start: int) -> Printed | None:
        """The longest division name that begins at `start`."""
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            codes = self._names.get(name)
            if codes:
                return Printed(name, start, start + length, tuple(codes))
        return None

    def places(self, text: str) -> Iterator[Printed]:
        """All division names in a text, left to right, none inside another."""
        position = 0
        while position < len(text) - 1:
            found = self.at(text, position)
            if found:
                yield found
            position = found.stop if found else position + 1

    def choose(
        self,
        codes: Sequence[str],
        *,
        name: str = "",
        within: Sequence[str] = (),
        text: str = "",
        year: int | None = None,
    ) -> Division | None:
        """The one of several namesakes that is meant: in force under that name in that year (now, if none is given),
        then nearest to the codes of `within`, which come most binding first, then the one that still bore it at the
        year's end (毕节市 of 2011 is the new prefecture, not the old county), then the one whose city or province the
        text prints most often; where none is in force, the last to bear the name, which is printed on for some years.
        Nothing if two remain."""
        in_force = [code for code in codes if any(_covers(row, year) for row in self._spans(code, name))]
        left = list(dict.fromkeys(self.today(code, name) for code in in_force or codes))
        for hint in within:
            left = self._nearest(left, hint)
        if len(left) > 1:
            rows = [row for code in in_force for row in self._spans(code, name) if _covers(row, year)]
            stayed = {self.today(row.code, name) for row in rows if row.valid_to != year}
            left = [code for code in left if code in stayed] or left
        if len(left) > 1 and text:
            left = self._printed_nearby(left, text)
        if len(left) > 1 and not in_force:
            left = [code for code in left if code in self._last_to_bear(name, codes, year)]
        return self._spans(left[0], name)[-1] if len(left) == 1 else None

    def _spans(self, code: str, name: str) -> list[Division]:
        """The rows of a code under a name (130502 was 桥东区 and is 襄都区); all, if it never bore it."""
        for index in (self._names, self._stems):
            if code in index.get(name, {}):
                return index[name][code]
        return self._by_code.get(code, [])

    def _last_to_bear(self, name: str, codes: Sequence[str], year: int | None) -> list[str]:
        """Under the codes of today."""
        ends = {code: max(row.valid_to or 0 for row in self._spans(code, name)) for code in codes}
        last = max((end for end in ends.values() if year is None or end < year), default=None)
        return [self.today(code, name) for code in codes if ends[code] == last]

    def _nearest(self, codes: list[str], hint: str) -> list[str]:
        """Those in the smallest division around the hint that holds any."""
        for around in self.lineage(hint):
            inside = [code for code in codes if self.belongs(code, around.code)]
            if inside:
                return inside
        return codes

    def _printed_nearby(self, codes: list[str], text: str) -> list[str]:
        printed = list(self.places(text))
        scores = []
        for code in codes:
            around = {division.code for division in self.lineage(code)[1:]}
            scores.append(sum(1 for place in printed if around.intersection(place.codes)))
        best = max(scores)
        return [code for code, score in zip(codes, scores, strict=True) if best and score == best] or codes


def _covers(row: Division, year: int | None) -> bool:
    if year is None:
        return row.valid_to is None
    return (row.valid_from or 0) <= year <= (row.valid_to or 9999)


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The reference files that come with the project."""
    with (REFERENCE / "divisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = [
            Division(
                row["code"],
                row["name"],
                row["level"],
                row["parent"] or None,
                int(row["valid_from"]) if row["valid_from"] else None,
                int(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(stream)
        ]
    with (REFERENCE / "successions.csv").open(encoding="utf-8", newline="") as stream:
        successions = {row["code"]: row["later"] for row in csv.DictReader(stream)}
    return Divisions(rows, Townships(REFERENCE / "townships.csv.gz"), successions)
