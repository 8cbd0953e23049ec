"""From a pass's snapshots and their extracts to reports: what belongs together, whether it is a report, who says it
and about which year; and for every document what became of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.assembly import years
from pipeline.assembly.bundle import Reading, announces_report, bundles, is_report, read_bundle
from pipeline.assembly.dates import published_on
from pipeline.assembly.merge import merged_facts, merged_sections
from pipeline.assembly.packed import archive_records, opened_archives, parted
from pipeline.completeness import status_of
from pipeline.extraction import ExtractStore
from pipeline.identity import Context, report_authority
from pipeline.model import (
    Authority,
    DocumentRecord,
    Extract,
    Kind,
    Outcome,
    Overrides,
    Portal,
    Report,
    Snapshot,
    Source,
)
from pipeline.sources import Held, Key, choose, standing_on
from pipeline.titles import is_report_title

__all__ = ["Assembly", "assemble"]


@dataclass(frozen=True, slots=True)
class Assembly:
    reports: tuple[Report, ...]  # one of each authority and year
    documents: tuple[DocumentRecord, ...]
    duplicates: tuple[Report, ...] = ()  # what the other places say


Known = Callable[[Collection[Key]], Mapping[Key, Held]]  # what is held of these reports


_PAGES = {"text/html", "application/xhtml+xml"}


class _NoReport(Exception):
    """Why a bundle gives none."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome


def assemble(
    snapshots: Sequence[Snapshot],
    store: ExtractStore,
    portals: Mapping[str, Portal],
    years_wanted: Sequence[int] = (),
    known: Known = lambda keys: {},
) -> Assembly:
    made: list[tuple[Report, Reading]] = []
    documents: list[DocumentRecord] = [_listing(snapshot) for snapshot in snapshots if not _may_hold_report(snapshot)]
    archives, single = opened_archives([snapshot for snapshot in snapshots if _may_hold_report(snapshot)], store)
    readings = (reading for bundle in bundles(single) for reading in parted(read_bundle(bundle, store)))
    for reading in readings:
        try:
            portal = portals.get(reading.bundle.members[0].portal_id or "")
            made.append((_report(reading, portal, years_wanted), reading))
        except _NoReport as verdict:
            documents += [_without_report(member, reading, verdict) for member in reading.bundle.members]
    chosen = _one_of_each([report for report, _ in made], portals, known)
    for report, reading in made:
        documents += _with_report(reading, report, is_chosen=chosen[_key(report)] is report)
    documents += archive_records(archives, documents)
    duplicates = tuple(report for report, _ in made if chosen[_key(report)] is not report)
    return Assembly(tuple(chosen.values()), tuple(documents), duplicates)


def _may_hold_report(snapshot: Snapshot) -> bool:
    return snapshot.kind in {Kind.REPORT, Kind.ATTACHMENT}


# --- one report ----------------------------------------------------------------------------------------


def _report(reading: Reading, portal: Portal | None, years_wanted: Sequence[int]) -> Report:
    overrides = reading.bundle.members[0].overrides or Overrides()
    if not reading.extracts:
        raise _NoReport(Outcome.FAILED, reading.failures[0][1])
    if not is_report(reading):
        if reading.failures and announces_report(reading):
            raise _NoReport(Outcome.FAILED, f"附件未能读取 / its attachment cannot be read: {reading.failures[0][1]}")
        raise _NoReport(Outcome.NOT_A_REPORT, "标题和内容不是年度报告 / neither title nor content is a report's")
    extracts = [extract for _, extract in reading.by_worth]
    found, year = _year(reading, overrides)
    if years_wanted and year not in years_wanted:
        raise _NoReport(Outcome.NOT_A_REPORT, f"不在所选年度内 / about {year}, which was not asked for")
    extracts = _about(year, extracts)
    sections, mentions = merged_sections(extracts)
    preamble = "\n".join(section.text for section in sections if section.number <= 1)
    authority = _authority(reading, portal, overrides, year, preamble)
    facts = merged_facts(extracts)
    return Report(
        report_id=f"{authority.authority_id}-{year}",
        authority=authority,
        province=overrides.province or authority.division[:2] + "0000",
        year=year,
        title=_title(reading),
        form=extracts[0].form,
        status=status_of(extracts[0].form, facts),
        published_on=published_on(reading, year),
        year_evidence=found,
        source=_source(reading, extracts[0]),
        facts=facts,
        sections=sections,
        mentions=mentions,
    )


def _about(year: int, extracts: Sequence[Extract]) -> list[Extract]:
    """Without the files about another year: last year's report hangs on the same page now and then."""
    own = [extract for extract in extracts if years.own_year(extract) in (None, year)]
    return own or list(extracts)


