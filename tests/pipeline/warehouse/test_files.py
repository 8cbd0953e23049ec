"""The next file begins as the published one, whatever the file system can do."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.warehouse.files import Paths, copy_published

CONTENT = random.Random(7).randbytes(3_000_000)


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """On another file system than temporary files: the kernel does not copy between the two."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == Path(tempfile.gettempdir()).stat().st_dev:
        pytest.skip("there is no second file system")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.mark.parametrize("content", [CONTENT, b""])
def test_the_next_file_is_the_published_one_to_the_last_byte(content: bytes, tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    paths.published.write_bytes(content)
    copy_published(paths)
    assert paths.next.read_bytes() == content


def test_a_published_file_that_is_a_link_to_another_disk_is_copied_all_the_same(
    tmp_path: Path, elsewhere: Path
) -> None:
    (elsewhere / "held.duckdb").write_bytes(CONTENT)
    paths = Paths(tmp_path)
    paths.published.symlink_to(elsewhere / "held.duckdb")
    copy_published(paths)
    assert paths.next.read_bytes() == CONTENT
