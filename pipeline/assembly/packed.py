"""Documents that came in archives: the reports of several bodies or years in one archive are reports of their own, the
parts of a single one belong together and to the page that the archive hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.assembly.bundle import Bundle, Reading, announces_report, is_report, is_something_else
from pipeline.extraction import ExtractStore
from pipeline.model import DocumentRecord, Outcome, Snapshot
from pipeline.packed import is_archive

_BEST_FIRST = (Outcome.LOADED, Outcome.UNCHANGED, Outcome.DUPLICATE, Outcome.FAILED, Outcome.NOT_A_REPORT)


def opened_archives(
    snapshots: Sequence[Snapshot], store: ExtractStore
) -> tuple[list[tuple[Snapshot, int]], list[Snapshot]]:
    """Archives whose files stand in for them, with the number of these; and everything else."""
    archives: list[tuple[Snapshot, int]] = []
    others: list[Snapshot] = []
    for snapshot in snapshots:
        members = store.members(snapshot) if is_archive(snapshot.media_type) and not snapshot.error else ()
        if members:
            archives.append((snapshot, len(members)))
        else:
            others.append(snapshot)
    return archives, others


def parted(reading: Reading) -> list[Reading]:
    """The reading as it is, or one for each report that stands on its own in an archive, one for each file in it that
    is something else, and one for what is left."""
    alone = {member.url: _of([member], reading) for member in reading.bundle.members if _is_packed(member)}
    reports = [url for url, single in alone.items() if single.extracts and is_report(single)]
    called = [url for url in reports if announces_report(alone[url])]
    apart = called or reports
    others = {member.url for member, extract in reading.extracts if is_something_else(member, extract)}
    others &= alone.keys()
    apart = [*(apart if len(apart) > 1 else ()), *(url for url in alone if url in others)]
    rest = [member for member in reading.bundle.members if member.url not in apart]
    return [*(alone[url] for url in apart), *([_of(rest, reading)] if rest else [])]


def archive_records(
    archives: Sequence[tuple[Snapshot, int]], documents: Sequence[DocumentRecord]
) -> list[DocumentRecord]:
    """What became of an archive, given with how many files it holds, is what became of the best of them."""
    outcomes: dict[str, set[Outcome]] = {archive.url: set() for archive, _ in archives}
    for record in documents:
        for url in _archives_of(record.snapshot.url):
            outcomes.get(url, set()).add(record.outcome)
    return [
        DocumentRecord(archive, _best(outcomes[archive.url]), f"压缩包内 {count} 个文件 / {count} files in it")
        for archive, count in archives
    ]


def _best(outcomes: set[Outcome]) -> Outcome:
    return next((outcome for outcome in _BEST_FIRST if outcome in outcomes), Outcome.NOT_A_REPORT)


def _archives_of(url: str) -> Iterator[str]:
    """The addresses that a file at `url` may have been unpacked from: `a.zip` and `a.zip#b.zip` of `a.zip#b.zip/c`."""
    archive, mark, name = url.partition("#")
    if mark:
        yield archive
    for slash in (place for place, char in enumerate(name) if char == "/"):
        yield f"{archive}#{name[:slash]}"


def _is_packed(member: Snapshot) -> bool:
    return member.archived is not None and bool(member.archived.member)


def _of(members: Sequence[Snapshot], reading: Reading) -> Reading:
    urls = {member.url for member in members}
    return Reading(
        Bundle(tuple(members)),
        tuple(pair for pair in reading.extracts if pair[0].url in urls),
        tuple(pair for pair in reading.failures if pair[0].url in urls),
    )
