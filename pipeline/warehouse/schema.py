"""Making and recognising a warehouse: the tables of `schema/` once, comments and `views/` whenever they have changed.

A file that has the tables of an earlier version is brought to these by `migrations/`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

import duckdb
import pyarrow as pa

from pipeline.errors import WarehouseError
from pipeline.forms import forms
from pipeline.warehouse import due, figures, migrations, wide
from pipeline.warehouse.database import CATALOG, Connection
from pipeline.warehouse.tables import ITEMS, insert, table

VERSION = migrations.VERSION

_HERE = Path(__file__).parent
_COMMENT = "COMMENT ON "  # each stands in a line of its own
_SUBJECT = re.compile(r"COMMENT ON (?:TABLE|COLUMN) (\w+)")
_TABLE = re.compile(r"COMMENT ON TABLE (\w+)")


@dataclass(frozen=True, slots=True)
class Shape:
    """A column of a table."""

    name: str
    type: str
    required: bool
    computed: bool


def version(db: Connection) -> int:
    """Of the attached file, which must hold a warehouse that this program understands."""
    held = migrations.version(db)
    if held is None:
        raise WarehouseError("该文件不是年报仓库 / the file is not a nianbao warehouse")
    if held > VERSION:
        raise WarehouseError(
            f"仓库由更新的程序写成（结构版本 {held}，本程序 {VERSION}）/ the warehouse was written by a newer "
            f"version (schema {held}, this program knows {VERSION})"
        )
    return held


def require(db: Connection) -> None:
    """The attached file has the tables that this program works with. Older ones are brought to them when they are
    opened (`opening`)."""
    held = version(db)
    if held < VERSION:
        raise WarehouseError(f"仓库尚未升级 / the warehouse has not been upgraded: schema {held}, not {VERSION}")


def create(db: Connection) -> None:
    for path in _files("schema"):
        db.execute("".join(line for line in _lines(path) if not line.startswith(_COMMENT)))
    migrations.stamp(db, VERSION)


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, tuple[Shape, ...]]:
    """The columns of every table of `schema/`, as a file has them."""
    with duckdb.connect() as db:
        create(db)
        found = db.execute(
            """
            SELECT table_name, column_name, data_type, NOT is_nullable, column_default IS NOT NULL
            FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index
            """
        ).fetchall()
    shapes: dict[str, tuple[Shape, ...]] = {}
    for table_name, *column in found:
        shapes[table_name] = (*shapes.get(table_name, ()), Shape(*column))
    return shapes


def refresh(db: Connection) -> bool:
    """Bring up to date what needs no migration: the dictionary of items and the columns of `figures`, which follow from
    the forms, the comments and the views; whether the views were made anew."""
    stored = db.execute("SELECT * FROM items ORDER BY form, position").fetchall()
    if sorted(item_rows()) != sorted(stored):
        db.execute("DELETE FROM items")
        insert(db, "items", item_table())
    made = figures.bring_up_to_date(db)
    views = _views()
    wanted = _fingerprint(views)
    if not made and db.execute("SELECT fingerprint FROM nianbao_views").fetchall() == [(wanted,)]:
        return False  # their comments alone take longer than a small pass
    _run(db, [*_clearing(db), *_comments(), *views])
    _inherit_comments(db)
    db.execute("DELETE FROM nianbao_views")
    db.execute("INSERT INTO nianbao_views VALUES (?)", [wanted])
    return True


def make_views(db: Connection) -> None:
    """In the database in use, over the tables there."""
    _run(db, _views())


def make_temporary_view(db: Connection, name: str) -> None:
    """One of the views, where none can stay."""
    [path] = (_HERE / "views").glob(f"[0-9][0-9]_{name}.sql")
    text = "".join(line for line in _lines(path) if not line.startswith(_COMMENT))
    db.execute(text.replace("CREATE OR REPLACE VIEW", "CREATE OR REPLACE TEMP VIEW"))


def make_described_views(db: Connection) -> None:
    """The same where the tables are views as well: they say of themselves what the tables say."""
    there = {name for (name,) in db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    said = [line for line in _comments() if (found := _SUBJECT.match(line)) and found[1] in there]
    _run(db, [*(line.replace("COMMENT ON TABLE", "COMMENT ON VIEW", 1) for line in said), *_views()])
    _inherit_comments(db)


def _views() -> list[str]:
    parts = _parts()
    views = [Template(path.read_text(encoding="utf-8")).substitute(parts) for path in _files("views")]
    return [*views, wide.comments()]


def _comments() -> list[str]:
    """Of the tables and their columns."""
    said = [line for path in _files("schema") for line in _lines(path) if line.startswith(_COMMENT)]
    return [*said, figures.comment()]


def _clearing(db: Connection) -> list[str]:
    """What rids the file of views and comments that another version made: none may be left that are no more."""
    views = db.execute(
        "SELECT view_name FROM duckdb_views() WHERE database_name = ? AND NOT internal", [CATALOG]
    ).fetchall()
    columns = db.execute(
        """
        SELECT table_name, column_name
        FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (database_name, table_name)
        WHERE database_name = ? AND comment IS NOT NULL
        """,
        [CATALOG],
    ).fetchall()
    return [f"DROP VIEW {wide.name(view)}" for (view,) in views] + [
        f"COMMENT ON COLUMN {wide.name(table)}.{wide.name(column)} IS NULL" for table, column in columns
    ]


def _run(db: Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        db.execute(statement)


def _fingerprint(views: Sequence[str]) -> str:
    """With the comments, and with the rules by which they are inherited: this file's."""
    digest = hashlib.sha256("\n".join([*_comments(), *views]).encode())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()


