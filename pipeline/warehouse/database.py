"""Opening warehouse files with DuckDB, and what its errors mean to a user.

A file is attached to a database in memory instead of being opened directly: DuckDB keeps one instance per path and
process, so a direct open could be given the file that was replaced a moment ago, or be refused for other settings.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse.files import Paths

Connection = duckdb.DuckDBPyConnection

CATALOG = "nianbao"
_STORAGE = "v1.2.0"  # what the oldest supported reader opens
_MEMORY = 4 * 2**30  # bytes that DuckDB may take before it spills; Python's own rows come on top
_SHARE = 0.6  # of the machine's memory, where that is less


@contextmanager
def write_next(paths: Paths) -> Iterator[Connection]:
    with duckdb.connect() as db:
        _attach(db, paths.next, paths.spill, f"STORAGE_VERSION '{_STORAGE}'")
        yield db


@contextmanager
def read(path: Path, spill: Path) -> Iterator[Connection]:
    if not path.exists():
        raise WarehouseError(f"还没有数据，请先运行 / nothing has been published yet: {path}")
    with duckdb.connect() as db:
        _attach(db, path, spill, "READ_ONLY")
        yield db


def settle(db: Connection) -> None:
    """What holds for every connection."""
    db.execute("SET python_enable_replacements = false")  # a Python variable is not a table
    # It would stand in the output of whatever takes two seconds. A notebook without widgets refuses the setting.
    db.execute("PRAGMA disable_progress_bar")
    db.execute(f"SET memory_limit = '{_memory() // 2**20}MiB'")
    db.execute("SET autoinstall_known_extensions = false")


def _attach(db: Connection, path: Path, spill: Path, option: str) -> None:
    settle(db)
    db.execute(f"SET temp_directory = {literal(str(spill))}")
    db.execute(f"ATTACH {literal(str(path))} AS {CATALOG} ({option})")
    db.execute(f"USE {CATALOG}")


def _memory() -> int:
    """For the country as for a county: a load that is larger goes through the disk, and others have room beside it."""
    return int(min(_MEMORY, _SHARE * os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")))


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def explained(paths: Paths, target: Path | None = None) -> Iterator[None]:
    """Turn what the system or DuckDB says into one line about this data folder, or about the target where the data
    folder is only read."""
    try:
        yield
    except OSError as error:
        raise WarehouseError(_explain_system(error, target or paths.data)) from error
    except duckdb.Error as error:
        raise WarehouseError(_explain_duckdb(error, paths, target)) from error


@contextmanager
def explained_write(paths: Paths) -> Iterator[None]:
    """The same, with the word that a user wants to hear when a load has failed."""
    try:
        with explained(paths):
            yield
    except WarehouseError as error:
        raise WarehouseError(f"{error}; 已发布的仓库未改动 / the published warehouse is as it was") from error


def _explain_system(error: OSError, folder: Path) -> str:
    place = error.filename or folder
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"磁盘空间不足 / the disk is full: {folder}"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有权限 / no permission: {place}"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"不是文件夹 / not a folder: {place}"
    return f"读写失败 / reading or writing failed: {place}: {error.strerror}"


# What DuckDB's messages contain -> what they mean here. Its error types do not tell these apart.
_FULL = (("No space left", "Disk quota", "File too large", "Could not write"), "磁盘空间不足 / the disk is full")
_MEANINGS = (
    _FULL,
    (("Could not set lock",), "仓库被其他程序以写方式打开 / the warehouse is open for writing in another program"),
    (("Permission denied", "Read-only file system"), "没有权限 / no permission"),
    (
        ("newer version", "incompatible with this", "version number"),
        "仓库由更新的程序写成 / the file was written by a newer version",
    ),
    (
        ("not a valid DuckDB database", "Corrupt", "checksum", "Serialization", "could not read", "Could not read"),
        "仓库文件损坏 / the file is damaged or no DuckDB file",
    ),
)


def _explain_duckdb(error: duckdb.Error, paths: Paths, target: Path | None) -> str:
    text = str(error)
    if target and any(sign in text for sign in _FULL[0]):
        return f"{_FULL[1]}: {target}"
    for signs, meaning in _MEANINGS:
        if any(sign in text for sign in signs):
            return f"{meaning}: {paths.published}"
    return f"仓库读写失败 / the warehouse failed: {text.strip().splitlines()[0]}"
