"""A user's SQL on the published warehouse, strictly read-only: one SELECT-like statement, no files, no extensions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse import versions
from pipeline.warehouse.database import Connection
from pipeline.warehouse.lake import Lake
from pipeline.warehouse.published import Place, read_place


@dataclass(frozen=True, slots=True)
class QueryResult:
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


_RUN_TEXT = frozenset({"query", "query_table", "json_execute_serialized_sql"})
_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}  # FROM, DESCRIBE, SHOW, SUMMARIZE are SELECTs


def query(place: Place, sql: str, as_of: datetime | None = None) -> QueryResult:
    """What the statement finds in the warehouse, or in the one of an earlier moment."""
    with read_place(place) as db:
        if as_of is not None:
            versions.look_back(db, as_of)
        lock_down(db)
        statement = _the_statement(db, sql)
        if isinstance(place, Lake):
            _require_own_functions(db, statement)
        try:
            answer = db.execute(statement)
            columns = tuple(column[0] for column in answer.description or ())
            return QueryResult(columns, tuple(answer.fetchall()))
        except duckdb.PermissionException as error:
            raise WarehouseError(
                f"查询不得读写文件或加载扩展 / queries may not use files or extensions: {_one_line(error)}"
            ) from error
        except duckdb.Error as error:
            raise WarehouseError(f"查询出错 / the query failed: {_one_line(error)}") from error


def lock_down(db: Connection) -> None:
    """From here on nothing but the attached file can be read, and no setting changed back. The statement's type is
    checked as well, but it is this that holds."""
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")


def _the_statement(db: Connection, sql: str) -> duckdb.Statement:
    try:
        statements = db.extract_statements(sql)
    except duckdb.Error as error:
        raise WarehouseError(f"SQL 有误 / wrong SQL: {_one_line(error)}") from error
    if not statements:
        raise WarehouseError("没有查询语句 / no query was given")
    if "PIVOT" in sql.upper() and any(one.type is duckdb.StatementType.CREATE for one in statements):
        raise WarehouseError("PIVOT 请用 IN (…) 列出取值 / PIVOT needs its values listed: ON column IN (…)")
    if len(statements) > 1:
        raise WarehouseError("一次只能执行一条查询 / one query at a time")
    if statements[0].type not in _ALLOWED:
        raise WarehouseError(
            f"只允许查询，不允许 {statements[0].type.name} / only queries are allowed, not {statements[0].type.name}"
        )
    return statements[0]


def _require_own_functions(db: Connection, statement: duckdb.Statement) -> None:
    """The extension that reads the lake's catalog brings functions that reach any PostgreSQL server, and DuckDB has
    some that run text as a statement; what cannot be looked through is refused with them."""
    [(found,)] = db.execute("SELECT json_serialize_sql(?)", [statement.query]).fetchall()
    tree = json.loads(found)
    named = {name.lower() for name in _function_names(tree)}
    if tree["error"] or any(name.startswith("postgres") or name in _RUN_TEXT for name in named):
        raise WarehouseError("对数据湖只能提普通的 SELECT / of a lake only plain SELECTs can be asked")


def _function_names(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(name := tree.get("function_name"), str):
            yield name
        for part in tree.values():
            yield from _function_names(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _function_names(part)


def _one_line(error: duckdb.Error) -> str:
    """DuckDB's message without the picture of the query below it."""
    return " ".join(str(error).split("\n\nLINE ")[0].split())
