"""Worker processes: what one task does to its process costs no other task anything."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.workers import Limits, Workers
from pipeline.errors import NianbaoError


def work(task: str) -> None:
    name, _, detail = task.partition(" ")
    match name:
        case "raise":
            raise OSError(28, detail)
        case "exit":
            os._exit(3)
        case "crash-once":
            if not Path(detail).exists():
                Path(detail).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "at-once":
            bytearray(1 << 40)
        case "sleep":
            time.sleep(float(detail))


def cannot_begin() -> None:
    sys.exit(1)


@pytest.fixture
def workers() -> Iterator[Workers[str]]:
    workers = Workers(2, work, Limits(seconds=5, memory=512))
    yield workers
    workers.close()


def test_every_task_comes_back_once(workers: Workers[str]) -> None:
    tasks = [f"task {number}" for number in range(200)]
    assert sorted(workers.run(tasks)) == sorted((task, "") for task in tasks)


def test_processes_are_kept_for_the_next_tasks(workers: Workers[str]) -> None:
    list(workers.run(["a", "b"]))
    first = {process.pid for process in multiprocessing.active_children()}
    list(workers.run(["c", "d"]))
    assert {process.pid for process in multiprocessing.active_children()} == first


def test_a_death_that_does_not_come_again_is_forgiven(workers: Workers[str], tmp_path: Path) -> None:
    assert list(workers.run([f"crash-once {tmp_path / 'mark'}"])) == [(f"crash-once {tmp_path / 'mark'}", "")]


def test_an_idle_process_that_was_killed_costs_nothing(workers: Workers[str]) -> None:
    list(workers.run(["a", "b"]))
    for process in multiprocessing.active_children():
        process.kill()
        process.join()
    assert sorted(workers.run(["c", "d", "e"])) == [("c", ""), ("d", ""), ("e", "")]


def test_a_task_that_ends_its_process_is_given_up_with_the_exit_code(workers: Workers[str]) -> None:
    [(task, reason)] = workers.run(["exit"])
    assert task == "exit" and "exit code 3" in reason


def test_what_a_task_raises_is_raised_at_its_owner(workers: Workers[str]) -> None:
    with pytest.raises(OSError, match="disk"):
        list(workers.run(["raise disk full"]))


def test_tasks_left_behind_by_an_error_do_not_come_back(workers: Workers[str]) -> None:
    with pytest.raises(OSError, match="disk"):
        list(workers.run(["raise disk full", "sleep 1", "a", "b"]))
    assert list(workers.run(["c"])) == [("c", "")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such limit")
def test_memory_asked_for_in_one_piece_is_refused(workers: Workers[str]) -> None:
    with pytest.raises(MemoryError):
        list(workers.run(["at-once"]))


def test_a_task_over_its_time_is_given_up_while_others_go_on(workers: Workers[str]) -> None:
    done = dict(workers.run(["sleep 60", *(f"sleep 0.0{number}" for number in range(9))]))
    assert "longer than 5 s" in done.pop("sleep 60")
    assert set(done.values()) == {""}


def test_processes_that_cannot_begin_are_one_clear_error() -> None:
    workers = Workers(1, work, Limits(seconds=5, memory=512), cannot_begin)
    with pytest.raises(NianbaoError, match="does not start"):
        list(workers.run(["a"]))
    workers.close()
