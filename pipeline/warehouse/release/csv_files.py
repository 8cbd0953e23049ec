"""CSV: one file per table, UTF-8 with the mark that Excel needs. Text that a spreadsheet would run as a formula is
disarmed by an apostrophe; numbers, and text that is nothing but a number or dashes, stay as they are."""

from __future__ import annotations

import codecs
import shutil
from pathlib import Path

from pipeline.warehouse.database import Connection, literal
from pipeline.warehouse.documentation import Column
from pipeline.warehouse.release.contents import Contents, Table
from pipeline.warehouse.release.parts import DATA, Part, is_list, plain
from pipeline.warehouse.wide import name as quoted

# Full-width signs too: spreadsheets set to Chinese take them for the half-width ones.
_STARTS_LIKE_A_FORMULA = r"'*\s*[=+\-@＝＋－＠\t\r].*"
_DISARMED = r"^'('*\s*[=+\-@＝＋－＠\t\r].*)$"
_HARMLESS = r"[-+]?[0-9][0-9,]*(\.[0-9]+)?%?|[-－]+"


def write(db: Connection, contents: Contents, folder: Path) -> list[Part]:
    (folder / DATA).mkdir(exist_ok=True)
    return [_write(db, contents, table, folder) for table in contents.tables]


def _write(db: Connection, contents: Contents, table: Table, folder: Path) -> Part:
    """Part after part is written aside and put at the file's end, so that no sorting holds a whole table."""
    path = f"{DATA}/{table.name}.csv"
    aside = folder / f"{path}.part"
    columns = ", ".join(_cell(column) for column in table.columns)
    rows = 0
    with (folder / path).open("wb") as whole:
        whole.write(codecs.BOM_UTF8)
        for number, scope in enumerate(contents.parts(table)):
            rows += _copy(db, table.select(scope, columns), aside, heading=number == 0)
            with aside.open("rb") as part:
                shutil.copyfileobj(part, whole)
            aside.unlink()
    return Part(table.name, path, table.columns, rows, table.name)


def _copy(db: Connection, select: str, path: Path, *, heading: bool) -> int:
    given = str(heading).lower()
    return int(db.execute(f"COPY ({select}) TO {literal(str(path))} (FORMAT csv, HEADER {given})").fetchall()[0][0])


def _cell(column: Column) -> str:
    if column.type == "VARCHAR":
        return disarmed(quoted(column.name))
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return (
            f"strftime(make_timestamp(epoch_us({quoted(column.name)})), '%Y-%m-%dT%H:%M:%SZ') AS {quoted(column.name)}"
        )
    if is_list(column):
        return plain(column)
    return quoted(column.name)


def disarmed(column: str) -> str:
    """A text that begins with apostrophes and then like a formula gets one more, so that taking one away from
    whatever looks like this gives back what was there."""
    return (
        f"CASE WHEN regexp_full_match({column}, {literal(_STARTS_LIKE_A_FORMULA)}, 's') "
        f"AND NOT regexp_full_match({column}, {literal(_HARMLESS)}) THEN '''' || {column} ELSE {column} END AS {column}"
    )


def rearmed(column: str) -> str:
    """What a text was before `disarmed`."""
    return f"regexp_replace({column}, {literal(_DISARMED)}, '\\1', 's')"
