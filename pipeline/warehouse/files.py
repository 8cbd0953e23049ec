"""The warehouse's files in a data folder: where they lie, who may write, and how one takes another's place."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import WarehouseError


@dataclass(frozen=True, slots=True)
class Paths:
    data: Path

    @property
    def published(self) -> Path:
        return self.data / "nianbao.duckdb"

    @property
    def next(self) -> Path:
        """The copy that a load works in."""
        return self.data / "nianbao.duckdb.next"

    @property
    def spill(self) -> Path:
        """Where DuckDB puts what does not fit into memory."""
        return self.data / "nianbao.duckdb.tmp"

    @property
    def parquet(self) -> Path:
        return self.data / "parquet"

    @property
    def parquet_next(self) -> Path:
        """Partitions being written; on the same file system as where they go."""
        return self.parquet / ".next"

    @property
    def manifest(self) -> Path:
        return self.data / "state" / "parquet.json"

    @property
    def lock(self) -> Path:
        return self.data / "state" / "warehouse.lock"


@contextmanager
def writing(paths: Paths) -> Iterator[None]:
    """Hold the right to write the warehouse's files. The system lets go of it when a process dies, however it does.

    This is not the lock of a pass (`state/lock`), which the caller of a load already holds."""
    paths.lock.parent.mkdir(parents=True, exist_ok=True)
    with paths.lock.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseError(
                f"另一个进程正在写入仓库 / another process is writing the warehouse: {paths.data}"
            ) from error
        yield


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def copy_published(paths: Paths) -> None:
    """Start the next file from the published one."""
    if wal_of(paths.published).exists():
        # Somebody wrote into the published file by hand. A copy would miss what is in the log, and the log left
        # behind would later be applied to a file it does not belong to.
        raise WarehouseError(
            f"仓库文件被其他程序以写方式打开过，请先关闭该程序 / the published file has been opened for writing by "
            f"another program, close it there first: {wal_of(paths.published)}"
        )
    if not _copied_by_system(paths.published, paths.next):
        shutil.copyfile(paths.published, paths.next)


_PIECE = 2**30  # bytes that the system is asked to copy at once
_UNABLE = (errno.ENOSYS, errno.EXDEV, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM)


def _copied_by_system(source: Path, target: Path) -> bool:
    """A file system that can (Btrfs, XFS) lets both files share their blocks: that takes no time and no room, however
    large they are. Others copy, without the bytes coming this way; whether it could be done."""
    with source.open("rb") as before, target.open("wb") as after:
        try:
            while os.copy_file_range(before.fileno(), after.fileno(), _PIECE):
                pass
        except OSError as error:
            if error.errno not in _UNABLE:
                raise
            return False
        return os.fstat(after.fileno()).st_size == os.fstat(before.fileno()).st_size


def publish(paths: Paths) -> None:
    """Put the next file in the published one's place. Readers that have the old one open keep it."""
    sync(paths.next)
    paths.next.replace(paths.published)
    sync(paths.data)


def sync(path: Path) -> None:
    """Have the system write a file, or a folder's entries, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_leftovers(paths: Paths) -> list[str]:
    """Delete what a killed load left; the names of what was there."""
    removed = []
    for path in (paths.next, wal_of(paths.next), paths.spill, paths.parquet_next):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        else:
            continue
        removed.append(path.name)
    return removed
