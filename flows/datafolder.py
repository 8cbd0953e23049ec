"""The data folder: where everything lies in it, whether we can write there, and the lock that keeps passes apart."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import NianbaoError, WarehouseError

_LEAST_FREE_BYTES = 64 * 1024 * 1024
_LOCK_POLL_SECONDS = 1.0


@dataclass(frozen=True)
class DataFolder:
    root: Path

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def passes(self) -> Path:
        return self.state / "passes"

    @property
    def portals(self) -> Path:
        """What crawls remember of each portal."""
        return self.state / "portals"

    @property
    def extracts(self) -> Path:
        return self.state / "extracts"

    @property
    def prefect(self) -> Path:
        return self.state / "prefect"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    def prepare(self) -> None:
        """Make the folder; say so when it cannot be written or is about to be full."""
        self._check_kinds()
        try:
            for folder in (self.root, self.state, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.state / f"writable-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
            free = shutil.disk_usage(self.root).free
        except OSError as error:
            raise WarehouseError(
                f"数据目录不可写 / cannot write the data folder {self.root}: {error.strerror}"
            ) from error
        if free < _LEAST_FREE_BYTES:
            raise WarehouseError(f"磁盘已满 / disk full: {free // 2**20} MB free for {self.root}")

    def _check_kinds(self) -> None:
        """Nobody can work where a file stands in a folder's place, or the other way round, or where a folder is closed
        to us."""
        subfolders = (self.archive, self.state, self.passes, self.portals, self.extracts, self.prefect, self.logs)
        for folder in (self.root, *subfolders, self.root / "parquet"):
            if folder.exists() and not folder.is_dir():
                raise WarehouseError(f"不是文件夹，无法写入 / not a folder, cannot write there: {folder}")
            if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
                raise WarehouseError(f"数据目录不可写 / cannot write the data folder: {folder}")
        logs = (self.logs / name for name in ("nianbao.log", "crawl.log", "prefect.log"))
        for file in (self.root / "nianbao.duckdb", self.state / "lock", self.state / "warehouse.lock", *logs):
            if file.is_dir():
                raise WarehouseError(f"应为文件，却是文件夹 / a folder where a file should be: {file}")

    @contextmanager
    def locked(self, *, wait: bool = False) -> Iterator[int]:
        """Hold the folder for one pass. Yields the lock's descriptor: a child that inherits it keeps the folder locked
        for as long as it lives, even when we are killed."""
        descriptor = os.open(self.state / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            while not _take(descriptor):
                if not wait:
                    holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "?"
                    raise NianbaoError(
                        f"另一个任务正在使用 {self.root} (进程 {holder}) / another pass is using it, process {holder}; "
                        "--wait 等待 / waits"
                    )
                time.sleep(_LOCK_POLL_SECONDS)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
            yield descriptor
        finally:
            os.close(descriptor)

    def is_busy(self) -> bool:
        """Whether a pass holds the folder."""
        try:
            descriptor = os.open(self.state / "lock", os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False  # nobody ever has, or nobody could
        try:
            return not _take(descriptor)
        finally:
            os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
