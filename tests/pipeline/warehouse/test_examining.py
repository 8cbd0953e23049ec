"""What of a report may enter: its broken parts stay out one by one, and it is judged anew without them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.model import Fact, Finding, Section
from pipeline.warehouse import ReportRows
from pipeline.warehouse.constraints import Known
from pipeline.warehouse.examining import Examined, examine
from tests.pipeline.warehouse.synthetic import FINDINGS, make_report, rows

REPORT = make_report(1)
FIRST, *REST = REPORT.facts


def examined(*facts: Fact) -> Examined:
    return examine(rows(replace(REPORT, facts=(*facts, *REST))), Known())


def entered(found: Examined) -> ReportRows:
    assert found.rows is not None
    return found.rows


def test_what_breaks_nothing_enters_as_it_is() -> None:
    assert examine(rows(REPORT), Known()) == Examined(rows(REPORT), ())


def test_a_broken_cell_stays_out_alone_and_the_report_is_judged_without_it() -> None:
    found = examined(replace(FIRST, value=Decimal(-1)))
    report, findings = entered(found).report, entered(found).findings
    assert report.facts == tuple(REST)
    assert report.status == "partial"
    assert FIRST.item in {one.item for one in findings if one.rule == "missing_item" and one.passed is False}
    (one,) = found.broken
    assert (one.table, one.key) == ("facts", f"{REPORT.report_id} {FIRST.item}")
    assert json.loads(one.row) | {"value": "-1", "raw": FIRST.raw} == json.loads(one.row)


def test_one_cell_read_twice_stays_once_and_not_at_all_where_the_readings_differ() -> None:
    same, other = examined(FIRST, FIRST), examined(FIRST, replace(FIRST, value=Decimal(9999), raw="9999"))
    assert (len(entered(same).report.facts), len(same.broken)) == (len(REPORT.facts), 1)
    assert (len(entered(other).report.facts), len(other.broken)) == (len(REST), 2)


def test_a_section_that_stays_out_takes_its_mentions_along() -> None:
    found = examine(rows(replace(REPORT, sections=(Section(0, "", "根据条例编制。"), Section(-1, "", "")))), Known())
    assert [one.table for one in found.broken] == ["sections", "mentions"]
    assert (entered(found).report.mentions, len(entered(found).report.sections)) == ((), 1)


def test_a_finding_that_cannot_be_stays_out_and_the_others_as_they_are() -> None:
    found = examine(rows(REPORT, (*FINDINGS, Finding("astrology", True))), Known())
    assert (entered(found).findings, [one.table for one in found.broken]) == (FINDINGS, ["checks"])


def test_an_impossible_day_is_not_known_and_the_report_enters() -> None:
    found = examine(rows(replace(REPORT, published_on=date(2099, 1, 1))), Known())
    assert (entered(found).report.published_on, entered(found).report.facts) == (None, REPORT.facts)
    assert ["2099-01-01" in one.row for one in found.broken] == [True]


def test_a_report_under_a_doubtful_name_stays_out_whole() -> None:
    found = examine(rows(replace(REPORT, year=20244)), Known())
    assert (found.rows, [(one.table, one.key) for one in found.broken]) == (None, [("reports", REPORT.report_id)])


def test_what_cannot_be_written_is_written_out() -> None:
    (one,) = examined(replace(FIRST, raw="\ud800")).broken
    assert json.loads(one.row)["raw"] == "\ud800"
    assert one.row.encode("utf-8")
