"""`query`: what researchers ask is answered; nothing is written, no file read, no extension loaded."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_report, make_run, rows


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all, since no query can change it."""
    folder = tmp_path_factory.mktemp("data")
    given = [rows(make_report(1))]
    warehouse.load(folder, reports=given, documents=(), portals=(), outcomes=(), run=make_run(), divisions=DIVISIONS)
    return folder


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM reports",
        "  select 1 ;  ",
        "-- a remark\nSELECT 1",
        "FROM reports",
        "FROM nianbao.main.facts LIMIT 3",
        "WITH r AS (SELECT * FROM reports) SELECT * FROM r",
        'SELECT * FROM "年报"',
        "VALUES (1), (2)",
        "DESCRIBE reports",
        "SHOW TABLES",
        "SUMMARIZE reports",
        "EXPLAIN SELECT * FROM reports",
        "EXPLAIN ANALYZE SELECT * FROM reports",
        "PRAGMA table_info('reports')",
        "SELECT * FROM (PIVOT facts ON applicant IN ('total') USING sum(value) GROUP BY item)",
        "SELECT fetched_at, published_on FROM reports",
    ],
)
def test_questions_are_answered(sql: str, data: Path) -> None:
    result = warehouse.query(data, sql)
    assert result.columns
    assert result.rows


def test_columns_and_types_come_as_they_are(data: Path) -> None:
    result = warehouse.query(data, "SELECT item, value, bbox FROM facts WHERE item = 'fees.amount'")
    assert result.columns == ("item", "value", "bbox")
    assert isinstance(result.rows[0][1], Decimal)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO reports SELECT * FROM reports",
        "UPDATE reports SET title = ''",
        "DELETE FROM reports",
        "TRUNCATE reports",
        "MERGE INTO reports USING reports r ON true WHEN MATCHED THEN DELETE",
        "DROP TABLE facts",
        "DROP VIEW 年报",
        "ALTER TABLE reports ADD COLUMN x INTEGER",
        "COMMENT ON TABLE reports IS 'x'",
        "CREATE TABLE x (a INTEGER)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "CREATE TABLE memory.main.x AS SELECT 1",
        "CREATE MACRO f(a) AS a",
        "ATTACH '{out}.duckdb'",
        "ATTACH '{secret}' AS s (TYPE sqlite)",
        "DETACH nianbao",
        "USE memory",
        "COPY reports TO '{out}.csv'",
        "COPY (SELECT 1) TO '{out}.parquet' (FORMAT parquet)",
        "COPY reports FROM '{secret}'",
        "COPY FROM DATABASE nianbao TO memory",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{out}.csv'",
        "EXPLAIN ANALYZE DELETE FROM reports",
        "EXPORT DATABASE '{out}'",
        "IMPORT DATABASE '{out}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{secret}'",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "PRAGMA enable_external_access = true",
        "SET lock_configuration = false",
        "SET VARIABLE a = 1",
        "CALL pragma_version()",
        "CALL enable_logging(storage = 'file', storage_path = '{out}')",
        "PREPARE q AS SELECT 1",
        "EXECUTE q",
        "BEGIN",
        "CHECKPOINT",
        "VACUUM",
        "CREATE SECRET s (TYPE s3)",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_csv_auto('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_blob('{secret}')",
        "SELECT * FROM read_json('{secret}')",
        "SELECT * FROM read_parquet('{secret}')",
        "SELECT * FROM parquet_metadata('{secret}')",
        "SELECT * FROM '{secret}'",
        "FROM '{secret}'",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_duckdb('{secret}')",
        "SELECT * FROM sqlite_scan('{secret}', 't')",
        "SELECT * FROM query('COPY (SELECT 1) TO ''{out}.csv''')",
        "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
        "SELECT (SELECT content FROM read_text('{secret}'))",
        "SELECT * FROM reports WHERE title IN (SELECT content FROM read_text('{secret}'))",
        "WITH x AS (SELECT * FROM read_text('{secret}')) SELECT * FROM x",
        "SELECT * FROM read_text('http://127.0.0.1:9/x')",
        "SELECT * FROM duckdb_secrets()",
        "SELECT getenv('HOME')",
        "SELECT * FROM data",
        "SELECT * FROM rows",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE facts",
        "SELECT 1; COPY (SELECT 1) TO '{out}.csv'",
        "PIVOT facts ON applicant USING sum(value)",
        "",
        "  ;  ",
        "-- nothing",
        "SELEC 1",
        "SELECT nonsense FROM reports",
        "SELECT * FROM no_such_table",
        "SELECT 'a'::INTEGER",
    ],
)
def test_everything_else_gets_one_line_and_touches_nothing(
    sql: str, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("outside")
    secret = folder / "secret.csv"
    secret.write_text("geheim,1\n")
    before = (data / "nianbao.duckdb").read_bytes()
    listing = sorted(path.name for path in data.iterdir())
    with pytest.raises(WarehouseError) as told:
        warehouse.query(data, sql.format(secret=secret, folder=folder, out=folder / "out"))
    assert "\n" not in str(told.value)
    assert "geheim" not in str(told.value)
    assert [path.name for path in folder.iterdir()] == ["secret.csv"]
    assert (data / "nianbao.duckdb").read_bytes() == before
    assert sorted(path.name for path in data.iterdir()) == listing


def test_before_the_first_pass_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="还没有数据"):
        warehouse.query(tmp_path, "SELECT 1")


def test_a_long_query_draws_no_progress_into_its_output(data: Path) -> None:
    assert warehouse.query(data, "SELECT current_setting('enable_progress_bar')").rows == ((False,),)
