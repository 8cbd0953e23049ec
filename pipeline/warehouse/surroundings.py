"""What the warehouse holds around some reports of one province and year, as their `Neighbourhood`s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks import Amounts, Neighbourhood, Peer, Signature
from pipeline.checks.outlier import YEARS
from pipeline.forms import forms
from pipeline.identity.departments import departments
from pipeline.warehouse.database import Connection, literal
from pipeline.warehouse.signatures import restored


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some divisions of a province, in one year."""

    province: str
    year: int
    places: tuple[str, ...]  # six digits


@dataclass(frozen=True, slots=True)
class _Member:
    """A report on the year in one of the divisions."""

    report_id: str
    authority_id: str
    authority: str
    division: str
    level: str
    department: str
    form: str
    touched: bool

    @property
    def place(self) -> str:
        return self.division[:6]


Cells = dict[tuple[str, str | None], Decimal]


@dataclass(frozen=True, slots=True)
class _Held:
    """By report of this year, or by authority of the years before."""

    amounts: Mapping[str, Cells]
    history: Mapping[str, Mapping[int, Cells]]
    signatures: Mapping[str, Mapping[int, Signature]]
    last_year: Mapping[str, Mapping[int, Signature]]
    headings: Mapping[str, Mapping[int, str]]


def neighbourhoods(db: Connection, chunk: Chunk) -> Iterator[tuple[str, Neighbourhood]]:
    """Of the touched reports of a chunk."""
    members = _members(db, chunk)
    held = _held(db, chunk)
    sums = _sums(db, chunk, members)
    by_place: dict[str, list[_Member]] = {}
    for one in members:
        by_place.setdefault(one.place, []).append(one)
    peers = {
        place: [(one, Peer(one.authority, held.signatures.get(one.report_id, {}))) for one in group]
        for place, group in by_place.items()
    }
    for one in members:
        if one.touched:
            yield (
                one.report_id,
                Neighbourhood(
                    form=forms().get(one.form),
                    year=chunk.year,
                    department=one.department,
                    amounts=held.amounts.get(one.report_id, {}),
                    headings=held.headings.get(one.report_id, {}),
                    signatures=held.signatures.get(one.report_id, {}),
                    history=held.history.get(one.authority_id, {}),
                    last_year=_last_year(held, one.authority_id, chunk.year),
                    peers=tuple(peer for other, peer in peers[one.place] if other is not one),
                    departments=sums.get((one.division, one.level)),
                ),
            )


def _last_year(held: _Held, authority: str, year: int) -> Mapping[int, Signature] | None:
    return held.last_year.get(authority, {}) if year - 1 in held.history.get(authority, {}) else None


def _members(db: Connection, chunk: Chunk) -> list[_Member]:
    db.execute(
        """
        CREATE OR REPLACE TEMP TABLE members AS
        SELECT report_id, authority_id, authority, division, level, department, form,
            report_id IN (SELECT report_id FROM touched) AS touched
        FROM reports
        WHERE province = $province AND year = $year AND list_contains($places, division[:6])
        ORDER BY report_id
        """,
        {"province": chunk.province, "year": chunk.year, "places": list(chunk.places)},
    )
    db.execute(
        """
        CREATE OR REPLACE TEMP TABLE earlier AS
        SELECT reports.report_id, reports.authority_id, reports.province, reports.year
        FROM reports SEMI JOIN (FROM members WHERE touched) AS mine USING (authority_id)
        WHERE reports.year BETWEEN $year - $years AND $year - 1
        """,
        {"year": chunk.year, "years": YEARS},
    )
    return [_Member(*row) for row in db.execute("FROM members").fetchall()]


def _held(db: Connection, chunk: Chunk) -> _Held:
    """Province and year stand in every question, so that the rest of the country is not read."""
    homes = _earlier_homes(db)
    return _Held(
        amounts=_amounts(db, chunk),
        history=_history(db, chunk.year, homes),
        signatures=_signatures(db, chunk),
        last_year=_last_years_signatures(db, chunk.year, homes),
        headings=_headings(db, chunk),
    )


