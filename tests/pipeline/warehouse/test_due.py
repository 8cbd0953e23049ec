from itertools import product

import duckdb

from pipeline.deadlines import due_on
from pipeline.warehouse import due


def test_the_view_and_the_check_know_the_same_days() -> None:
    every = list(
        product(
            (2012, 2018, 2019, 2024),
            ("government", "public_security", "development_zone"),
            ("central", "province", "city", "county", "township"),
        )
    )
    with duckdb.connect() as db:
        db.execute("CREATE TABLE given (year INTEGER, department VARCHAR, level VARCHAR)")
        db.executemany("INSERT INTO given VALUES (?, ?, ?)", every)
        found = db.execute(f"SELECT year, department, level, {due.due_on()} FROM given").fetchall()
    assert found == [(*one, due_on(*one)) for one in every]
