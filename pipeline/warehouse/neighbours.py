"""After a load: the rules that look at a report's neighbours, anew for every report that has got others.

What was written touches itself, its authority's reports of the years behind it, and all reports of its division on its
year. They are looked at a province and year at a time, some hundred reports at once, so that memory does not grow with
the warehouse. A report's version stays: it has not been corrected because a neighbour came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.checks import checks, run_neighbour_checks
from pipeline.checks.outlier import YEARS
from pipeline.model import Finding
from pipeline.warehouse import tables
from pipeline.warehouse.content import amount
from pipeline.warehouse.database import Connection
from pipeline.warehouse.surroundings import Chunk, neighbourhoods

_AT_ONCE = 500  # reports


def recheck(db: Connection, written: Collection[str]) -> None:
    """Bring the findings about neighbours up to date after these reports were written."""
    if not written:
        return
    db.register("written", tables.table(tables.CONTENTS[:1], [(one,) for one in sorted(written)]))
    db.execute(
        """
        CREATE OR REPLACE TEMP TABLE touched AS
        WITH new AS (SELECT authority_id, year, division[:6] AS place FROM reports SEMI JOIN written USING (report_id))
        SELECT report_id, province, year, division[:6] AS place
        FROM reports
        WHERE (year, division[:6]) IN (SELECT (year, place) FROM new)
           OR EXISTS (
                FROM new
                WHERE new.authority_id = reports.authority_id AND reports.year - new.year BETWEEN 1 AND $years
            )
        """,
        {"years": YEARS},
    )
    db.unregister("written")
    for chunk in _chunks(db):
        _replace(db, chunk, [(one, run_neighbour_checks(around)) for one, around in neighbourhoods(db, chunk)])
    db.execute("DROP TABLE touched")


def _chunks(db: Connection) -> Iterator[Chunk]:
    places = db.execute(
        """
        SELECT touched.province, touched.year, touched.place, count(*)
        FROM touched GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    for (province, year), rows in groupby(places, key=lambda row: (row[0], row[1])):
        together: list[str] = []
        size = 0
        for _, _, place, count in rows:
            if together and size + count > _AT_ONCE:
                yield Chunk(province, year, tuple(together))
                together, size = [], 0
            together.append(place)
            size += count
        yield Chunk(province, year, tuple(together))


@dataclass(frozen=True, slots=True)
class _Judged:
    report_id: str
    mark: str
    findings: Sequence[Finding]


def _replace(db: Connection, chunk: Chunk, found: Sequence[tuple[str, list[Finding]]]) -> None:
    """Only of those reports whose findings are others than before."""
    judged = [_Judged(report, _mark(findings), findings) for report, findings in found]
    db.register("judged", tables.table(tables.CONTENTS[:2], [(one.report_id, one.mark) for one in judged]))
    rows = db.execute(
        """
        SELECT report_id
        FROM judged JOIN nianbao_contents USING (report_id)
        WHERE split_part(nianbao_contents.fingerprint, ':', 2) <> judged.fingerprint
        """
    ).fetchall()
    db.unregister("judged")
    other = {row[0] for row in rows}
    news = [one for one in judged if one.report_id in other]
    if not news:
        return
    db.register("news", tables.table(tables.CONTENTS[:2], [(one.report_id, one.mark) for one in news]))
    rules = [one.name for one in checks().values() if one.scope == "neighbours"]
    where = {"province": chunk.province, "year": chunk.year}
    db.execute(
        """
        DELETE FROM checks
        WHERE province = $province AND year = $year AND list_contains($rules, rule)
            AND report_id IN (SELECT report_id FROM news)
        """,
        {**where, "rules": rules},
    )
    tables.insert(db, "checks", tables.table(tables.CHECKS, _rows(chunk, news)))
    db.execute(
        """
        UPDATE nianbao_contents
        SET fingerprint = split_part(nianbao_contents.fingerprint, ':', 1) || ':' || news.fingerprint
        FROM news WHERE news.report_id = nianbao_contents.report_id
        """
    )
    db.execute(
        """
        UPDATE reports SET checks_failed = counted.failed
        FROM (
            SELECT report_id, (count(*) FILTER (NOT passed))::INTEGER AS failed
            FROM checks SEMI JOIN news USING (report_id)
            WHERE province = $province AND year = $year
            GROUP BY report_id
        ) AS counted
        WHERE counted.report_id = reports.report_id
        """,
        where,
    )
    db.unregister("news")


def _rows(chunk: Chunk, news: Sequence[_Judged]) -> Iterator[tuple[object, ...]]:
    for one in news:
        for finding in one.findings:
            yield (
                one.report_id,
                chunk.province,
                chunk.year,
                finding.rule,
                finding.passed,
                finding.severity,
                finding.item,
                finding.applicant,
                amount(finding.expected),
                amount(finding.actual),
                finding.message,
            )


def _mark(findings: Sequence[Finding]) -> str:
    return hashlib.blake2s(repr(findings).encode(), digest_size=8).hexdigest()


def failed_checks(db: Connection, reports: Collection[str]) -> int:
    """How many checks of these reports have failed, neighbours and all."""
    db.register("asked", tables.table(tables.CONTENTS[:1], [(one,) for one in sorted(reports)]))
    found = db.execute("SELECT coalesce(sum(checks_failed), 0)::BIGINT FROM reports SEMI JOIN asked USING (report_id)")
    count = int(found.fetchall()[0][0])
    db.unregister("asked")
    return count
