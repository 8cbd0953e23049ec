"""The extraction stage: documents read by a pool of processes. A document that kills or blocks its process is found out
and set aside; the others never notice."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType

from flows.logs import open_worker_log
from pipeline.errors import NianbaoError
from pipeline.extraction import ExtractSettings, ExtractStore, extract_many
from pipeline.lifeline import die_with_parent
from pipeline.model import Snapshot

BATCH = 300  # documents of one Prefect task
_LARGEST_JOB = 8  # documents handed to a worker process at a time
_STUCK_AFTER_SECONDS = 900  # a worker that finishes nothing for so long will finish nothing at all

Job = tuple[Snapshot, ...]
Read = Callable[[Path, Path, ExtractSettings, Sequence[Snapshot]], int]


class ExtractionPool:
    """Worker processes that live as long as the pass: each has libraries and OCR models to load. Threads may share one;
    their batches go one after another, each through all workers."""

    def __init__(
        self,
        workers: int,
        archive: Path,
        folder: Path,
        settings: ExtractSettings,
        read: Read = extract_many,
        *,
        logs: Path | None = None,
    ) -> None:
        self._logs = logs
        self._read = read
        self._workers = workers
        self._archive = archive
        self._folder = folder
        self._settings = settings
        self._executor: ProcessPoolExecutor | None = None
        self._one_batch = threading.Lock()
        self._closed = False
        self.store = ExtractStore(folder, settings)

    def __enter__(self) -> ExtractionPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._closed = True
        if self._executor is not None and kind is not None:
            _kill(self._executor)
        self._discard()

    def extract(self, snapshots: Sequence[Snapshot], done: Callable[[int], None] = lambda count: None) -> None:
        """Read every document that the store does not have; `done` is told, job by job, how many more are through."""
        with self._one_batch:
            missing = self.store.missing(snapshots)
            done(len(snapshots) - len(missing))
            for lost in self._run(self._jobs(missing), done):
                for snapshot in self.store.missing(lost):
                    if list(self._run([(snapshot,)], lambda count: None)):
                        self.store.put_failure(snapshot, "读取时进程中断 / reading it killed or blocked the process")
                done(len(lost))

    def _jobs(self, missing: Sequence[Snapshot]) -> list[Job]:
        """Small enough that no worker is idle while another has a long one."""
        size = max(1, min(_LARGEST_JOB, len(missing) // (self._workers * 4)))
        return [tuple(missing[start : start + size]) for start in range(0, len(missing), size)]

    def _run(self, jobs: Sequence[Job], done: Callable[[int], None]) -> Iterator[Job]:
        """The jobs that a death in the pool took with it, when all others are done."""
        if not jobs:
            return
        executor = self._pool()
        pending = {executor.submit(self._read, self._archive, self._folder, self._settings, job): job for job in jobs}
        lost = []
        while pending:
            finished, _ = wait(pending, timeout=_STUCK_AFTER_SECONDS, return_when=FIRST_COMPLETED)
            if not finished:
                _kill(executor)
            for future in finished:
                job = pending.pop(future)
                if _survived(future):
                    done(len(job))
                else:
                    lost.append(job)
        if lost:
            self._discard()
        yield from lost

    def _pool(self) -> ProcessPoolExecutor:
        if self._closed:
            raise NianbaoError("任务已中止 / the pass has been stopped")
        if self._executor is None:
            spawn = multiprocessing.get_context("spawn")  # forking a process with threads would copy their locks
            self._executor = ProcessPoolExecutor(self._workers, spawn, initializer=_begin, initargs=(self._logs,))
        return self._executor

    def _discard(self) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None


def _begin(logs: Path | None) -> None:
    """In every worker process: what it has to say goes to the log, not to the terminal."""
    die_with_parent()
    if logs is not None:
        open_worker_log(logs)


def _survived(future: Future[int]) -> bool:
    try:
        future.result()
    except BrokenProcessPool:
        return False
    return True


def _kill(executor: ProcessPoolExecutor) -> None:
    for process in list((executor._processes or {}).values()):
        process.kill()
