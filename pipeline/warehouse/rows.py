"""A report as rows of the tables `reports`, `facts`, `sections`, `checks` and `mentions`, in the order of `tables`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import Division
from pipeline.warehouse.content import ReportRows, amount

Rows = Iterator[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A report that is to be written, under the key and version that it gets."""

    report_id: str
    version: int
    fingerprint: str
    rows: ReportRows


def failed_checks(rows: ReportRows) -> int:
    return sum(finding.passed is False for finding in rows.findings)


class Names:
    """What divisions are called in a given year."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        self._by_code: dict[str, list[Division]] = defaultdict(list)
        for division in divisions:
            self._by_code[division.code].append(division)

    def of(self, code: str, year: int) -> str | None:
        """The name in force, else the latest one known."""
        if code == "000000":
            return "中央"
        known = sorted(self._by_code.get(code, ()), key=lambda one: -(one.valid_from or 0))
        for one in known:
            if (one.valid_from or 0) <= year <= (one.valid_to or 9999):
                return one.name
        return known[0].name if known else None


def report_row(entry: Entry, names: Names) -> tuple[object, ...]:
    report, source = entry.rows.report, entry.rows.report.source
    who = report.authority
    return (
        entry.report_id,
        report.province,
        report.year,
        names.of(report.province, report.year),
        who.division,
        names.of(who.division, report.year),
        who.name,
        who.authority_id,
        who.level,
        who.department,
        _known(report.title),
        report.form,
        report.published_on,
        source.portal_id,
        _known(source.page_url),
        _known(source.file_url),
        source.media_type,
        source.sha256,
        source.fetched_at,
        source.extractor,
        len(report.facts),
        failed_checks(entry.rows),
        report.status,
        entry.version,
    )


def _known(text: str) -> str | None:
    """NULL for what is not known."""
    return text or None


def fact_rows(entries: Iterable[Entry]) -> Rows:
    for entry in entries:
        report = entry.rows.report
        place = (entry.report_id, report.province, report.year)
        for fact in report.facts:
            yield (
                *place,
                fact.item,
                fact.applicant,
                fact.kind.value,
                amount(fact.value),
                fact.raw,
                fact.page,
                fact.bbox,
                fact.cell,
                fact.method,
                fact.confidence,
                fact.reason,
            )


def section_rows(entries: Iterable[Entry]) -> Rows:
    for entry in entries:
        report = entry.rows.report
        for part in report.sections:
            yield (entry.report_id, report.province, report.year, part.number, part.heading, part.text)


def check_rows(entries: Iterable[Entry]) -> Rows:
    for entry in entries:
        report = entry.rows.report
        place = (entry.report_id, report.province, report.year)
        for finding in entry.rows.findings:
            values = (amount(finding.expected), amount(finding.actual))
            concerned = (finding.item, finding.applicant)
            yield (*place, finding.rule, finding.passed, finding.severity, *concerned, *values, finding.message)


def mention_rows(entries: Iterable[Entry]) -> Rows:
    for entry in entries:
        report = entry.rows.report
        place = (entry.report_id, report.province, report.year)
        for one in report.mentions:
            number = (amount(one.value), one.unit, one.approximate)
            yield (*place, one.section, one.metric, *number, one.sentence, one.start, one.stop)
