"""What crawls remember of one portal, `<memory>/<portal_id>.jsonl`: every address with what it last brought. In hand is
only where the line about an address stands; it is read when it is asked for.

The file is a journal: lines are appended as things arrive, the last line about an address counts, and a finished
portal's file is rewritten without the others. A line of the current run means: not to be asked again.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from crawlers.columns import Known, read_known, write_known
from crawlers.exchange import Trouble
from crawlers.keys import Numbers
from pipeline import jsonl
from pipeline.model import Candidate, Snapshot
from pipeline.titles import year_of_title

# A report that its listing announces unchanged is asked again only after so long: corrections of a finished year's are
# rare, those of the season's are what readers wait for.
_FINISHED_YEAR = timedelta(days=30)
_THIS_SEASON = timedelta(days=7)
_READ = 40  # lines that are held, of those read last: a row is judged, visited and compared


@dataclass(frozen=True, slots=True)
class Remembered:
    key: str  # exchange.Ask.key
    snapshot: Snapshot
    checked_at: datetime  # when the server was last asked, which an unchanged answer renews
    etag: str = ""
    last_modified: str = ""
    rendered: bool = False
    attachments: tuple[Candidate, ...] = ()  # of a report page, so that it need not be parsed again
    deleted: bool = False  # the server said that it is there no more; what it brought before is kept

    def is_announced_by(self, title: str, listed_on: date | None) -> bool:
        """Whether a row says of this address what it said before; a corrected report shows in its title or date."""
        said = self.snapshot
        if said.title and title and said.title != title:
            return False
        return said.listed_on is None or listed_on is None or said.listed_on == listed_on

    def is_due(self, now: datetime) -> bool:
        year = year_of_title(self.snapshot.title)
        patience = _THIS_SEASON if year is None or year >= now.year - 1 else _FINISHED_YEAR
        return now - self.checked_at >= patience

    @property
    def validators(self) -> dict[str, str]:
        """Headers of a conditional request. A rendered page has none: its bytes are the browser's, not the server's."""
        if self.rendered:
            return {}
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value}


class Memory:
    def __init__(self, folder: Path, portal_id: str, run_id: str, *, full: bool) -> None:
        self._path = folder / f"{portal_id}.jsonl"
        self._known_path = folder / f"{portal_id}.columns.json"
        self._run_id = run_id
        self._full = full
        self._this_run = Numbers()  # where the last line about an address stands
        self._earlier = Numbers()
        self._read: OrderedDict[int, Remembered] = OrderedDict()
        self._begin = self._path.stat().st_size if self._path.exists() else 0  # where our own lines begin
        for place, _, line in jsonl.placed(self._path, Remembered):
            if line.snapshot.run_id == run_id:
                self._this_run[line.key] = place
            elif line.snapshot.archived is not None:
                self._earlier[line.key] = place
        self._begins_anew = full or not self._earlier

    def of_this_run(self, key: str) -> Remembered | None:
        return self._line(self._this_run.get(key))

    def is_anothers(self, key: str) -> bool:
        """Whether it is of this run, and an interrupted process of it has brought it."""
        place = self._this_run.get(key)
        return place is not None and place < self._begin

    def earlier(self, key: str) -> Remembered | None:
        """What another run brought from there; a full crawl remembers nothing."""
        return None if self._begins_anew else self._line(self._earlier.get(key))

    def holds(self, key: str) -> bool:
        """Whether another run brought something from there."""
        return not self._begins_anew and key in self._earlier

    def known(self) -> Known | None:
        """The portal's columns and reports, as an earlier night left them."""
        return None if self._full else read_known(self._known_path)

    def keep_known(self, known: Known) -> None:
        write_known(self._known_path, known)

    def learn(self, line: Remembered) -> None:
        self._this_run[line.key] = jsonl.append(self._path, [line])

    def compact(self) -> None:
        """Keep the last good line per address. Run ids stay as they are: a line tells which run asked last. Lines stand
        elsewhere then, so this comes last."""
        draft = self._path.with_suffix(".next")
        with draft.open("wb") as stream:
            stream.writelines(self._worth_keeping())
            stream.flush()
            os.fsync(stream.fileno())
            is_empty = not stream.tell()
        if is_empty:
            draft.unlink()
        else:
            draft.replace(self._path)

    def _worth_keeping(self) -> Iterator[bytes]:
        for place, written, line in jsonl.placed(self._path, Remembered):
            if place == self._this_run.get(line.key):
                if line.snapshot.archived is not None:
                    yield written
            elif place == self._earlier.get(line.key):
                newer = self.of_this_run(line.key)
                if newer is None:
                    yield written
                elif newer.snapshot.archived is None:
                    gone = newer.snapshot.error.startswith(Trouble.MOVED)
                    deleted = replace(line, deleted=True, checked_at=newer.checked_at)
                    yield jsonl.dumps(deleted) + b"\n" if gone else written

    def _line(self, place: int | None) -> Remembered | None:
        if place is None:
            return None
        if place not in self._read:
            self._read[place] = jsonl.read_at(self._path, Remembered, place)
            if len(self._read) > _READ:
                self._read.popitem(last=False)
        return self._read[place]


def as_unchanged(line: Remembered, run_id: str) -> Snapshot:
    """The snapshot of an address that was not asked this time."""
    return replace(line.snapshot, run_id=run_id, unchanged=True)
