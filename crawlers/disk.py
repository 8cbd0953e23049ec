"""The disk as a crawl needs it: folders that take what is fetched, and in one line what is wrong where they do not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile


def disk_fault(folders: Iterable[Path]) -> str:
    """Why one of the folders takes no files; "" if all do. They are made where they are missing."""
    for folder in folders:
        try:
            if not folder.exists():
                folder.mkdir(parents=True)
            with TemporaryFile(dir=folder) as probe:
                probe.write(b"\0" * 4096)
        except OSError as error:
            return fault_of(error, folder)
    return ""


def fault_of(error: OSError, where: Path | str) -> str:
    """`where` was written to: a full disk does not say so itself."""
    return f"无法写入 / cannot write: {where}: {error.strerror or error}"