def _files(folder: str) -> list[Path]:
    return sorted((_HERE / folder).glob("*.sql"))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def _inherit_comments(db: Connection) -> None:
    """A column that has no comment of its own, of a view or a table of versions, takes that of the column it repeats:
    by its name, or, where the names are Chinese, by its place."""
    columns = db.execute(
        """
        SELECT table_name, column_name, column_index, comment,
            table_name IN (SELECT view_name FROM duckdb_views() WHERE database_name = $catalog) AS viewed
        FROM duckdb_columns()
        WHERE database_name = $catalog
        ORDER BY viewed, table_name <> 'reports', list_position($tables, table_name), table_oid, column_index
        """,
        {"catalog": CATALOG, "tables": _TABLE.findall("".join(_comments()))},
    ).fetchall()
    by_name: dict[str, str] = {}
    for _, column, _, comment, _ in columns:
        if comment:
            by_name.setdefault(column, comment)
    by_place = {index: by_name.get(column) for view, column, index, _, _ in columns if view == "reports_wide"}
    for relation, column, index, comment, _ in columns:
        inherited = by_place.get(index) if relation == "年报" else by_name.get(column)
        if not comment and inherited:
            db.execute(f"COMMENT ON COLUMN {wide.name(relation)}.{wide.name(column)} IS {wide.quote(inherited)}")


def _parts() -> dict[str, str]:
    return {
        "labelled_columns": wide.labelled_columns(),
        "applicant_columns": wide.applicant_columns(),
        "due_on": due.due_on(),
        "bridge_rows": wide.bridge_rows(),
        "series_rows": wide.series_rows(),
        "series_columns": wide.series_columns(),
    }


def item_rows() -> list[tuple[str, int, int, str, str, str, str, str]]:
    """Form, section, position, item, label_zh, label_en, unit, per_applicant: newest form first, as printed."""
    return [
        (
            form.form,
            form.table_of(item).section,
            position,
            item.item,
            item.label_zh,
            item.label_en,
            item.unit,
            "yes" if form.per_applicant(item) else "no",
        )
        for form in forms().values()
        for position, item in enumerate(form.items, start=1)
    ]


def item_table() -> pa.Table:
    return table(ITEMS, item_rows())
