"""Worker processes that do one task at a time, within limits of time and memory. A task that kills its process, or goes
over a limit, costs that process only; what the tasks are is their owner's business."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.errors import NianbaoError
from pipeline.lifeline import die_with_parent

Task = TypeVar("Task")

_OUT_OF_MEMORY = 86  # exit code of a worker that stopped itself
_LOOKS_AT_MEMORY = 0.2  # seconds
_HARD_LIMIT = 2  # times the memory allowed: what is asked for in one piece is refused there
_TRIES = 2  # a process may also be killed from outside
_STARTS_WITHIN = 120  # seconds
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    seconds: float  # for one task
    memory: int  # MiB of one process


class Workers(Generic[Task]):
    """`work` and `begin` must be importable: processes are spawned, since forking one with threads copies locks."""

    def __init__(
        self, count: int, work: Callable[[Task], None], limits: Limits, begin: Callable[[], None] | None = None
    ) -> None:
        self._count = count
        self._work = work
        self._limits = limits
        self._begin = begin
        self._idle: list[_Worker[Task]] = []
        self._busy: list[_Worker[Task]] = []

    def run(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, str]]:
        """Every task when it is through, with "" or why it was given up. What a task raises is raised here."""
        try:
            yield from self._run(deque(_Attempt(task) for task in tasks))
        finally:
            for worker in self._busy:  # nobody waits for their answers any more
                worker.kill()
            self._busy.clear()

    def _run(self, waiting: deque[_Attempt[Task]]) -> Iterator[tuple[Task, str]]:
        while waiting or self._busy:
            while waiting and len(self._busy) < self._count:
                worker = self._idle.pop() if self._idle else _Worker(self._work, self._limits, self._begin)
                worker.take(waiting.popleft())
                self._busy.append(worker)
            for worker in self._answered():
                if worker.has_begun():
                    continue
                self._busy.remove(worker)
                attempt, loss = worker.outcome()
                if loss is None:
                    self._idle.append(worker)
                    yield attempt.task, ""
                elif loss.may_be_chance and attempt.number < _TRIES:
                    waiting.append(_Attempt(attempt.task, attempt.number + 1))
                else:
                    yield attempt.task, loss.reason

    def _answered(self) -> list[_Worker[Task]]:
        """Those that answered, died or are over their time; waits for the first."""
        patience = min(worker.deadline for worker in self._busy) - time.monotonic()
        answered = wait([worker.connection for worker in self._busy], timeout=max(patience, 0))
        now = time.monotonic()
        return [worker for worker in self._busy if worker.connection in answered or worker.deadline <= now]

    def close(self) -> None:
        for worker in self._idle:
            worker.kill()
        self._idle.clear()


# --- one worker, seen from its owner ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Attempt(Generic[Task]):
    task: Task
    number: int = 1


@dataclass(frozen=True)
class _Loss:
    reason: str
    may_be_chance: bool = False


class _Worker(Generic[Task]):
    def __init__(self, work: Callable[[Task], None], limits: Limits, begin: Callable[[], None] | None) -> None:
        self._limits = limits
        spawn = multiprocessing.get_context("spawn")
        self.connection, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(theirs, work, limits, begin), daemon=True)
        self._process.start()
        theirs.close()  # so that the pipe ends when the process does
        self._begun = False

    def take(self, attempt: _Attempt[Task]) -> None:
        """A process that is still starting finds its first task when it has begun."""
        self._attempt = attempt
        self.deadline = time.monotonic() + (self._limits.seconds if self._begun else _STARTS_WITHIN)
        with suppress(BrokenPipeError):  # killed while it had nothing to do, which its end of the pipe tells as well
            self.connection.send(attempt.task)

    def has_begun(self) -> bool:
        """Whether its message was only that it has begun; what it has to do counts from here."""
        if self._begun:
            return False
        try:
            self._begun = self.connection.poll() and bool(self.connection.recv())
        except (EOFError, OSError):
            self._begun = False
        if not self._begun:
            self.kill()
            raise NianbaoError("工作进程无法启动 / a worker process does not start")
        self.deadline = time.monotonic() + self._limits.seconds
        return True

    def outcome(self) -> tuple[_Attempt[Task], _Loss | None]:
        if not self.connection.poll():
            self.kill()
            allowed = f"{self._limits.seconds:g}"
            return self._attempt, _Loss(f"读取超过 {allowed} 秒 / reading takes longer than {allowed} s")
        try:
            error = self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            self.connection.close()
            return self._attempt, self._death()
        if error is not None:
            self.kill()
            raise error
        return self._attempt, None

    def _death(self) -> _Loss:
        code = self._process.exitcode or 0
        if code == _OUT_OF_MEMORY:
            allowed = f"{self._limits.memory} MiB"
            return _Loss(f"读取所需内存超过 {allowed} / reading needs more than {allowed} of memory")
        what = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return _Loss(f"读取时进程中断 / reading it killed the process ({what})", may_be_chance=True)

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        self.connection.close()


# --- in the worker's process -----------------------------------------------------------------------------


def _serve(
    connection: Connection, work: Callable[[Task], None], limits: Limits, begin: Callable[[], None] | None
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who ends us
    die_with_parent()
    _watch_memory(limits.memory)
    if begin is not None:
        begin()
    connection.send(True)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            work(task)
        except Exception as error:
            connection.send(error)
        else:
            connection.send(None)


def _watch_memory(allowed: int) -> None:
    """The whole process stops when it holds more, since a library that runs out of memory may do anything."""
    if sys.platform == "linux":
        hard = allowed * _HARD_LIMIT * _MIB
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (hard if most < 0 else min(hard, most), most))
    threading.Thread(target=_stop_when_over, args=(allowed * _MIB,), daemon=True, name="memory").start()


def _stop_when_over(allowed: int) -> None:
    while _held() <= allowed:
        time.sleep(_LOOKS_AT_MEMORY)
    os._exit(_OUT_OF_MEMORY)


def _held() -> int:
    """Bytes of memory in use; where the system does not tell, the most that ever was."""
    if sys.platform == "linux":
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
