"""A folder that appears whole or not at all: written aside as a draft beside it, and renamed when it is done."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import WarehouseError
from pipeline.warehouse.files import sync


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """The folder to write into. It takes the target's place if nothing is raised, and is deleted otherwise; what a
    killed writer left is deleted by the next one for the same target."""
    _refuse_what_is_there(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.draft")
    with _held(draft):
        try:
            _empty(draft)
            yield draft
            _sync_all(draft)
            _rename(draft, target)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    sync(target.parent)


def _refuse_what_is_there(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise WarehouseError(f"不是文件夹 / not a folder: {target}")
    if target.is_dir() and any(target.iterdir()):
        raise WarehouseError(f"文件夹非空，请另选一个 / the folder is not empty, name a new one: {target}")


@contextmanager
def _held(draft: Path) -> Iterator[None]:
    """The lock is on the folder itself, so that nothing of it remains."""
    draft.mkdir(exist_ok=True)
    handle = os.open(draft, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours = draft.exists() and os.fstat(handle).st_ino == draft.stat().st_ino
        except BlockingIOError:
            ours = False
        if not ours:  # or the other one has just finished, and what we opened is its release
            raise WarehouseError(f"另一个进程正在写入 / another process is writing this folder: {draft}")
        yield
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _sync_all(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        sync(path)


def _rename(draft: Path, target: Path) -> None:
    _refuse_what_is_there(target)
    try:
        draft.rename(target)
    except OSError as error:
        if error.errno in (errno.EBUSY, errno.EXDEV):  # a mount point cannot be replaced
            raise WarehouseError(f"请给一个新的文件夹 / name a folder that is not there yet: {target}") from error
        raise
