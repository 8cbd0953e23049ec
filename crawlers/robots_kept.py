"""The robots.txt files that were read within a day, `<state>/robots.jsonl`: RFC 9309 lets a crawler go by what it read
for 24 hours, so that a portal's next crawl, or another portal on its host, need not ask again."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import jsonl

_GOOD_FOR = timedelta(hours=24)
_LARGEST = 64 * 1024  # of a file that is kept; a larger one is asked for every time


@dataclass(frozen=True, slots=True)
class _Kept:
    origin: str
    read_at: datetime
    text: str


class KeptRobots:
    def __init__(self, path: Path, *, ignored: bool = False) -> None:
        self._path = path
        self._texts: dict[str, _Kept] = {}
        with self._alone():
            lines = list(jsonl.read(path, _Kept))
            good = {line.origin: line for line in lines if self._is_good(line)}
            if len(lines) > len(good):
                self._rewrite(good.values())
        if not ignored:
            self._texts = good

    def get(self, origin: str) -> str | None:
        """What was read there; None where that is too long ago."""
        kept = self._texts.get(origin)
        return kept.text if kept is not None and self._is_good(kept) else None

    def keep(self, origin: str, text: str) -> None:
        if len(text) <= _LARGEST:
            self._texts[origin] = _Kept(origin, datetime.now(UTC), text)
            with self._alone():
                jsonl.append(self._path, [self._texts[origin]])

    def _is_good(self, kept: _Kept) -> bool:
        return timedelta(0) <= datetime.now(UTC) - kept.read_at < _GOOD_FOR

    def _rewrite(self, good: Iterable[_Kept]) -> None:
        """Without the lines that say nothing any more."""
        draft = self._path.with_suffix(".next")
        draft.unlink(missing_ok=True)
        jsonl.append(draft, good)
        draft.replace(self._path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other crawler puts another file in the place of the one that we write to."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
