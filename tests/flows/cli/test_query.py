"""`nianbao query`: answers in three formats; what cannot be answered is one line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.command import assert_one_line, nianbao


@pytest.mark.parametrize(
    "sql", ["DELETE FROM reports", "SELECT nothing FROM reports", "SELEC 1", "COPY reports TO 'x'"]
)
def test_a_query_that_cannot_be_answered_is_one_line(published: Path, sql: str) -> None:
    assert_one_line(nianbao("query", sql, "--data", published), 1)


def test_a_query_without_a_warehouse_says_so(tmp_path: Path) -> None:
    assert_one_line(nianbao("query", "SELECT 1", "--data", tmp_path), 1, "nothing has been published")


def test_answers_come_as_table_csv_and_json(published: Path) -> None:
    sql = "SELECT authority, year, 0.5::DECIMAL(20,4) AS half, NULL AS nothing FROM reports WHERE year = 2024 LIMIT 1"
    authority = "隆德县公安局"
    table = nianbao("query", sql, "--data", published).stdout
    assert authority in table
    rows = list(csv.DictReader(io.StringIO(nianbao("query", sql, "--format", "csv", "--data", published).stdout)))
    assert rows == [{"authority": authority, "year": "2024", "half": "0.5", "nothing": ""}]
    answer = json.loads(nianbao("query", sql, "--format", "json", "--data", published).stdout)
    assert answer == [{"authority": authority, "year": 2024, "half": 0.5, "nothing": None}]


def test_json_is_json_whatever_the_values(published: Path) -> None:
    sql = "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS b, [1, '-inf'::DOUBLE] AS c, 'x\\xFF'::BLOB AS d"
    text = nianbao("query", sql, "--format", "json", "--data", published).stdout

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    answer = json.loads(text, parse_constant=refuse)
    assert answer == [{"a": 1, "a_1": 2, "b": None, "c": [1.0, None], "d": "78ff"}]
