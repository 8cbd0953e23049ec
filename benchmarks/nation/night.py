"""A night's corrections: stored reports of the synthetic nation with one number and the title changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import warehouse
from pipeline.model import Authority, Fact, Finding, Report, Source, ValueKind
from pipeline.warehouse import ReportRows
from pipeline.warehouse.database import Connection
from pipeline.warehouse.opening import read_published
from tests.pipeline.warehouse.synthetic import make_document, make_run

_YEAR = 2025
_PROVINCES = ("330000", "640000")  # 宁夏 small, 浙江 of middling size


def corrections(data: Path, count: int) -> list[ReportRows]:
    """Of neighbouring bodies, as when the portals of some counties are gone over: half in either province."""
    with read_published(data) as db:
        found: list[ReportRows] = []
        for province in _PROVINCES:
            db.execute(
                """
                CREATE OR REPLACE TEMP TABLE chosen AS
                SELECT * FROM reports WHERE province = $province AND year = $year ORDER BY report_id LIMIT $count
                """,
                {"province": province, "year": _YEAR, "count": count // 2},
            )
            rows = db.execute("FROM chosen")
            names = [column[0] for column in rows.description or ()]
            reports = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
            facts, findings = _facts(db, province), _findings(db, province)
            found += [
                ReportRows(_report(one, facts[one["report_id"]]), tuple(findings[one["report_id"]])) for one in reports
            ]
        return found


def load(data: Path, corrected: list[ReportRows]) -> warehouse.LoadResult:
    """By the way that every night takes."""
    return warehouse.load(
        data,
        reports=corrected,
        documents=[make_document(one.report.source.file_url, "night") for one in corrected],
        portals=[],
        outcomes=[],
        run=make_run("night"),
        divisions=(),
    )


def _facts(db: Connection, province: str) -> dict[str, list[Fact]]:
    rows = db.execute(
        """
        SELECT report_id, item, applicant, kind, value, raw, method, confidence, page, bbox, cell, reason
        FROM facts SEMI JOIN chosen USING (report_id) WHERE province = $province AND year = $year
        """,
        {"province": province, "year": _YEAR},
    )
    found: dict[str, list[Fact]] = {}
    while batch := rows.fetchmany(50_000):
        for report, item, applicant, kind, value, raw, method, confidence, page, bbox, cell, reason in batch:
            found.setdefault(report, []).append(
                Fact(
                    item=item,
                    applicant=applicant,
                    kind=ValueKind(kind),
                    value=value,
                    raw=raw,
                    method=method,
                    confidence=confidence,
                    page=page,
                    bbox=tuple(bbox) if bbox else None,
                    cell=cell,
                    reason=reason,
                )
            )
    return found


def _findings(db: Connection, province: str) -> dict[str, list[Finding]]:
    rows = db.execute(
        """
        SELECT report_id, rule, passed, severity, expected, actual, message
        FROM checks SEMI JOIN chosen USING (report_id) WHERE province = $province AND year = $year
        """,
        {"province": province, "year": _YEAR},
    ).fetchall()
    found: dict[str, list[Finding]] = {}
    for report, rule, passed, severity, expected, actual, message in rows:
        found.setdefault(report, []).append(
            Finding(rule, passed, severity=severity, expected=expected, actual=actual, message=message)
        )
    return found


def _report(row: dict[str, Any], facts: list[Fact]) -> Report:
    number = next(place for place, fact in enumerate(facts) if fact.value is not None)
    more = (facts[number].value or Decimal(0)) + 1
    facts[number] = replace(facts[number], value=more, raw=f"{more.normalize():f}")
    return Report(
        report_id=row["report_id"],
        authority=Authority(row["authority_id"], row["authority"], row["division"], row["level"], row["department"]),
        province=row["province"],
        year=row["year"],
        title=row["title"] + "（更正）",
        form=row["form"],
        status=row["status"],
        published_on=row["published_on"],
        year_evidence=(("title", row["year"]),),
        source=Source(
            portal_id=row["portal_id"],
            page_url=row["page_url"],
            file_url=row["file_url"],
            media_type=row["media_type"],
            sha256="0" * 64,
            fetched_at=row["fetched_at"],
            extractor=row["extractor"],
        ),
        facts=tuple(facts),
        sections=(),
        mentions=(),
    )
