"""What a report says, apart from where it was found: its fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Fact, Finding, Report

_QUANTUM = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ReportRows:
    """One report as it goes into the warehouse."""

    report: Report
    findings: tuple[Finding, ...]


def amount(value: Decimal | None) -> Decimal | None:
    """In the scale of the columns."""
    return None if value is None else value.quantize(_QUANTUM)


def encodable(text: str) -> str:
    """With half characters, which a JSON listing may hold and no file can, written out: \\ud800."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def fingerprint(rows: ReportRows) -> str:
    """A hash over everything a report's rows hold except where and when it was fetched: the same report on a mirror
    column, or in a page whose menu changed, is the same report."""
    report = rows.report
    who = report.authority
    digest = hashlib.sha256()
    head = (
        (who.authority_id, who.name, who.division, who.level, who.department),
        (report.province, report.year, report.title, report.form, report.status, str(report.published_on)),
    )
    _add(digest, (repr(head),))
    _add(digest, (repr(_fact(fact)) for fact in report.facts))
    _add(digest, (repr((part.number, part.heading, part.text)) for part in report.sections))
    _add(
        digest,
        (
            repr((one.section, one.metric, str(amount(one.value)), one.unit, one.approximate, one.start, one.stop))
            for one in report.mentions
        ),
    )
    _add(digest, (repr(_finding(finding)) for finding in rows.findings))
    return digest.hexdigest()


def _add(digest: hashlib._Hash, lines: Iterable[str]) -> None:
    """In an order of its own, so that the order in which rows are read or checked does not matter."""
    for line in sorted(lines):
        digest.update(line.encode("utf-8", "backslashreplace") + b"\n")
    digest.update(b"\n")


def _fact(fact: Fact) -> tuple[object, ...]:
    value = str(amount(fact.value))
    place = (fact.page, fact.bbox, fact.cell)
    return (
        fact.item,
        fact.applicant,
        str(fact.kind),
        value,
        fact.raw,
        place,
        fact.method,
        fact.confidence,
        fact.reason,
    )


def _finding(finding: Finding) -> tuple[object, ...]:
    values = (str(amount(finding.expected)), str(amount(finding.actual)))
    place = (finding.rule, finding.item, finding.applicant)
    return (place, finding.passed, finding.severity, values, finding.message)
