"""What a report says, apart from where it was found: its fingerprint, and what forbids it to enter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.forms import forms
from pipeline.model import Fact, Finding, Report, ValueKind
from pipeline.sources import STATUSES

_QUANTUM = Decimal("0.0001")
_LIMIT = Decimal(10) ** 16  # DECIMAL(20, 4)
_LEVELS = {"central", "province", "city", "county", "township"}
_METHODS = {"cell", "ocr", "text", "image"}
_SEVERITIES = {"error", "warning"}


@dataclass(frozen=True, slots=True)
class ReportRows:
    """One report as it goes into the warehouse."""

    report: Report
    findings: tuple[Finding, ...]


def amount(value: Decimal | None) -> Decimal | None:
    """In the scale of the columns."""
    return None if value is None else value.quantize(_QUANTUM)


# --- has it changed? -----------------------------------------------------------------------------------


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


# --- may it enter? -------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _items() -> frozenset[str]:
    return frozenset(item.item for form in forms().values() for item in form.items)


def violation(rows: ReportRows) -> str | None:
    """Why a report may not enter, None if it may. The tables' constraints say the same, but would stop the load."""
    report = rows.report
    who = report.authority
    if not report.report_id or not who.authority_id or not who.name:
        return "机关或编号缺失 / no authority or key"
    if who.level not in _LEVELS or report.status not in STATUSES:
        return f"未知代码 / unknown code: {who.level}, {report.status}"
    if not _digits(report.province, (6,)) or not report.province.endswith("0000") or not _digits(who.division, (6, 9)):
        return f"区划代码有误 / not a division code: {report.province}, {who.division}"
    if not 1990 <= report.year <= 2200:
        return f"年度有误 / not a year: {report.year}"
    if any(part.number < 0 for part in report.sections) or any(one.section < 0 for one in report.mentions):
        return "部分序号有误 / a section's number is below zero"
    if any(finding.severity not in _SEVERITIES for finding in rows.findings):
        return "未知的严重程度 / unknown severity of a finding"
    return _fact_violation(report) or _value_violation(rows) or _text_violation(rows)


def _digits(code: str, lengths: tuple[int, ...]) -> bool:
    return len(code) in lengths and code.isascii() and code.isdigit()


def _fact_violation(report: Report) -> str | None:
    seen = set()
    for fact in report.facts:
        key = (fact.item, fact.applicant)
        if key in seen:
            return f"指标重复 / the same cell twice: {fact.item} {fact.applicant or ''}".rstrip()
        seen.add(key)
        if fact.item not in _items():
            return f"未知指标 / unknown item: {fact.item}"
        if (fact.value is not None) != (fact.kind is ValueKind.NUMBER):
            return f"数值与类型不符 / value and kind disagree: {fact.item}"
        if fact.method not in _METHODS or not 0 <= fact.confidence <= 1:
            return f"读法或可信度有误 / method or confidence is wrong: {fact.item}"
    return None


def _value_violation(rows: ReportRows) -> str | None:
    values = [fact.value for fact in rows.report.facts]
    values += [mention.value for mention in rows.report.mentions]
    values += [value for finding in rows.findings for value in (finding.expected, finding.actual)]
    for value in values:
        if value is not None and not (value.is_finite() and abs(value) < _LIMIT):
            return f"数值超出范围 / a value out of range: {value:.3E}"
    return None


def _text_violation(rows: ReportRows) -> str | None:
    report = rows.report
    texts = [report.title, report.authority.name, report.source.page_url, report.source.file_url]
    texts += [text for fact in report.facts for text in (fact.raw, fact.cell or "", fact.reason)]
    texts += [text for section in report.sections for text in (section.heading, section.text)]
    texts += [text for mention in report.mentions for text in (mention.sentence, mention.unit, mention.metric or "")]
    texts += [finding.message for finding in rows.findings]
    try:
        "".join(texts).encode("utf-8")
    except UnicodeEncodeError:
        return "文字含无效字符 / text with characters that are none"
    return None
