"""Extracts kept by content hash and extractor version: a document is read once, whatever passes come after.

Reading is a pure function of the bytes, the charset that the server named and the OCR setting; the version is a hash
over everything else that has a say in it, so a changed reader or form reads all documents anew by itself.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline import jsonl
from pipeline.archive import read_body
from pipeline.charset import known_charset
from pipeline.errors import LostRecord, UnreadableDocument
from pipeline.extract import extract
from pipeline.model import Extract, Kind, Snapshot
from pipeline.packed import Member, is_archive, member_body, members, missing_tools
from pipeline.readers import read
from pipeline.readers.office.installed import missing_programs
from pipeline.readers.scan.fonts import missing_fonts
from pipeline.resources import CONFIG, PACKAGES

_SOURCES = (
    "readers",
    "extract",
    "charset.py",
    "days.py",
    "model",
    "numerals.py",
    "mentions.py",
    "titles.py",
    "media.py",
    "packed",
    "forms.py",
    "furniture.py",
    "published.py",
    "identity",
)
_LIBRARIES = (
    "lxml", "trafilatura", "pdfplumber", "pdfminer.six", "pypdfium2", "xlrd", "rapidocr", "onnxruntime",
    "opencv-python-headless", "numpy", "pillow",
)  # fmt: skip

_LOST = "lost"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExtractSettings:
    ocr: str = "auto"  # auto | never


@dataclass(frozen=True, slots=True)
class Failure:
    reason: str


@dataclass(frozen=True, slots=True)
class _Stored:
    extract: Extract | None
    failure: str = ""
    members: tuple[Member, ...] = ()


@lru_cache(maxsize=1)
def extractor_version() -> str:
    digest = hashlib.blake2s(digest_size=6)
    paths = [PACKAGES / "pipeline" / name for name in _SOURCES] + [CONFIG / "forms"] + sorted(CONFIG.glob("*.toml"))
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in {".py", ".toml"}:
                digest.update(file.read_bytes())
    for library in _LIBRARIES:
        digest.update(_version(library).encode())
    lacking = (
        *missing_tools(),
        *missing_programs(),
        *missing_fonts(),
    )  # what failed for want of one is read when it is there
    digest.update(",".join(lacking).encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:  # OCR need not be installed
        return "none"


class ExtractStore:
    def __init__(self, folder: Path, settings: ExtractSettings) -> None:
        self._root = folder
        self._folder = folder / f"{extractor_version()}-{settings.ocr}"

    def missing(self, snapshots: Sequence[Snapshot]) -> list[Snapshot]:
        """Those that may hold a report, have bytes and were not read yet, each content once."""
        wanted = {self._path(snapshot): snapshot for snapshot in snapshots if _is_worth_reading(snapshot)}
        return [
            snapshot for path, snapshot in wanted.items() if not path.exists() and not self._lost(snapshot).exists()
        ]

    def get(self, snapshot: Snapshot) -> Extract | Failure:
        try:
            stored = jsonl.loads(_Stored, self._path(snapshot).read_bytes())
        except FileNotFoundError:
            return self._loss(snapshot)
        return stored.extract or Failure(stored.failure)

    def _loss(self, snapshot: Snapshot) -> Failure:
        try:
            return Failure(jsonl.loads(_Stored, self._lost(snapshot).read_bytes()).failure)
        except FileNotFoundError:
            return Failure("未读取 / not read")

    def members(self, snapshot: Snapshot) -> tuple[Member, ...]:
        """The files in an archive that has been opened; none for anything else."""
        try:
            return jsonl.loads(_Stored, self._path(snapshot).read_bytes()).members
        except FileNotFoundError:
            return ()

    def put(self, snapshot: Snapshot, result: Extract | tuple[Member, ...]) -> None:
        stored = _Stored(result) if isinstance(result, Extract) else _Stored(None, members=result)
        self._write(self._path(snapshot), stored)

    def put_failure(self, snapshot: Snapshot, reason: str) -> None:
        self._write(self._path(snapshot), _Stored(None, reason))

    def put_loss(self, snapshot: Snapshot, reason: str) -> None:
        """For this pass: the archive has not the bytes, which it may have again, or elsewhere, by the next."""
        self._write(self._lost(snapshot), _Stored(None, reason))

    def forget_losses(self) -> None:
        shutil.rmtree(self._folder / _LOST, ignore_errors=True)

    def forget_other_versions(self) -> None:
        """What earlier versions of the readers made is of no more use."""
        for folder in self._root.glob("*"):
            if folder.is_dir() and not folder.name.startswith(extractor_version()):
                shutil.rmtree(folder, ignore_errors=True)

    def _path(self, snapshot: Snapshot) -> Path:
        charset = known_charset(snapshot.charset)  # a server may call it anything
        name = f"{_content(snapshot)}-{charset}" if charset else _content(snapshot)
        return self._folder / name[:2] / f"{name}.json"

    def _lost(self, snapshot: Snapshot) -> Path:
        return self._folder / _LOST / self._path(snapshot).name

    def _write(self, path: Path, stored: _Stored) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_suffix(f".{os.getpid()}.tmp")  # so that a kill leaves no half extract
        written.write_bytes(jsonl.dumps(stored))
        written.replace(path)


def _content(snapshot: Snapshot) -> str:
    """A hash of what is read: the document with the pictures it shows."""
    hashes = (snapshot.sha256, *(picture.sha256 for picture in snapshot.shown))
    return snapshot.sha256 if len(hashes) == 1 else hashlib.sha256(" ".join(hashes).encode()).hexdigest()


def _is_worth_reading(snapshot: Snapshot) -> bool:
    may_hold_report = snapshot.kind in {Kind.REPORT, Kind.ATTACHMENT} and not snapshot.shown_on
    return may_hold_report and snapshot.archived is not None and not snapshot.error


def extract_one(archive: Path, folder: Path, settings: ExtractSettings, snapshot: Snapshot) -> None:
    """Read and store a document, unless that was done; for a worker process."""
    store = ExtractStore(folder, settings)
    if not store.missing([snapshot]):
        return
    try:
        result = _read(archive, settings, snapshot)
    except LostRecord as error:
        store.put_loss(snapshot, str(error))
    except UnreadableDocument as error:
        store.put_failure(snapshot, str(error))
    except Exception as error:  # a reader's own fault on a hostile document must not cost the others
        log.exception("reading %s", snapshot.url)
        store.put_failure(snapshot, f"读取出错 / reading failed: {type(error).__name__}: {error}"[:300])
    else:
        store.put(snapshot, result)  # a full disk here is no fault of the document


def _read(archive: Path, settings: ExtractSettings, snapshot: Snapshot) -> Extract | tuple[Member, ...]:
    assert snapshot.archived is not None
    body = member_body(read_body(archive, snapshot.archived), snapshot.archived.member)
    if is_archive(snapshot.media_type):
        return members(body)
    pictures = {
        picture.url: member_body(read_body(archive, picture.archived), picture.archived.member)
        for picture in snapshot.shown
    }
    return extract(read(body, snapshot.url, charset=snapshot.charset, ocr=settings.ocr, pictures=pictures))
