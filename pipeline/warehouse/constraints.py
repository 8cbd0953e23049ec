"""What rows must keep to enter the tables: keys, references, codes, ranges. Each function gives the reason against one,
None where there is none. The tables' own constraints say the same in part, but would stop the load."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from pipeline.checks import checks
from pipeline.forms import Form, forms
from pipeline.identity.departments import departments
from pipeline.model import Fact, Finding, Mention, Report, Section, ValueKind
from pipeline.numerals import prints_minus
from pipeline.resources import CONFIG
from pipeline.warehouse.codes import code_labels

_LIMIT = Decimal(10) ** 16  # DECIMAL(20, 4)
_INTEGER = 2**31
_CLOCKS = timedelta(days=1)  # a day begins in China before it does where the time is kept
_CENTRAL = "000000"


@dataclass(frozen=True, slots=True)
class Known:
    """What references are held against; a dictionary that the warehouse does not have says nothing."""

    divisions: frozenset[str] = frozenset()
    portals: frozenset[str] = frozenset()


# --- a report ------------------------------------------------------------------------------------------


def report_reason(report: Report, known: Known) -> str | None:
    who = report.authority
    if not report.report_id or not who.authority_id or not who.name:
        return "机关或编号缺失 / no authority or key"
    return _place_reason(report, known) or _code_reason(report) or _year_reason(report) or _head_reason(report)


def _place_reason(report: Report, known: Known) -> str | None:
    province, division = report.province, report.authority.division
    if not _digits(province, (6,)) or not province.endswith("0000") or not _digits(division, (6, 9)):
        return f"区划代码有误 / not a division code: {province}, {division}"
    unknown = {province, division} - known.divisions - {_CENTRAL}
    if known.divisions and unknown:
        return f"未知区划 / unknown division: {', '.join(sorted(unknown))}"
    portal = report.source.portal_id
    if known.portals and portal is not None and portal not in known.portals:
        return f"未知门户 / unknown portal: {portal}"
    return None


def _digits(code: str, lengths: tuple[int, ...]) -> bool:
    return len(code) in lengths and code.isascii() and code.isdigit()


def _code_reason(report: Report) -> str | None:
    for column, code in (
        ("level", report.authority.level),
        ("status", report.status),
        ("form", report.form),
        ("extractor", report.source.extractor),
    ):
        if code not in code_labels("reports", column):
            return f"未知代码 / unknown code: {column} {code}"
    if report.authority.department not in departments().codes:
        return f"未知代码 / unknown code: department {report.authority.department}"
    return None


def _year_reason(report: Report) -> str | None:
    if not first_year() <= report.year <= report.source.fetched_at.year:
        return f"年度有误 / not a year that a report can be about: {report.year}"
    return None


def _head_reason(report: Report) -> str | None:
    source = report.source
    return _text_reason(report.report_id, report.title, report.authority.name, source.page_url, source.file_url)


def day_reason(report: Report) -> str | None:
    """Against the date of publication."""
    day = report.published_on
    if day is not None and not date(report.year, 1, 1) <= day <= report.source.fetched_at.date() + _CLOCKS:
        return f"发布日期有误 / cannot have been published then: {day}"
    return None


@lru_cache(maxsize=1)
def first_year() -> int:
    return int(tomllib.loads((CONFIG / "constraints.toml").read_text(encoding="utf-8"))["first_year"])


# --- its parts -----------------------------------------------------------------------------------------


def fact_reason(fact: Fact, form: str) -> str | None:
    if (fact.item, fact.applicant) not in _cells(form):
        return f"未知指标 / the form has no such cell: {fact.item} {fact.applicant or ''}".rstrip()
    if (fact.value is not None) != (fact.kind is ValueKind.NUMBER):
        return f"数值与类型不符 / value and kind disagree: {fact.kind}, {fact.value}"
    if fact.method not in code_labels("facts", "method") or not 0 <= fact.confidence <= 1:
        return f"读法或可信度有误 / method or confidence is wrong: {fact.method}, {fact.confidence}"
    if fact.page is not None and not 1 <= fact.page < _INTEGER:
        return f"页码有误 / not a page: {fact.page}"
    reason = _value_reason(fact.value)
    if reason is None and fact.value is not None and fact.value < 0 and not prints_minus(fact.raw):
        reason = f"负数而原文无负号 / below zero, though no minus is printed: {fact.value}"
    return reason or _text_reason(fact.raw, fact.cell or "", fact.reason)


@lru_cache(maxsize=8)
def _cells(form: str) -> frozenset[tuple[str, str | None]]:
    """A report without a form may print cells of any."""
    layouts = [forms()[form]] if form in forms() else list(forms().values())
    return frozenset(cell for layout in layouts for cell in _cells_of(layout))


def _cells_of(form: Form) -> set[tuple[str, str | None]]:
    applicants = [one.code for one in form.applicants]
    return {(item.item, one) for item in form.items for one in (applicants if form.per_applicant(item) else [None])}


def section_reason(section: Section) -> str | None:
    if not 0 <= section.number < _INTEGER:
        return f"部分序号有误 / not a section's number: {section.number}"
    return _text_reason(section.heading, section.text)


def mention_reason(mention: Mention, lengths: Mapping[int, int]) -> str | None:
    """`lengths` are those of the sections' texts, by number."""
    if not 0 <= mention.start < mention.stop <= lengths.get(mention.section, -1):
        return f"不在正文中 / stands in no section: {mention.section}, {mention.start}-{mention.stop}"
    return _value_reason(mention.value) or _text_reason(mention.sentence, mention.unit, mention.metric or "")


def finding_reason(finding: Finding) -> str | None:
    if finding.rule not in checks() or finding.severity not in code_labels("checks", "severity"):
        return f"未知规则或严重程度 / unknown rule or severity: {finding.rule}, {finding.severity}"
    return _value_reason(finding.expected) or _value_reason(finding.actual) or _text_reason(finding.message)


def _value_reason(value: Decimal | None) -> str | None:
    if value is not None and not (value.is_finite() and abs(value) < _LIMIT):
        return f"数值超出范围 / a value out of range: {value:.3E}"
    return None


def _text_reason(*texts: str) -> str | None:
    try:
        "".join(texts).encode("utf-8")
    except UnicodeEncodeError:
        return "文字含无效字符 / text with characters that are none"
    return None