def _year(reading: Reading, overrides: Overrides) -> tuple[years.Evidence, int]:
    extracts = [extract for _, extract in reading.by_worth]
    found = years.evidence(
        [title for extract in extracts for title in extract.titles],
        next((extract.period_year for extract in extracts if extract.period_year), None),
        [member.title for member in reading.bundle.members],
    )
    year = overrides.year or years.year_of(found)
    if year is None:
        raise _NoReport(Outcome.FAILED, "看不出报告年度 / the year it is about cannot be told")
    return found, year


def _authority(reading: Reading, portal: Portal | None, overrides: Overrides, year: int, preamble: str) -> Authority:
    context = Context(
        portal_authority=portal.authority if portal else "",
        portal_division=portal.division if portal else None,
        text=preamble,
        source=next((extract.source for _, extract in reading.extracts if extract.source), ""),
        province=overrides.province,
        authority=overrides.authority,
        year=year,
    )
    authority = report_authority(reading.titles, context)
    if authority is None and overrides.authority:
        raise _NoReport(Outcome.FAILED, f"不认识所给的机关 / the given authority is unknown: {overrides.authority}")
    if authority is None:
        raise _NoReport(Outcome.FAILED, "看不出发布机关 / who published it cannot be told")
    return authority


def _title(reading: Reading) -> str:
    return next(
        (title for title in reading.titles if is_report_title(title)), reading.titles[0] if reading.titles else ""
    )


def _source(reading: Reading, extract: Extract) -> Source:
    """Where the numbers stand; a page without an attachment is its own place."""
    best = next(member for member, one in reading.by_worth if one is extract)
    in_page = best.portal_id is not None and best.kind is Kind.REPORT and best.media_type in _PAGES
    return Source(
        portal_id=best.portal_id,
        page_url=best.url if in_page else best.page_url,
        file_url="" if in_page else best.url,
        media_type=best.media_type,
        sha256=best.sha256,
        fetched_at=best.fetched_at,
        extractor=extract.extractor,
    )


# --- the same report from several places ---------------------------------------------------------------


def _key(report: Report) -> Key:
    return report.authority.authority_id, report.year


def _one_of_each(reports: Sequence[Report], portals: Mapping[str, Portal], known: Known) -> dict[Key, Report]:
    places: dict[Key, list[Report]] = {}
    for report in reports:
        places.setdefault(_key(report), []).append(report)
    held = known({key for key, several in places.items() if len(several) > 1})
    return {key: _believed(several, portals, held.get(key)) for key, several in places.items()}


def _believed(several: Sequence[Report], portals: Mapping[str, Portal], held: Held | None) -> Report:
    """By the rule of `pipeline.sources`."""
    if len(several) == 1:
        return several[0]
    ordered = sorted(several, key=_longest_first)
    standings = [standing_on(portals.get(report.source.portal_id or ""), report) for report in ordered]
    return ordered[standings.index(choose(standings, held))]


def _longest_first(report: Report) -> tuple[int, str]:
    """An order that does not depend on which page came first."""
    return -sum(len(section.text) for section in report.sections), report.source.page_url or report.source.file_url


# --- what became of the documents ----------------------------------------------------------------------


def _listing(snapshot: Snapshot) -> DocumentRecord:
    if snapshot.error:
        return DocumentRecord(snapshot, Outcome.FAILED, snapshot.error)
    return DocumentRecord(snapshot, Outcome.UNCHANGED if snapshot.unchanged else Outcome.NOT_A_REPORT)


def _without_report(member: Snapshot, reading: Reading, verdict: _NoReport) -> DocumentRecord:
    own = _failures(reading).get(member.url)
    return DocumentRecord(member, Outcome.FAILED, own) if own else DocumentRecord(member, verdict.outcome, str(verdict))


def _failures(reading: Reading) -> dict[str, str]:
    return {snapshot.url: reason for snapshot, reason in reading.failures}


def _with_report(reading: Reading, report: Report, *, is_chosen: bool) -> list[DocumentRecord]:
    failed = _failures(reading)
    doubts = {snapshot.url: "; ".join(extract.doubts) for snapshot, extract in reading.extracts}
    records = []
    for member in reading.bundle.members:
        if member.url in failed:
            records.append(DocumentRecord(member, Outcome.FAILED, failed[member.url]))
        elif not is_chosen:
            records.append(DocumentRecord(member, Outcome.DUPLICATE, f"同一报告 / the same report: {report.report_id}"))
        else:
            outcome = Outcome.UNCHANGED if member.unchanged else Outcome.LOADED
            records.append(DocumentRecord(member, outcome, doubts.get(member.url, "")))
    return records
