"""The archive of everything fetched or ingested: WARC files, one gzip member per record, read back by position."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import UnreadableDocument
from pipeline.model import ArchiveRef

_ROTATE_AT = 512 * 1024 * 1024


class ArchiveWriter:
    """Appends records to `<folder>/<series>-<n>.warc.gz`. Never reopens a file: a killed writer may have left a torn
    member at its end, and positions handed out before stay valid."""

    def __init__(self, folder: Path, series: str) -> None:
        self._folder = folder
        self._series = series
        self._file: IO[bytes] | None = None
        self._name = ""

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def write_response(
        self, url: str, body: bytes, *, status: int, headers: Mapping[str, str], fetched_at: datetime
    ) -> ArchiveRef:
        """A web response. Length and encoding headers are dropped where they no longer describe `body`."""
        described = [(name, value) for name, value in headers.items() if name.lower() not in _TRANSFER_HEADERS]
        described.append(("Content-Length", str(len(body))))
        head = StatusAndHeaders(str(status), described, protocol="HTTP/1.1")
        return self._write("response", url, body, head, fetched_at)

    def write_file(self, uri: str, body: bytes, *, media_type: str, fetched_at: datetime) -> ArchiveRef:
        """A local file that was ingested."""
        return self._write("resource", uri, body, None, fetched_at, media_type)

    def _write(
        self,
        record_type: str,
        url: str,
        body: bytes,
        head: StatusAndHeaders | None,
        fetched_at: datetime,
        media_type: str = "",
    ) -> ArchiveRef:
        out = self._open()
        offset = out.tell()
        writer = WARCWriter(out, gzip=True)
        record = writer.create_warc_record(
            url,
            record_type,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=head,
            warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")},
        )
        writer.write_record(record)
        out.flush()
        return ArchiveRef(self._name, offset, out.tell() - offset)

    def _open(self) -> IO[bytes]:
        if self._file is not None and self._file.tell() >= _ROTATE_AT:
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            number = 0
            while True:
                self._name = f"{self._series}-{number:03d}.warc.gz"
                try:
                    self._file = (self._folder / self._name).open("xb")
                    break
                except FileExistsError:
                    number += 1
        return self._file


_TRANSFER_HEADERS = {"content-length", "content-encoding", "transfer-encoding"}


def read_body(folder: Path, ref: ArchiveRef) -> bytes:
    """The bytes that were stored at `ref`."""
    where = f"{ref.file}@{ref.offset}"
    try:
        with (folder / ref.file).open("rb") as stream:
            stream.seek(ref.offset)
            member = stream.read(ref.length)
        if len(member) < ref.length:
            raise UnreadableDocument(f"档案文件不完整 / the archive file is cut short: {where}")
        record = next(iter(ArchiveIterator(io.BytesIO(member))))
        return bytes(record.content_stream().read())
    except (OSError, StopIteration, EOFError, zlib.error, ArchiveLoadFailed) as error:
        raise UnreadableDocument(
            f"档案记录无法读取 / the archive record cannot be read: {where}: {error}"[:300]
        ) from error
