"""RAR and 7z, through The Unarchiver's `lsar` and `unar`: the free tool that knows every RAR and solid archives too.

It gets limits of time and memory and a folder of its own, is told members by their numbers, and answers through a pipe.
"""

from __future__ import annotations

import contextlib
import json
import re
import resource
import shutil
import subprocess
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

from pipeline.errors import UnreadableDocument
from pipeline.packed.contents import BROKEN, ENCRYPTED, VOLUME, File, Refused, bounded
from pipeline.packed.rar_head import is_encrypted, is_volume
from pipeline.scratch import scratch

_CHARSET = "gb18030"  # of names that do not say theirs; lsar's own guess is wrong on short ones
_ESCAPED = re.compile(r"%[89a-f][0-9a-f]")
TOOLS = ("lsar", "unar")
_SECONDS = 60
_CHECKSUMS = ("RARCRC32", "RAR5CRC32", "7zCRC32")  # unar itself says nothing of a wrong one when it writes to a pipe
_MOST_MEMORY = 1536 * 1024 * 1024
_MOST_LISTING = 16 * 1024 * 1024

Entry = dict[str, Any]


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


@contextmanager
def open_with_unar(body: bytes) -> Iterator[Unarchived]:
    if is_encrypted(body):
        raise UnreadableDocument(f"压缩包{ENCRYPTED}")
    if is_volume(body):
        raise UnreadableDocument(VOLUME)
    if missing_tools():
        raise UnreadableDocument("未安装 unar，无法读取 RAR 和 7z / unar is not installed, RAR and 7z cannot be read")
    with scratch("unpacking") as folder:
        file = folder / "archive"  # a name that no other volume could go with
        file.write_bytes(body)
        yield Unarchived(file)


class Unarchived:
    def __init__(self, file: Path) -> None:
        self._file = file
        self._entries = _entries(file)
        self.files = [File(place, _name(entry)) for place, entry in self._entries.items() if _is_file(entry)]

    def read(self, place: int, most: int) -> bytes:
        entry = self._entries[place]
        if entry.get("XADIsEncrypted"):
            raise Refused(ENCRYPTED)
        try:
            output, ended_well = _run(
                ["unar", "-q", "-nr", "-o", "-", "-i", self._file.name, str(place)], self._file, most
            )
        except subprocess.TimeoutExpired as error:
            raise Refused(f"解压超过 {_SECONDS} 秒 / unpacking takes longer than {_SECONDS} s") from error
        if not ended_well or not _is_whole(output, entry):
            raise Refused(BROKEN)
        return output


def _is_whole(output: bytes, entry: Entry) -> bool:
    checksum = next((entry[key] for key in _CHECKSUMS if key in entry), None)
    return len(output) == entry.get("XADFileSize", len(output)) and checksum in (None, zlib.crc32(output))


def _entries(file: Path) -> dict[int, Entry]:
    try:
        listing, _ = _run(["lsar", "-j", "-nr", "-e", _CHARSET, file.name], file, _MOST_LISTING)
        told = json.loads(listing)
        entries = {int(entry["XADIndex"]): entry for entry in told["lsarContents"]}
    except (Refused, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as error:
        raise UnreadableDocument("压缩包损坏 / the archive is broken") from error
    if not entries and told.get("lsarError"):
        raise UnreadableDocument("压缩包损坏或已加密 / the archive is broken or encrypted")
    return entries


def _is_file(entry: Entry) -> bool:
    return not any(entry.get(key) for key in ("XADIsDirectory", "XADIsLink", "XADIsResourceFork"))


def _name(entry: Entry) -> str:
    """A name in UTF-8 that did not say so is taken for what it is; lsar has read it in the other charset, or escaped
    its bytes where that could not be."""
    name = str(entry.get("XADFileName", ""))
    with contextlib.suppress(UnicodeError):
        raw = unquote_to_bytes(name) if _ESCAPED.search(name) else name.encode(_CHARSET)
        name = raw.decode("utf-8")
    return name.replace("\\", "/")


def _run(command: Sequence[str], file: Path, most: int) -> tuple[bytes, bool]:
    """What the tool writes, and whether it ended well."""
    process = subprocess.Popen(  # noqa: S603 - a tool of ours with arguments of ours
        command, cwd=file.parent, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    timer = threading.Timer(_SECONDS, process.kill)
    timer.start()
    try:
        _limit(process.pid)
        assert process.stdout is not None
        output = bounded(process.stdout, most)
        return output, process.wait() == 0
    finally:
        timed_out = not timer.is_alive()
        timer.cancel()
        process.kill()
        process.communicate()
        if timed_out:
            raise subprocess.TimeoutExpired(command, _SECONDS)


def _limit(pid: int) -> None:
    if hasattr(resource, "prlimit"):  # Linux; elsewhere the time and the output are what is limited
        resource.prlimit(pid, resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.prlimit(pid, resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))  # it has nothing to write to files
