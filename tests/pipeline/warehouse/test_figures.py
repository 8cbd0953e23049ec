"""The numbers of reports_wide, kept as a table: always those of the current facts, whatever made the file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb

from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import make_fact, make_report, rows

BY_HAND = """
    SELECT report_id, max(value) FILTER (item = 'requests.new'), max(value) FILTER (item = 'regulations.issued')
    FROM reports LEFT JOIN facts USING (report_id)
    WHERE applicant IS NULL OR applicant = 'total' GROUP BY ALL ORDER BY ALL
"""
KEPT = "SELECT report_id, requests_new, regulations_issued FROM figures ORDER BY ALL"
THREE_FORMS = [rows(make_report(1)), rows(make_report(1, 2020, form="2019")), rows(make_report(1, 2016, form="2014"))]


def test_a_correction_replaces_the_row_of_its_report_alone(load: Load, sql: Sql) -> None:
    load(THREE_FORMS)
    assert sql(KEPT) == sql(BY_HAND)
    load([rows(make_report(1, facts=(make_fact("requests.new", "total", Decimal(77)),)))])
    assert sql(KEPT) == sql(BY_HAND)
    assert (make_report(1).report_id, Decimal(77), None) in sql(KEPT)


def test_a_file_without_the_table_or_with_other_columns_gets_it_filled(load: Load, sql: Sql, tmp_path: Path) -> None:
    load(THREE_FORMS)
    whole = sql("FROM figures ORDER BY ALL")
    for change in ("DROP TABLE figures", "ALTER TABLE figures DROP COLUMN requests_new"):
        with duckdb.connect(str(tmp_path / "nianbao.duckdb")) as db:
            db.execute(change)
        load()
        assert sql("FROM figures ORDER BY ALL") == whole
