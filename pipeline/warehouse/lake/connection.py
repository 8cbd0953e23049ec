"""Attaching a lake to DuckDB: its extensions from installed packages, never from the network."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse.database import Connection, literal
from pipeline.warehouse.lake import storage

LAKE = "lake"

_SCHEME = re.compile(r"ducklake:postgres(ql)?:(?P<catalog>.+)", re.S)
_EXTENSIONS = ("postgres_scanner", "ducklake")
_SECRETS = re.compile(r"(password\s*=\s*)('[^']*'|\S+)|(://[^:/@\s]*:)[^@\s]*(?=@)", re.I)


@dataclass(frozen=True, slots=True)
class Lake:
    """`url` is `ducklake:postgres:` with what PostgreSQL's clients take; `files` is the folder of the Parquet files, or
    an `s3://` address, needed when the lake is made and kept in its catalog from then on."""

    url: str
    files: str = ""

    def __post_init__(self) -> None:
        if not _SCHEME.fullmatch(self.url):
            raise WarehouseError(
                f"数据湖地址应为 ducklake:postgres:… / a lake's address begins with ducklake:postgres: {self.shown}"
            )

    @property
    def shown(self) -> str:
        """Without passwords."""
        return _SECRETS.sub(lambda found: f"{found[1] or found[3]}…", self.url)


@contextmanager
def explained(lake: Lake) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        said = _SECRETS.sub("…", str(error).strip().splitlines()[0])
        raise WarehouseError(f"数据湖读写失败 / the lake failed: {lake.shown}: {said}") from error


def attach(db: Connection, lake: Lake, *, name: str = LAKE, read_only: bool = False) -> None:
    reached = storage.needed(lake.files)
    for extension in (*_EXTENSIONS, *([storage.EXTENSION] if reached else [])):
        db.execute(f"LOAD {literal(str(_file_of(extension)))}")
    if reached:
        db.execute(storage.secret(os.environ))
    found = _SCHEME.fullmatch(lake.url)
    assert found is not None
    options = [f"DATA_PATH {literal(lake.files)}"] if lake.files else []
    options += ["READ_ONLY"] if read_only else []
    said = f" ({', '.join(options)})" if options else ""
    address = literal("ducklake:postgres:" + found["catalog"])
    db.execute(f"ATTACH {address} AS {name}{said}")


def _package(extension: str) -> str:
    if extension in _EXTENSIONS:
        return "'nianbao[lake]'"
    return f"duckdb-extension-{extension}=={duckdb.__version__}"


def _file_of(extension: str) -> Path:
    """In the package that brings it, for this very version of DuckDB."""
    spec = find_spec(f"duckdb_extension_{extension}")
    if spec is None or spec.origin is None:
        raise WarehouseError(
            f"没有安装 DuckDB 的 {extension} 扩展 / DuckDB's extension {extension} is not installed: "
            f"pip install {_package(extension)}"
        )
    folder = Path(spec.origin).parent / "extensions" / f"v{duckdb.__version__}"
    return folder / f"{extension}.duckdb_extension"
