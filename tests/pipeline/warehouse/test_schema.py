"""The published file against the contract: tables, columns, types, order, comments, and who can open it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.forms import forms
from pipeline.warehouse.wide import wide_columns
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import make_report, rows

FIXTURES = Path(__file__).parents[2] / "fixtures"

CONTRACT = {
    "reports": "report_id VARCHAR, province VARCHAR, year INTEGER, province_name VARCHAR, division VARCHAR, "
    "division_name VARCHAR, authority VARCHAR, authority_id VARCHAR, level VARCHAR, department VARCHAR, "
    "title VARCHAR, form VARCHAR, published_on DATE, portal_id VARCHAR, page_url VARCHAR, file_url VARCHAR, "
    "media_type VARCHAR, sha256 VARCHAR, fetched_at TIMESTAMP WITH TIME ZONE, extractor VARCHAR, facts INTEGER, "
    "checks_failed INTEGER, status VARCHAR, version INTEGER",
    "facts": "report_id VARCHAR, province VARCHAR, year INTEGER, item VARCHAR, applicant VARCHAR, kind VARCHAR, "
    "value DECIMAL(20,4), raw VARCHAR, page INTEGER, bbox DOUBLE[4], cell VARCHAR, method VARCHAR, "
    "confidence DOUBLE, reason VARCHAR",
    "sections": "report_id VARCHAR, province VARCHAR, year INTEGER, section INTEGER, heading VARCHAR, text VARCHAR",
    "checks": "report_id VARCHAR, province VARCHAR, year INTEGER, rule VARCHAR, passed BOOLEAN, severity VARCHAR, "
    "item VARCHAR, applicant VARCHAR, expected DECIMAL(20,4), actual DECIMAL(20,4), message VARCHAR",
    "mentions": "report_id VARCHAR, province VARCHAR, year INTEGER, section INTEGER, metric VARCHAR, "
    "value DECIMAL(20,4), unit VARCHAR, approximate BOOLEAN, sentence VARCHAR, start INTEGER, stop INTEGER",
    "items": "form VARCHAR, section INTEGER, position INTEGER, item VARCHAR, label_zh VARCHAR, label_en VARCHAR, "
    "unit VARCHAR, per_applicant VARCHAR",
    "divisions": "code VARCHAR, name VARCHAR, level VARCHAR, parent VARCHAR, valid_from INTEGER, valid_to INTEGER",
    "authorities": "authority_id VARCHAR, name VARCHAR, division VARCHAR, level VARCHAR, department VARCHAR, "
    "aliases VARCHAR[]",
    "documents": "url VARCHAR, portal_id VARCHAR, run_id VARCHAR, http_status INTEGER, media_type VARCHAR, "
    "bytes BIGINT, sha256 VARCHAR, fetched_at TIMESTAMP WITH TIME ZONE, warc VARCHAR, kind VARCHAR, outcome VARCHAR, "
    "reason VARCHAR, title VARCHAR",
    "coverage": "province VARCHAR, year INTEGER, authorities_known BIGINT, reports_held BIGINT, share DOUBLE",
}


def test_columns_types_and_order_are_those_of_the_contract(load: Load, sql: Sql) -> None:
    load()
    described = {name: ", ".join(f"{row[0]} {row[1]}" for row in sql(f"DESCRIBE {name}")) for name in CONTRACT}
    assert described == CONTRACT


def test_every_table_and_view_of_the_contract_is_in_schema_main(load: Load, sql: Sql) -> None:
    load()
    there = {row[0] for row in sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'")}
    tables = {*CONTRACT, "portals", "runs", "reports_wide", "series", "applications", "missing", "年报"}
    assert tables <= there


def test_every_table_view_and_column_has_a_comment_in_both_languages(load: Load, sql: Sql) -> None:
    load()
    assert sql("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL") == []
    texts = sql(
        "SELECT comment FROM duckdb_columns() WHERE NOT internal UNION ALL SELECT comment FROM duckdb_tables() "
        "UNION ALL SELECT comment FROM duckdb_views() WHERE NOT internal"
    )
    assert len(texts) > 500
    assert [text for (text,) in texts if not text or (" / " not in text and "/ " not in text)] == []


def test_views_that_another_version_made_are_made_anew_with_their_comments(
    load: Load, sql: Sql, tmp_path: Path
) -> None:
    load()
    comments = "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'coverage'"
    wanted = sql(comments)
    with duckdb.connect(tmp_path / "nianbao.duckdb") as db:
        db.execute("CREATE OR REPLACE VIEW coverage AS SELECT 1 AS one; CREATE VIEW gone AS SELECT 1 AS one")
        db.execute("UPDATE nianbao_views SET fingerprint = 'of another version'")
    load()
    assert sql(comments) == wanted
    assert sql("SELECT count(*) FROM duckdb_views() WHERE view_name = 'gone'") == [(0,)]


def test_items_are_the_statutory_list(load: Load, sql: Sql) -> None:
    load()
    with (FIXTURES / "items.csv").open(encoding="utf-8", newline="") as stream:
        header, *expected = list(csv.reader(stream))
    stored = sql("SELECT * FROM items")
    assert header == [row[0] for row in sql("DESCRIBE items")]
    assert [[str(value) for value in row] for row in stored] == expected


def test_codes_outside_the_contract_are_refused_by_the_file_itself(load: Load, tmp_path: Path) -> None:
    load([rows(make_report())])
    with duckdb.connect(str(tmp_path / "nianbao.duckdb")) as db:
        for statement in (
            "UPDATE facts SET kind = 'guess'",
            "UPDATE facts SET value = NULL WHERE kind = 'number'",
            "UPDATE reports SET level = 'planet'",
            "UPDATE checks SET severity = 'fatal'",
        ):
            with pytest.raises(duckdb.ConstraintException):
                db.execute(statement)


def test_the_file_is_stored_for_readers_from_version_1_2_on(load: Load, tmp_path: Path) -> None:
    load([rows(make_report())])
    with duckdb.connect() as db:
        db.execute(f"ATTACH '{tmp_path / 'nianbao.duckdb'}' AS held (READ_ONLY)")
        tags = db.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'held'").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.2.0")


def test_duckdb_1_2_reads_every_table_and_view(load: Load, tmp_path: Path) -> None:
    old = os.environ.get("NIANBAO_TEST_DUCKDB_1_2")
    if not old:
        pytest.skip("needs `pip install --target FOLDER duckdb==1.2.0` and NIANBAO_TEST_DUCKDB_1_2=FOLDER")
    load([rows(make_report(1, 2024)), rows(make_report(1, 2020, form="2019")), rows(make_report(1, 2016, form="2014"))])
    script = """
import sys
sys.path.insert(0, sys.argv[1])
import duckdb
assert duckdb.__version__ == "1.2.0"
db = duckdb.connect(sys.argv[2], read_only=True)
names = db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal "
                   "UNION ALL SELECT table_name FROM duckdb_tables()").fetchall()
for (name,) in names:
    db.execute(f'SELECT * FROM "{name}"').fetchall()
print(len(names), db.execute('SELECT count(*) FROM "年报"').fetchone()[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, old, str(tmp_path / "nianbao.duckdb")], capture_output=True, text=True
    )
    with duckdb.connect(str(tmp_path / "nianbao.duckdb"), read_only=True) as db:
        ((relations,),) = db.execute("SELECT count(*) FROM information_schema.tables").fetchall()
    assert done.stdout.split() == [str(relations), "3"], done.stderr


def test_wide_columns_share_a_name_only_where_the_bridge_lets_them() -> None:
    names = [column.name for column in wide_columns()]
    assert len(names) == len(set(names))
    other = {column.name: column.forms for column in wide_columns() if column.item == "review.other"}
    assert other == {"review_other": ("2021", "2019"), "review_other_2014": ("2014",)}
    items = {item.item for form in forms().values() for item in form.items}
    assert {column.item for column in wide_columns()} == items
