"""The published warehouse in Python: read-only, as frames of any library, with labels in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse import schema, versions
from pipeline.warehouse.database import Connection, explained, read
from pipeline.warehouse.files import Paths
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.published import Place, read_place
from pipeline.warehouse.query import lock_down

_BETWEEN = " / "  # a comment's Chinese and its English


@dataclass(frozen=True, slots=True)
class Label:
    zh: str
    en: str


class Warehouse:
    """A data folder, a downloaded warehouse file or a lake (`ducklake:postgres:…`), opened for reading; `as_of` shows
    it as it was at that moment.

    `sql` and `table` give a DuckDB relation: `.df()` is a pandas frame, `.pl()` one of polars, `.arrow()` of Arrow.
    """

    def __init__(self, place: Place | str = "data", as_of: datetime | None = None) -> None:
        with ExitStack() as opened:
            self._db = opened.enter_context(_opened(place))
            if as_of is not None:
                versions.look_back(self._db, as_of)
            lock_down(self._db)
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._opened.close()

    def sql(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> duckdb.DuckDBPyRelation:
        """`parameters` stand for ? or $name in the query."""
        return self._db.sql(query, params=parameters)

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """A table or view."""
        self._columns(name)
        return self._db.sql('FROM "' + name.replace('"', '""') + '"')

    def labels(self, table: str) -> dict[str, Label]:
        """What each column of a table or view means, by its name."""
        return {name: _label(comment or "") for name, comment in self._columns(table)}

    def items(self, form: str) -> dict[str, Label]:
        """The statutory items of a form, as `facts.item` names them."""
        rows = self._db.execute("SELECT item, label_zh, label_en FROM items WHERE form = ?", [form]).fetchall()
        return {item: Label(zh, en) for item, zh, en in rows}

    def _columns(self, table: str) -> list[tuple[str, str | None]]:
        found = self._db.execute(
            "SELECT column_name, comment FROM duckdb_columns() "
            "WHERE table_name = ? AND database_name = current_database() ORDER BY column_index",
            [table],
        ).fetchall()
        if not found:
            raise WarehouseError(f"没有这张表 / there is no table or view of this name: {table}")
        return found


def _opened(place: Place | str) -> AbstractContextManager[Connection]:
    if isinstance(place, str):
        place = Lake(place) if place.startswith("ducklake:") else Path(place)
    if isinstance(place, Path) and (place.is_file() or place.suffix):
        return _file(place)
    return read_place(place)


@contextmanager
def _file(path: Path) -> Iterator[Connection]:
    """As it was downloaded: what is not ours is not upgraded."""
    paths = Paths(path.parent)
    with explained(paths), read(path, paths.spill) as db:
        schema.require(db)
        yield db


def _label(comment: str) -> Label:
    zh, _, en = comment.partition(_BETWEEN)
    return Label(zh, en)
