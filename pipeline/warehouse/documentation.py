"""`docs/tables.md`, made from an empty warehouse's comments: `python -m pipeline.warehouse.documentation` writes it.

What a column means is said once, in `schema/*.sql`, `views/*.sql` and the forms; here it is only laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from pipeline.resources import ROOT
from pipeline.warehouse import schema
from pipeline.warehouse.database import CATALOG, Connection

PAGE = ROOT / "docs" / "tables.md"

_HEAD = """# 数据表 / The tables

Made from the comments in the database itself by `python -m pipeline.warehouse.documentation`; any client that shows
comments, such as DBeaver or the DuckDB UI, shows the same. 本页由数据库中的注释生成。

`value` and what is reckoned from it are in the unit of `items.unit`. What the rules in `checks` say stands in
[checks.md](checks.md).

| name | | 中文 | English |
| --- | --- | --- | --- |
"""

_INTERNAL = "nianbao_"  # prefix of tables that hold no data for users
_BOTH_LANGUAGES = re.compile(r"\s?/ ")


@dataclass(frozen=True, slots=True)
class Note:
    """A comment in its two languages."""

    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    note: Note


@dataclass(frozen=True, slots=True)
class Relation:
    name: str
    kind: str
    note: Note
    columns: tuple[Column, ...]


def page() -> str:
    described = relations()
    index = "".join(
        f"| [`{one.name}`](#{one.name}) | {one.kind} | {_line(one.note.chinese)} | {_line(one.note.english)} |\n"
        for one in described
    )
    return _HEAD + index + "".join(_part(one) for one in described)


def relations() -> list[Relation]:
    """Tables in the order of the schema, then views, then what is internal."""
    with _empty_warehouse() as db:
        rows = db.execute(
            """
            SELECT name, kind, comment FROM (
                SELECT table_name AS name, 'table' AS kind, comment, table_oid AS position
                FROM duckdb_tables() WHERE database_name = $catalog
                UNION ALL
                SELECT view_name, 'view', comment, view_oid
                FROM duckdb_views() WHERE database_name = $catalog AND NOT internal
            )
            ORDER BY starts_with(name, $internal), kind, position
            """,
            {"catalog": CATALOG, "internal": _INTERNAL},
        ).fetchall()
        return [Relation(name, kind, note_of(comment), columns_of(db, name)) for name, kind, comment in rows]


@contextmanager
def _empty_warehouse() -> Iterator[Connection]:
    with duckdb.connect() as db:
        db.execute(f"ATTACH ':memory:' AS {CATALOG}")
        db.execute(f"USE {CATALOG}")
        schema.create(db)
        schema.refresh(db)
        yield db


def columns_of(db: Connection, relation: str) -> tuple[Column, ...]:
    rows = db.execute(
        """
        SELECT column_name, data_type, comment FROM duckdb_columns()
        WHERE database_name = ? AND table_name = ? ORDER BY column_index
        """,
        [CATALOG, relation],
    ).fetchall()
    return tuple(Column(name, kind, note_of(comment)) for name, kind, comment in rows)


def note_of(comment: str | None) -> Note:
    """A comment is written 中文 / English."""
    chinese, *english = _BOTH_LANGUAGES.split(comment or "", maxsplit=1)
    return Note(chinese.strip(), english[0].strip() if english else "")


def _part(relation: Relation) -> str:
    rows = "".join(
        f"| `{column.name}` | {column.type} | {_line(column.note.chinese)} | {_line(column.note.english)} |\n"
        for column in relation.columns
    )
    return (
        f"\n## {relation.name}\n\n{relation.note.chinese}。\n\n{relation.note.english}.\n\n"
        f"| column | type | 中文 | English |\n| --- | --- | --- | --- |\n{rows}"
    )


def _line(text: str) -> str:
    """One cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
