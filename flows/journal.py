"""The journal of one pass, DIR/state/passes/<run_id>/: what is to be done, and each fetch and portal as it is done.

A pass removes its journal when it has published. What is found here at the start of another is what a kill left over:
it is gone on with, or its fetches are taken over.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import jsonl
from pipeline.model import Portal, PortalOutcome, Snapshot

# A pass that was killed longer ago than this is not gone on with: its portals deserve a fresh look.
_RESUMABLE_FOR = timedelta(hours=20)


@dataclass(frozen=True)
class PassPlan:
    """What a pass set out to do. Two plans with the same portals, years and `full` are the same work."""

    run_id: str
    started_at: datetime
    portals: tuple[Portal, ...]
    years: tuple[int, ...] = ()
    full: bool = False
    crawls: bool = True  # False: an ingest or a pass over the archive, whose files are still where they were

    def same_work(self, other: PassPlan) -> bool:
        return (self.crawls, self.portals, self.years, self.full) == (
            other.crawls,
            other.portals,
            other.years,
            other.full,
        )


def new_run_id(now: datetime) -> str:
    """Sorts by time."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"


class PassJournal:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def fetches_file(self) -> Path:
        return self.folder / "fetches.jsonl"

    @property
    def portals_file(self) -> Path:
        return self.folder / "portals.jsonl"

    @property
    def hosts(self) -> Path:
        """What crawlers that work at the same time know of hosts. It is good for as long as the pass's process lives:
        the times in it are of a clock that starts with the machine."""
        return self.folder / "hosts"

    def plan(self) -> PassPlan | None:
        """None when the kill came before the plan was written."""
        return next(jsonl.read(self.folder / "pass.json", PassPlan), None)

    def fetches(self) -> list[Snapshot]:
        return list(jsonl.read(self.fetches_file, Snapshot))

    def outcomes(self) -> dict[str, PortalOutcome]:
        """The last word on each portal."""
        return {outcome.portal_id: outcome for outcome in jsonl.read(self.portals_file, PortalOutcome)}

    def add_fetches(self, snapshots: Iterable[Snapshot]) -> None:
        jsonl.append(self.fetches_file, snapshots)

    def remove(self) -> None:
        """The plan goes first: a journal without one is nothing to anybody."""
        (self.folder / "pass.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(frozen=True)
class OpenedPass:
    plan: PassPlan
    journal: PassJournal
    resumed: bool
    adopted: tuple[PassJournal, ...]  # of killed passes with other work, published along with this one


def open_pass(passes: Path, wanted: PassPlan, finished: Collection[str], *, adopts: bool = True) -> OpenedPass:
    """The journal to write to. `finished` are the passes already in the warehouse: killed between publication and
    tidying up, they leave nothing to do. One that does not adopt leaves a killed crawl for the next crawl."""
    resumed: tuple[PassPlan, PassJournal] | None = None
    adopted = []
    for journal, plan in _leftovers(passes):
        if plan is None or plan.run_id in finished or not plan.crawls:
            journal.remove()
        elif resumed is None and plan.same_work(wanted) and wanted.started_at - plan.started_at < _RESUMABLE_FOR:
            resumed = (plan, journal)
        elif adopts:
            adopted.append(journal)
    if resumed is not None:
        shutil.rmtree(resumed[1].hosts, ignore_errors=True)
        return OpenedPass(*resumed, resumed=True, adopted=tuple(adopted))
    journal = PassJournal(passes / wanted.run_id)
    journal.folder.mkdir(parents=True)
    jsonl.append(journal.folder / "pass.json", [wanted])
    return OpenedPass(wanted, journal, resumed=False, adopted=tuple(adopted))


def _leftovers(passes: Path) -> list[tuple[PassJournal, PassPlan | None]]:
    """Youngest first."""
    folders = sorted((path for path in passes.glob("*") if path.is_dir()), reverse=True)
    journals = [PassJournal(folder) for folder in folders]
    return [(journal, journal.plan()) for journal in journals]
