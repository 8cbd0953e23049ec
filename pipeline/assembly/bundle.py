"""A report page and the files it links belong together: one bundle, one report at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.extraction import ExtractStore, Failure
from pipeline.model import Extract, Kind, Snapshot
from pipeline.titles import is_report_title

_ENOUGH_FACTS = 10
_ENOUGH_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class Bundle:
    members: tuple[Snapshot, ...]  # the page first, then its attachments in order


@dataclass(frozen=True, slots=True)
class Reading:
    """A bundle with what its members say."""

    bundle: Bundle
    extracts: tuple[tuple[Snapshot, Extract], ...]
    failures: tuple[tuple[Snapshot, str], ...] = field(default=())

    @property
    def titles(self) -> tuple[str, ...]:
        """Printed titles, best members first, then what links and pages call it."""
        printed = [title for _, extract in self.by_worth for title in extract.titles]
        linked = [member.title for member in self.bundle.members if member.title]
        return tuple(dict.fromkeys(printed + linked))

    @property
    def by_worth(self) -> list[tuple[Snapshot, Extract]]:
        """The member that prints most of a report first."""
        return sorted(self.extracts, key=lambda pair: _worth(pair[1]), reverse=True)


def _worth(extract: Extract) -> tuple[float, int]:
    return sum(fact.confidence for fact in extract.facts), sum(len(section.text) for section in extract.sections)


def bundles(snapshots: Sequence[Snapshot]) -> list[Bundle]:
    """Attachments with the page that links them on the same portal: two portals may list one address."""
    pages = {(snapshot.portal_id, snapshot.url): [snapshot] for snapshot in snapshots if snapshot.kind is Kind.REPORT}
    alone: dict[tuple[str | None, str], list[Snapshot]] = {}
    for snapshot in snapshots:
        if snapshot.kind is Kind.ATTACHMENT:
            page = (snapshot.portal_id, snapshot.page_url)
            pages.get(page, alone.setdefault(page, [])).append(snapshot)
    return [Bundle(tuple(members)) for members in (*pages.values(), *alone.values()) if members]


def read_bundle(bundle: Bundle, store: ExtractStore) -> Reading:
    extracts: list[tuple[Snapshot, Extract]] = []
    failures: list[tuple[Snapshot, str]] = []
    for member in bundle.members:
        if member.shown_on:
            continue  # read with what shows it
        result = Failure(member.error) if member.error else store.get(member)
        if isinstance(result, Failure):
            failures.append((member, result.reason))
        else:
            extracts.append((member, result))
    return Reading(bundle, tuple(extracts), tuple(failures))


def announces_report(reading: Reading) -> bool:
    """Whether it is called a report, whatever could be read of it."""
    return any(is_report_title(title) for title in reading.titles)


def is_something_else(member: Snapshot, extract: Extract) -> bool:
    """Whether a file that lies beside a report is called a look-alike (政府信息公开指南) and prints no table of one."""
    verdicts = {is_report_title(title) for title in (member.title, *extract.titles)}
    return False in verdicts and True not in verdicts and len(extract.facts) < _ENOUGH_FACTS


def is_report(reading: Reading) -> bool:
    """By title first: one that names a look-alike settles it, one that names a report does too unless nothing of a
    report is in it; without a telling title by content."""
    verdicts = {is_report_title(title) for title in reading.titles}
    facts = max((len(extract.facts) for _, extract in reading.extracts), default=0)
    sections = max((len(extract.sections) for _, extract in reading.extracts), default=0)
    if True in verdicts:
        return facts > 0 or sections > 1 or any(len(extract.mentions) > 0 for _, extract in reading.extracts)
    if False in verdicts:
        return False
    return facts >= _ENOUGH_FACTS or (facts > 0 and sections >= _ENOUGH_SECTIONS)
