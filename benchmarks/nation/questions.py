"""What is asked of the nation: on the warehouse itself, and on a share of it beside SQLite and pandas over CSV."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.warehouse.database import Connection, literal
from pipeline.warehouse.files import Paths
from pipeline.warehouse.opening import read_published

ITEM = "litigation_direct.upheld"
COLUMN = "litigation_direct_upheld"
PROVINCE, YEAR = "640000", 2024

PANEL = f"SELECT province, year, sum({COLUMN}) FROM figures GROUP BY ALL ORDER BY ALL"  # noqa: S608
PANEL_OF_REPORTS = f"SELECT province, year, sum({COLUMN}) FROM reports_wide GROUP BY ALL ORDER BY ALL"  # noqa: S608
PANEL_OF_FACTS = """
    SELECT province, year, sum(value) FROM facts WHERE item = $item GROUP BY province, year ORDER BY ALL
"""
HISTORY = """
    SELECT facts.year, item, applicant, value
    FROM facts JOIN reports USING (report_id, province, year)
    WHERE authority_id = $authority AND facts.province = $province
"""
HISTORY_WIDE = "SELECT * FROM reports_wide WHERE authority_id = $authority"
PARTITION = """
    SELECT item, applicant, count(*), sum(value) FROM facts
    WHERE province = $province AND year = $year GROUP BY item, applicant
