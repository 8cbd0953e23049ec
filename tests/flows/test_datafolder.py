"""The data folder's lock: one pass at a time, for as long as any of its processes lives."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from flows.datafolder import DataFolder
from pipeline.errors import NianbaoError, WarehouseError


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.prepare()
    return folder


def test_a_second_pass_is_refused_with_the_process_that_holds_the_folder(data: DataFolder) -> None:
    with data.locked(), pytest.raises(NianbaoError, match=str(os.getpid())), data.locked():
        pass


def test_the_folder_is_free_again_afterwards(data: DataFolder) -> None:
    with data.locked():
        pass
    with data.locked():
        pass


def test_a_child_that_outlives_us_keeps_the_folder(data: DataFolder) -> None:
    with data.locked() as lock:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(lock,))
    with pytest.raises(NianbaoError), data.locked():
        pass
    child.communicate(b"\n")
    with data.locked():
        pass


def test_waiting_gets_the_folder_when_it_is_free(data: DataFolder) -> None:
    taken = threading.Event()
    order: list[str] = []

    def hold() -> None:
        with data.locked():
            taken.set()
            time.sleep(0.3)
            order.append("first is done")

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait()
    with data.locked(wait=True):
        order.append("second begins")
    holder.join()
    assert order == ["first is done", "second begins"]


def test_a_file_in_the_folders_place_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    with pytest.raises(WarehouseError, match="cannot write"):
        DataFolder(tmp_path / "data").prepare()
