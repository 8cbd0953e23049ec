"""Made-up reports that follow the forms: whole tables, deterministic numbers, any number of authorities and years."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pipeline.forms import forms
from pipeline.model import (
    Authority,
    Division,
    DocumentRecord,
    Fact,
    Finding,
    Kind,
    Mention,
    Outcome,
    Portal,
    PortalOutcome,
    Report,
    RunRecord,
    Section,
    Snapshot,
    Source,
    ValueKind,
)
from pipeline.warehouse import ReportRows

WHEN = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)

DIVISIONS = (
    Division("640000", "宁夏回族自治区", "province", None),
    Division("640200", "石嘴山市", "city", "640000"),
    Division("320000", "江苏省", "province", None),
    Division("320100", "南京市", "city", "320000"),
)


def make_facts(form: str, seed: int = 0) -> tuple[Fact, ...]:
    """Every cell of a form, once."""
    layout = forms()[form]
    applicants = [applicant.code for applicant in layout.applicants]
    cells = [
        (item.item, applicant)
        for item in layout.items
        for applicant in (applicants if layout.per_applicant(item) else [None])
    ]
    return tuple(
        make_fact(item, applicant, Decimal((seed * 7 + number) % 1000))
        for number, (item, applicant) in enumerate(cells)
    )


def make_fact(
    item: str,
    applicant: str | None = None,
    value: Decimal | None = None,
    kind: ValueKind = ValueKind.NUMBER,
    raw: str = "",
) -> Fact:
    return Fact(
        item=item,
        applicant=applicant,
        kind=kind,
        value=value,
        raw=raw or ("" if value is None else str(value)),
        method="cell",
        confidence=1.0,
        cell="table 1, row 2, column 3",
    )


def make_authority(number: int = 1, province: str = "640000", **changes: object) -> Authority:
    made = Authority(
        authority_id=f"{province}-{number:05d}",
        name=f"第{number}局",
        division=province[:2] + "0200" if province == "640000" else province[:2] + "0100",
        level="city",
        department="public_security",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def make_report(
    number: int = 1, year: int = 2024, *, province: str = "640000", form: str = "2021", **changes: object
) -> Report:
    authority = make_authority(number, province)
    made = Report(
        report_id=f"{authority.authority_id}-{year}",
        authority=authority,
        province=province,
        year=year,
        title=f"{authority.name}{year}年政府信息公开工作年度报告",
        form=form,
        status="complete",
        published_on=date(year + 1, 1, 20),
        year_evidence=(("title", year),),
        source=Source(
            portal_id="shizuishan",
            page_url=f"http://portal.example/{authority.authority_id}/{year}.html",
            file_url=f"http://portal.example/{authority.authority_id}/{year}.pdf",
            media_type="application/pdf",
            sha256=f"{number:032x}{year:032x}",
            fetched_at=WHEN,
            extractor="pdf",
        ),
        facts=make_facts(form, seed=number + year) if form != "narrative" else (),
        sections=(Section(0, "", "根据条例编制。"), Section(1, "一、总体情况", f"全年公开信息{number}条。")),
        mentions=(Mention(1, "posts.total", Decimal(number), "条", False, f"全年公开信息{number}条。", 6, 7),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


FINDINGS = (
    Finding("balance", True),
    Finding(
        "applicant_sum",
        False,
        item="outcome.total",
        expected=Decimal(3),
        actual=Decimal(0),
        message="合计不等于各栏之和",
    ),
    Finding("whole_number", None, message="没有印出件数"),
)


def rows(report: Report, findings: tuple[Finding, ...] = FINDINGS) -> ReportRows:
    return ReportRows(report, findings)


def make_run(run_id: str = "r1", started_at: datetime = WHEN) -> RunRecord:
    return RunRecord(run_id, started_at, started_at, "completed", portals=1, pages_requested=9, reports_found=1)


def make_portal(**changes: object) -> Portal:
    made = Portal("shizuishan", "第1局", "640200", "http://portal.example/", columns=("http://portal.example/nb/",))
    return replace(made, **changes)  # type: ignore[arg-type]


def make_outcome(state: str = "ok", reason: str = "") -> PortalOutcome:
    return PortalOutcome("shizuishan", state, True, 9, 9, 1, 0, platform="generic", reason=reason)


def make_document(url: str, run_id: str = "r1", outcome: Outcome = Outcome.LOADED, **changes: object) -> DocumentRecord:
    snapshot = Snapshot(
        url=url,
        portal_id="shizuishan",
        run_id=run_id,
        kind=Kind.REPORT,
        fetched_at=WHEN,
        http_status=200,
        media_type="text/html",
        bytes=1234,
        sha256="ab" * 32,
    )
    return DocumentRecord(replace(snapshot, **changes), outcome)  # type: ignore[arg-type]
