"""One LibreOffice per worker process, started for the first document that needs it and kept for the others. A document
on which it hangs or crashes costs that document; LibreOffice is started anew for the next."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import threading
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from pipeline.errors import UnreadableDocument
from pipeline.readers.office import keeper
from pipeline.readers.office.installed import INSTALL, Installed, find_office

_DOCUMENT_SECONDS = 60
_START_SECONDS = 90
_ENDS_WITHIN = 5
_DOCUMENTS = 200  # then it is started anew: what leaks, leaks no further
_TRIES = 2  # a crash may be owed to the documents before
DOCX_FILTER = "MS Word 2007 XML"


class _Lost(Exception):
    """LibreOffice is gone, or never came."""


class Converter:
    """`seconds` is what one document may take."""

    def __init__(self, seconds: float = _DOCUMENT_SECONDS, documents: int = _DOCUMENTS) -> None:
        self._seconds = seconds
        self._documents = documents
        self._kept: _Kept | None = None
        self._one_at_a_time = threading.Lock()

    def convert(self, body: bytes, suffix: str, load_filter: str = "", store_filter: str = DOCX_FILTER) -> bytes:
        """Filters are LibreOffice's names for formats; without one for loading it finds out."""
        with self._one_at_a_time:
            for attempt in range(1, _TRIES + 1):
                try:
                    return self._running().convert(body, suffix, load_filter, store_filter, self._seconds)
                except TimeoutError as error:
                    self._end()
                    reason = f"转换超过 {self._seconds:g} 秒 / LibreOffice takes longer than {self._seconds:g} s"
                    raise UnreadableDocument(reason) from error
                except _Lost as error:
                    self._end()
                    if attempt == _TRIES:
                        raise UnreadableDocument(f"LibreOffice 中断 / LibreOffice failed: {error}"[:200]) from error
            raise AssertionError("unreachable")

    def close(self) -> None:
        with self._one_at_a_time:
            self._end()

    @property
    def folder(self) -> Path | None:
        """Where the running LibreOffice works."""
        return self._kept.folder if self._kept else None

    def _running(self) -> _Kept:
        if self._kept is not None and (self._kept.converted >= self._documents or not self._kept.is_alive()):
            self._end()
        if self._kept is None:
            office = find_office()
            if office is None:
                raise UnreadableDocument(f"需要 LibreOffice 才能读取 / LibreOffice is needed to read this: {INSTALL}")
            self._kept = _Kept(office)
        return self._kept

    def _end(self) -> None:
        if self._kept is not None:
            self._kept.end()
            self._kept = None


class _Kept:
    """A running LibreOffice, through the process that keeps it."""

    def __init__(self, office: Installed) -> None:
        self.converted = 0
        self.folder: Path | None = None
        self._process = subprocess.Popen(  # noqa: S603 - our own script
            [office.python, "-I", keeper.__file__, office.soffice],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # what is sent to our group is not for it: it has to tidy up after us
        )
        self._unread = b""
        try:
            self.folder = Path(self._answer(_START_SECONDS)["folder"])
        except (TimeoutError, KeyError) as error:
            self.end()
            raise _Lost(f"it does not start: {error}") from error
        except _Lost:
            self.end()
            raise

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def convert(self, body: bytes, suffix: str, load_filter: str, store_filter: str, seconds: float) -> bytes:
        assert self.folder is not None
        source, target = self.folder / f"source{suffix}", self.folder / "target"
        self.converted += 1
        try:
            source.write_bytes(body)
            request = {"source": str(source), "target": str(target)}
            self._ask({**request, "load_filter": load_filter, "store_filter": store_filter})
            answer = self._answer(seconds)
            if "error" in answer:
                raise UnreadableDocument(f"LibreOffice 打不开 / LibreOffice cannot open it: {answer['error']}")
            return target.read_bytes()
        except FileNotFoundError as error:  # the folder went with its keeper
            raise _Lost(str(error)) from error
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    def end(self) -> None:
        """Its keeper ends when its input does; one that hangs is ended with all it started."""
        assert self._process.stdin and self._process.stdout
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(_ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._process.stdout.close()
        if self.folder is not None:
            keeper.clean(self.folder)

    def _ask(self, request: dict[str, str]) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()
        except (BrokenPipeError, OSError) as error:
            raise _Lost("its keeper is gone") from error

    def _answer(self, seconds: float) -> dict[str, str]:
        """The next line that its keeper says."""
        assert self._process.stdout
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise TimeoutError(f"no answer within {seconds:g} s")
                read = os.read(self._process.stdout.fileno(), 65536)
                if not read:
                    raise _Lost("its keeper is gone")
                self._unread += read
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, str] = json.loads(line)
        if "lost" in answer:
            raise _Lost(answer["lost"])
        return answer


@lru_cache(maxsize=1)
def converter() -> Converter:
    """This process's."""
    return Converter()
