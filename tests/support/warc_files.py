"""Archives for tests, and what other people's programs say of them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipeline.archive import ArchiveWriter, Response
from pipeline.model import ArchiveRef

NOW = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)
_WARCIO = "import sys; from warcio.cli import main; sys.exit(main())"


def store(
    folder: Path, pages: dict[str, bytes], *, series: str = "pass", at: datetime = NOW, status: int = 200
) -> list[ArchiveRef]:
    """One response for each address."""
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip", "Content-Length": "7"}
    with ArchiveWriter(folder, series) as writer:
        return [writer.write_response(Response(url, body, status, headers, at)) for url, body in pages.items()]


def warcio_check(*files: Path) -> subprocess.CompletedProcess[str]:
    """The command `warcio check`, as its users run it."""
    return subprocess.run(
        [sys.executable, "-c", _WARCIO, "check", "-v", *map(str, files)], capture_output=True, text=True, timeout=60
    )


def torn(folder: Path, scratch: Path, *, behind: bytes = b"") -> bytes:
    """What a kill in the middle of a record leaves, appended to the first file of `folder`."""
    [ref] = store(scratch, {"http://torn.example/": bytes(range(256)) * 200})
    piece = (scratch / ref.file).read_bytes()[ref.offset : ref.offset + ref.length * 2 // 3] + behind
    file = min(folder.glob("*.warc.gz"))
    file.write_bytes(file.read_bytes() + piece)
    return piece
