"""Loading reports, a batch at a time: which are new, changed or as they were, and their rows in bulk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice

from pipeline.model import Report
from pipeline.sources import Held, Standing, mean_confidence, says_the_same, substance, takes_over
from pipeline.warehouse import authorities, figures, signatures, tables, versions
from pipeline.warehouse.constraints import Known
from pipeline.warehouse.content import ReportRows, fingerprint
from pipeline.warehouse.database import Connection
from pipeline.warehouse.examining import examine, whole
from pipeline.warehouse.quarantine import Quarantined
from pipeline.warehouse.rows import (
    Entry,
    Names,
    check_rows,
    fact_rows,
    mention_rows,
    report_row,
    section_rows,
)
from pipeline.warehouse.sightings import held, homes, remember, standing_of

_BATCH = 1000  # about 200,000 facts: some 300 MB while it is being turned into columns


class Verdict(StrEnum):
    """What became of a report that came to be loaded."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"  # another place says otherwise, and the stored one stays
    REJECTED = "rejected"


@dataclass(slots=True)
class Tally:
    """How a load's reports fared, for the summary and for the audit trail."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    judged: set[tuple[str, str]] = field(default_factory=set)  # reports that were examined, by key and by file
    seen: set[str] = field(default_factory=set)  # stored reports that the load's own are, by report_id
    written: set[str] = field(default_factory=set)  # those of them that it wrote
    by_url: dict[str, set[Verdict]] = field(default_factory=dict)  # page and file addresses

    def add(self, report: Report, verdict: Verdict, broken: Iterable[Quarantined] = ()) -> None:
        """What is broken in a report that another place has better is no matter."""
        self.verdicts[verdict] += 1
        for url in {report.source.page_url, report.source.file_url}:
            self.by_url.setdefault(url, set()).add(verdict)
        if verdict is not Verdict.KEPT:
            self.quarantined.extend(broken)
            self.judged.add((report.report_id, report.source.file_url))

    def reject(self, report: Report, reason: str) -> None:
        self.add(report, Verdict.REJECTED, [whole(report, reason)])


@dataclass(frozen=True, slots=True)
class _Stored:
    report_id: str
    authority_id: str
    year: int
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Sound:
    """A report that may enter, and what of it may not."""

    rows: ReportRows
    broken: tuple[Quarantined, ...]


def load_reports(db: Connection, reports: Iterable[ReportRows], names: Names, known: Known, now: datetime) -> Tally:
    """`now` is when what is written here begins to hold."""
    tally = Tally()
    seen: set[tuple[str, int]] = set()
    for batch in _batches(reports):
        valid = []
        for rows in batch:
            key = (rows.report.authority.authority_id, rows.report.year)
            examined = examine(rows, known)
            if examined.rows is None:
                tally.add(rows.report, Verdict.REJECTED, examined.broken)
            elif key in seen:
                tally.reject(
                    rows.report, "同一机关同一年度重复 / a second report of this authority and year in one load"
                )
            else:
                seen.add(key)
                valid.append(_Sound(examined.rows, examined.broken))
        entries = list(_judge(db, valid, tally))
        _write(db, entries, names, now)
        tally.written.update(entry.report_id for entry in entries)
        remember(db, (one.rows.report for one in valid))
    return tally


def _batches(reports: Iterable[ReportRows]) -> Iterator[list[ReportRows]]:
    rest = iter(reports)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _judge(db: Connection, batch: Sequence[_Sound], tally: Tally) -> Iterator[Entry]:
    """The entries of a batch that have to be written; the verdict on each goes to the tally."""
    by_id, by_key = _stored(db, [one.rows.report for one in batch])
    standings = held(db, [(stored.authority_id, stored.year) for stored in by_id.values()])
    known = homes(db)
    for one in batch:
        rows, report = one.rows, one.rows.report
        stored = by_key.get((report.authority.authority_id, report.year)) or by_id.get(report.report_id)
        report_id = stored.report_id if stored else report.report_id
        mark = fingerprint(rows)
        if report_id in tally.seen or by_id.get(report.report_id, stored) is not stored:
            tally.reject(report, "编号属于另一份年报 / its key belongs to another report")
            continue
        tally.seen.add(report_id)
        if stored is None:
            verdict = Verdict.NEW
        elif stored.fingerprint == mark:
            verdict = Verdict.UNCHANGED
        elif (place := standings.get((report.authority.authority_id, report.year))) is None:
            verdict = Verdict.CHANGED  # its authority or year is seen otherwise than before
        else:
            verdict = _verdict(place, standing_of(report, known))
        tally.add(report, verdict, one.broken)
        if verdict in (Verdict.NEW, Verdict.CHANGED):
            yield Entry(report_id, stored.version + 1 if stored else 1, mark, rows)


def _verdict(stored: Held, incoming: Standing) -> Verdict:
    if incoming.is_same_place(stored.standing):
        return Verdict.CHANGED
    if says_the_same(incoming, stored):
        return Verdict.UNCHANGED
    return Verdict.CHANGED if takes_over(incoming, stored) else Verdict.KEPT


def _stored(db: Connection, batch: Sequence[Report]) -> tuple[Mapping[str, _Stored], Mapping[tuple[str, int], _Stored]]:
    """What the warehouse holds under a batch's keys: by report and by authority and year."""
    wanted = [(report.report_id, report.authority.authority_id, report.year) for report in batch]
    db.register("wanted", tables.table(tables.KEYS, wanted))
    found = db.execute(
        """
        SELECT report_id, authority_id, year, version, split_part(fingerprint, ':', 1)
        FROM reports
        JOIN nianbao_contents USING (report_id)
        WHERE report_id IN (SELECT report_id FROM wanted)
           OR (authority_id, year) IN (SELECT (authority_id, year) FROM wanted)
        """
    ).fetchall()
    db.unregister("wanted")
    stored = [_Stored(*row) for row in found]
    return {one.report_id: one for one in stored}, {(one.authority_id, one.year): one for one in stored}


def _content_row(entry: Entry, now: datetime) -> tuple[object, ...]:
    said = substance(entry.rows.report)
    return entry.report_id, entry.fingerprint, mean_confidence(entry.rows.report), said.figures, said.text, now


def _write(db: Connection, entries: Sequence[Entry], names: Names, now: datetime) -> None:
    """Put the entries in the place of what was stored under their keys."""
    if not entries:
        return
    changed = [(entry.report_id,) for entry in entries if entry.version > 1]
    if changed:
        db.register("changed", tables.table(tables.CONTENTS[:1], changed))
        versions.supersede(db, now)
        db.unregister("changed")
    contents = tables.table(tables.CONTENTS, [_content_row(entry, now) for entry in entries])
    tables.replace(db, "nianbao_contents", contents, key="report_id")
    reports = tables.table(tables.REPORTS, [report_row(entry, names) for entry in entries])
    tables.replace(db, "reports", reports, key="report_id")
    # In the order of partitions, so that a query on one province and year finds its rows in few row groups.
    ordered = sorted(entries, key=lambda entry: (entry.rows.report.province, entry.rows.report.year, entry.report_id))
    tables.insert(db, "facts", tables.table(tables.FACTS, fact_rows(ordered)))
    figures.store(db, ordered)
    tables.insert(db, "sections", tables.table(tables.SECTIONS, section_rows(ordered)))
    tables.insert(db, "checks", tables.table(tables.CHECKS, check_rows(ordered)))
    tables.insert(db, "mentions", tables.table(tables.MENTIONS, mention_rows(ordered)))
    signatures.store(db, ordered)
    authorities.remember(db, ordered)