"""
ROUNDS = 5

Timed = tuple[float, float]  # seconds by the clock and of processor time


def timed(ask: Callable[[], object], rounds: int = ROUNDS) -> Timed:
    """The best of some rounds."""
    taken = []
    for _ in range(rounds):
        clock, processor = time.perf_counter(), time.process_time()
        ask()
        taken.append((time.perf_counter() - clock, time.process_time() - processor))
    return min(clock for clock, _ in taken), min(processor for _, processor in taken)


def some_authority(db: Connection) -> str:
    """A government in the middle of the province, which has reported in every year."""
    rows = db.execute(
        """
        SELECT authority_id FROM reports
        WHERE province = $province AND department = 'government' AND year = 2008 ORDER BY authority_id
        """,
        {"province": PROVINCE},
    ).fetchall()
    return str(rows[len(rows) // 2][0])


def of_the_warehouse(data: Path) -> dict[str, Timed]:
    with read_published(data) as db:
        authority = {"authority": some_authority(db)}
        home = {**authority, "province": PROVINCE}
        return {
            "national panel of one item, from `figures`": timed(lambda: db.execute(PANEL).fetchall()),
            "the same from `reports_wide`": timed(lambda: db.execute(PANEL_OF_REPORTS).fetchall(), 2),
            "the same from `facts`": timed(lambda: db.execute(PANEL_OF_FACTS, {"item": ITEM}).fetchall(), 2),
            "history of one authority, every cell": timed(lambda: db.execute(HISTORY, home).fetchall()),
            "history of one authority, from `reports_wide`": timed(
                lambda: db.execute(HISTORY_WIDE, authority).fetchall()
            ),
            "one province and year of `facts`": timed(
                lambda: db.execute(PARTITION, {"province": PROVINCE, "year": YEAR}).fetchall()
            ),
        }


def of_parquet(data: Path) -> tuple[Timed, str]:
    """The time for one province and year, and what EXPLAIN says of the files that are read for it."""
    files = literal(str(Paths(data).parquet / "facts" / "*" / "*" / "*.parquet"))
    source = f"read_parquet({files}, hive_partitioning = true, hive_types = {{'province': VARCHAR, 'year': INTEGER}})"
    asked = f"""
        SELECT item, applicant, count(*), sum(value) FROM {source}
        WHERE province = {literal(PROVINCE)} AND year = {YEAR} GROUP BY ALL
    """  # noqa: S608
    with read_published(data) as db:
        plan = db.execute(f"EXPLAIN ANALYZE {asked}").fetchall()[0][1]
        lines = [line.strip(" │") for line in plan.splitlines() if "Files" in line]
        return timed(lambda: db.execute(asked).fetchall()), "; ".join(lines)


def beside_others(data: Path, folder: Path, provinces: list[str]) -> tuple[int, dict[str, dict[str, float]]]:
    """The facts of these provinces held by DuckDB, SQLite (indexed for each question) and as CSV for pandas: their
    number, and seconds for every question."""
    own, lite, text = folder / "share.duckdb", folder / "share.sqlite", folder / "share.csv"
    with read_published(data) as db:
        authority = some_authority(db)
        chosen = ", ".join(literal(one) for one in provinces)
        db.execute(f"ATTACH {literal(str(own))} AS share")
        db.execute(
            f"""
            CREATE TABLE share.facts AS
            SELECT authority_id, facts.province, facts.year, item, applicant, value::DOUBLE AS value
            FROM facts JOIN reports USING (report_id, province, year) WHERE facts.province IN ({chosen})
            ORDER BY facts.province, facts.year, authority_id
            """  # noqa: S608
        )
        db.execute("CHECKPOINT share")
        db.execute(f"COPY share.facts TO {literal(str(text))} (HEADER)")
        _into_sqlite(db, lite)
        ((count,),) = db.execute("SELECT count(*) FROM share.facts").fetchall()
        place = {"province": PROVINCE, "year": YEAR}
        ours = {
            "panel": timed(
                lambda: db.execute(_panel("share.facts"), {"item": ITEM}).fetchall(),
            )[0],
            "history": timed(
                lambda: db.execute(
                    "SELECT year, item, applicant, value FROM share.facts WHERE authority_id = $authority",
                    {"authority": authority},
                ).fetchall()
            )[0],
            "province and year": timed(lambda: db.execute(_partition("share.facts"), place).fetchall())[0],
        }
    return count, {"DuckDB": ours, "SQLite": _sqlite(lite, authority), "pandas over CSV": _pandas(text, authority)}


def _panel(table: str) -> str:
    return f"SELECT province, year, sum(value) FROM {table} WHERE item = $item GROUP BY province, year"  # noqa: S608


def _partition(table: str) -> str:
    return f"""
        SELECT item, applicant, count(*), sum(value) FROM {table}
        WHERE province = $province AND year = $year GROUP BY item, applicant
    """  # noqa: S608


def _into_sqlite(db: Connection, path: Path) -> None:
    with sqlite3.connect(path) as lite:
        lite.execute(
            """
            CREATE TABLE facts
                (authority_id TEXT, province TEXT, year INTEGER, item TEXT, applicant TEXT, value REAL)
            """
        )
        rows = db.execute("FROM share.facts")
        while batch := rows.fetchmany(50_000):
            lite.executemany("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?)", batch)
        lite.execute("CREATE INDEX by_item ON facts (item)")
        lite.execute("CREATE INDEX by_authority ON facts (authority_id)")
        lite.execute("CREATE INDEX by_place ON facts (province, year)")
    lite.close()


def _sqlite(path: Path, authority: str) -> dict[str, float]:
    lite = sqlite3.connect(path)
    history = "SELECT year, item, applicant, value FROM facts WHERE authority_id = ?"
    place = {"province": PROVINCE, "year": YEAR}
    taken = {
        "panel": timed(lambda: lite.execute(_panel("facts"), {"item": ITEM}).fetchall())[0],
        "history": timed(lambda: lite.execute(history, (authority,)).fetchall())[0],
        "province and year": timed(lambda: lite.execute(_partition("facts"), place).fetchall())[0],
    }
    lite.close()
    return taken


def _pandas(path: Path, authority: str) -> dict[str, float]:
    """Every question reads the file, as a script over CSV does."""
    import pandas as pd

    def panel() -> object:
        facts = pd.read_csv(path, usecols=["province", "year", "item", "value"])
        return facts[facts["item"] == ITEM].groupby(["province", "year"])["value"].sum()

    def history() -> object:
        facts = pd.read_csv(path, usecols=["authority_id", "year", "item", "applicant", "value"])
        return facts[facts["authority_id"] == authority]

    def partition() -> object:
        facts = pd.read_csv(path, usecols=["province", "year", "item", "applicant", "value"])
        chosen = facts[(facts["province"] == int(PROVINCE)) & (facts["year"] == YEAR)]
        return chosen.groupby(["item", "applicant"], dropna=False)["value"].agg(["count", "sum"])

    asked = {"panel": panel, "history": history, "province and year": partition}
    return {name: timed(ask, 1)[0] for name, ask in asked.items()}
