"""Making and recognising a warehouse: the files of `schema/` once, those of `views/` whenever they have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from string import Template

import pyarrow as pa

from pipeline.errors import WarehouseError
from pipeline.forms import forms
from pipeline.warehouse import due, signatures, wide
from pipeline.warehouse.database import CATALOG, Connection
from pipeline.warehouse.tables import ITEMS, insert, table

VERSION = 1

_HERE = Path(__file__).parent


def exists(db: Connection) -> bool:
    """Whether the attached file holds a warehouse that this program understands."""
    if not has_table(db, "nianbao_schema"):
        return False
    version = db.execute("SELECT max(version) FROM nianbao_schema").fetchall()[0][0]
    if version is None or version > VERSION:
        raise WarehouseError(
            f"仓库由更新的程序写成（结构版本 {version}，本程序 {VERSION}）/ the warehouse was written by a newer "
            f"version (schema {version}, this program knows {VERSION})"
        )
    return True


def require(db: Connection) -> None:
    if not exists(db):
        raise WarehouseError("该文件不是年报仓库 / the file is not a nianbao warehouse")


def create(db: Connection) -> None:
    for path in _files("schema"):
        db.execute(path.read_text(encoding="utf-8"))
    db.execute("INSERT INTO nianbao_schema VALUES (?)", [VERSION])


def refresh(db: Connection) -> None:
    """Bring up to date a file that an earlier version made, and what follows from the forms: the dictionary of items
    and the views."""
    _adapt(db)
    stored = db.execute("SELECT * FROM items ORDER BY form, position").fetchall()
    if sorted(item_rows()) != sorted(stored):
        db.execute("DELETE FROM items")
        insert(db, "items", item_table())
    statements = _statements()
    wanted = _fingerprint(statements)
    if db.execute("SELECT fingerprint FROM nianbao_views").fetchall() == [(wanted,)]:
        return  # their comments alone take longer than a small pass
    _run(db, statements)
    _inherit_comments(db)
    db.execute("DELETE FROM nianbao_views")
    db.execute("INSERT INTO nianbao_views VALUES (?)", [wanted])


def make_views(db: Connection) -> None:
    """In the database in use, over the tables there."""
    _run(db, _statements())


def _statements() -> list[str]:
    parts = _parts()
    views = [Template(path.read_text(encoding="utf-8")).substitute(parts) for path in _files("views")]
    return [*views, wide.comments()]


def _run(db: Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        db.execute(statement)


def _fingerprint(statements: Sequence[str]) -> str:
    """With what comments are taken from, and by which rules: the tables' files, and this one."""
    digest = hashlib.sha256("\n".join(statements).encode())
    for path in (*_files("schema"), Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folder: str) -> list[Path]:
    return sorted((_HERE / folder).glob("*.sql"))


def _adapt(db: Connection) -> None:
    """The columns that may be empty, and the loader's own memory, by the files of `schema/`. Each costs nothing where
    it is so already."""
    strict = db.execute(
        """
        SELECT column_name FROM duckdb_columns()
        WHERE database_name = ? AND table_name = 'reports' AND column_name IN ('title', 'page_url', 'file_url')
            AND NOT is_nullable
        """,
        [CATALOG],
    ).fetchall()
    for (column,) in strict:
        db.execute(f"ALTER TABLE reports ALTER {column} DROP NOT NULL")
        db.execute(f"UPDATE reports SET {column} = NULL WHERE {column} = ''")  # noqa: S608
    if strict:
        db.execute((_HERE / "schema" / "05_sources.sql").read_text(encoding="utf-8"))
    if not has_table(db, "nianbao_signatures"):
        db.execute((_HERE / "schema" / "06_signatures.sql").read_text(encoding="utf-8"))
        signatures.sign_all(db)
    if not has_table(db, "report_versions"):
        db.execute((_HERE / "schema" / "07_versions.sql").read_text(encoding="utf-8"))
    if not has_table(db, "nianbao_views"):
        db.execute((_HERE / "schema" / "08_views.sql").read_text(encoding="utf-8"))


def has_table(db: Connection, name: str) -> bool:
    known = db.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = ?", [CATALOG, name]
    ).fetchall()
    return known == [(1,)]


def _inherit_comments(db: Connection) -> None:
    """A column that has no comment of its own, of a view or a table of versions, takes that of the column it repeats:
    by its name, or, where the names are Chinese, by its place."""
    columns = db.execute(
        """
        SELECT table_name, column_name, column_index, comment,
            table_name IN (SELECT view_name FROM duckdb_views() WHERE database_name = $catalog) AS viewed
        FROM duckdb_columns()
        WHERE database_name = $catalog
        ORDER BY viewed, table_name <> 'reports', table_oid, column_index
        """,
        {"catalog": CATALOG},
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
        "item_amounts": wide.item_amounts(),
        "item_columns": wide.item_columns(),
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