def _amounts(db: Connection, chunk: Chunk) -> dict[str, Cells]:
    rows = db.execute(
        """
        SELECT report_id, item, applicant, amount
        FROM amounts SEMI JOIN (FROM members WHERE touched) AS mine USING (report_id)
        WHERE province = $province AND year = $year
            AND (applicant IS NULL OR applicant = 'total') AND amount IS NOT NULL
        """,
        {"province": chunk.province, "year": chunk.year},
    )
    found: dict[str, Cells] = {}
    for report, item, applicant, value in rows.fetchall():
        found.setdefault(report, {})[item, applicant] = value
    return found


def _earlier_homes(db: Connection) -> str:
    """The provinces of the earlier reports, as constants: a body may have lain in another."""
    rows = db.execute("SELECT DISTINCT province FROM earlier ORDER BY ALL").fetchall()
    return ", ".join(literal(province) for (province,) in rows) or "NULL"


def _history(db: Connection, year: int, homes: str) -> dict[str, dict[int, Cells]]:
    found: dict[str, dict[int, Cells]] = {}
    for authority, earlier in db.execute("SELECT authority_id, year FROM earlier").fetchall():
        found.setdefault(authority, {})[earlier] = {}
    rows = db.execute(
        f"""
        SELECT authority_id, earlier.year, item, applicant, amount
        FROM amounts JOIN earlier USING (report_id)
        WHERE amounts.province IN ({homes}) AND amounts.year BETWEEN $year - $years AND $year - 1
            AND (applicant IS NULL OR applicant = 'total') AND amount IS NOT NULL
        """,  # noqa: S608
        {"year": year, "years": YEARS},
    )
    for authority, earlier, item, applicant, value in rows.fetchall():
        found[authority][earlier][item, applicant] = value
    return found


def _signatures(db: Connection, chunk: Chunk) -> dict[str, dict[int, Signature]]:
    rows = db.execute(
        """
        SELECT report_id, section, hashes
        FROM nianbao_signatures SEMI JOIN members USING (report_id)
        WHERE province = $province AND year = $year
        """,
        {"province": chunk.province, "year": chunk.year},
    )
    return _restored(rows.fetchall())


def _last_years_signatures(db: Connection, year: int, homes: str) -> dict[str, dict[int, Signature]]:
    rows = db.execute(
        f"""
        SELECT authority_id, section, hashes
        FROM nianbao_signatures JOIN earlier USING (report_id)
        WHERE nianbao_signatures.province IN ({homes}) AND nianbao_signatures.year = $year - 1
        """,  # noqa: S608
        {"year": year},
    )
    return _restored(rows.fetchall())


def _restored(rows: Iterable[tuple[str, int, bytes]]) -> dict[str, dict[int, Signature]]:
    found: dict[str, dict[int, Signature]] = {}
    for key, section, hashes in rows:
        found.setdefault(key, {})[section] = restored(hashes)
    return found


def _headings(db: Connection, chunk: Chunk) -> dict[str, dict[int, str]]:
    rows = db.execute(
        """
        SELECT report_id, section, heading
        FROM sections SEMI JOIN (FROM members WHERE touched) AS mine USING (report_id)
        WHERE province = $province AND year = $year
        """,
        {"province": chunk.province, "year": chunk.year},
    )
    found: dict[str, dict[int, str]] = {}
    for report, section, heading in rows.fetchall():
        found.setdefault(report, {})[section] = heading
    return found


def _sums(db: Connection, chunk: Chunk, members: Sequence[_Member]) -> Mapping[tuple[str, str], Amounts]:
    """What the departments of each government print together: bodies of its division and level that it answers for."""
    governments = {(one.division, one.level) for one in members if one.touched and one.department == "government"}
    if not governments:
        return {}
    rows = db.execute(
        """
        SELECT division, level, item, applicant, sum(amount)::DECIMAL(20, 4)
        FROM amounts JOIN members USING (report_id)
        WHERE province = $province AND year = $year AND list_contains($answered_for, department)
            AND (applicant IS NULL OR applicant = 'total') AND amount IS NOT NULL
        GROUP BY ALL
        """,
        {"province": chunk.province, "year": chunk.year, "answered_for": list(departments().answered_for)},
    ).fetchall()
    sums: dict[tuple[str, str], Cells] = {}
    for division, level, item, applicant, value in rows:
        if (division, level) in governments:
            sums.setdefault((division, level), {})[item, applicant] = value
    return sums
