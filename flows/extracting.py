"""The extraction stage: documents read by worker processes. A document that kills or blocks its process, or needs more
time or memory than is allowed, is set aside with the reason; the others never notice."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from flows.logs import open_worker_log
from flows.workers import Limits, Workers
from pipeline.errors import NianbaoError
from pipeline.extraction import ExtractSettings, ExtractStore, extract_one
from pipeline.model import Snapshot

BATCH = 300  # documents of one Prefect task

Read = Callable[[Path, Path, ExtractSettings, Snapshot], None]


class ExtractionPool:
    """Worker processes that live as long as the pass: each has libraries and OCR models to load. Threads may share one;
    their batches go one after another, each through all workers."""

    def __init__(
        self,
        workers: int,
        archive: Path,
        folder: Path,
        settings: ExtractSettings,
        limits: Limits,
        read: Read = extract_one,
        *,
        logs: Path | None = None,
    ) -> None:
        work = partial(read, archive, folder, settings)
        self._workers: Workers[Snapshot] = Workers(workers, work, limits, partial(_begin, logs))
        self._one_batch = threading.Lock()
        self._closed = False
        self.store = ExtractStore(folder, settings)

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._closed = True
        self._workers.close()

    def extract(self, snapshots: Sequence[Snapshot], done: Callable[[int], None] = lambda count: None) -> None:
        """Read every document that the store does not have; `done` is told, one by one, how many more are through."""
        with self._one_batch:
            if self._closed:
                raise NianbaoError("任务已中止 / the pass has been stopped")
            missing = self.store.missing(snapshots)
            done(len(snapshots) - len(missing))
            for snapshot, loss in self._workers.run(missing):
                if loss:
                    self.store.put_failure(snapshot, loss)
                done(1)


def _begin(logs: Path | None) -> None:
    """In every worker process: what it has to say goes to the log, not to the terminal."""
    if logs is not None:
        open_worker_log(logs)
