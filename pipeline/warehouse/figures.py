"""The table `figures`: the columns of `reports_wide`, kept. A question about one item reads one column of as many rows
as there are reports, where the view over `facts` had to read every printed cell of the country."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.warehouse import tables, wide
from pipeline.warehouse.content import amount
from pipeline.warehouse.database import CATALOG, Connection
from pipeline.warehouse.rows import Entry, Rows

KEPT_OF_REPORTS = ("report_id", "province", "year", "level", "department")

_COMMENT = (
    "每份年报一行，每个指标一列，即 reports_wide 的数值部分；大范围汇总用此表最快。blank、dash、none 作零 / "
    "One row per report, one column per item: the numbers of reports_wide, quickest where many reports are added up. "
    "Blank, dash and none are zero"
)


def rows_of(reports: str, facts: str) -> str:
    """The table's rows, from relations with the columns of `reports` and `facts`, for a view: what is asked of one item
    reckons that item alone, and what is asked of one province and year reads these alone."""
    place = "report_id, province, year"
    by_report = f"SELECT {place}, {wide.item_amounts()} FROM amounts GROUP BY {place}"  # noqa: S608
    return _rows_of(reports, facts, by_report)


def _all_of(reports: str, facts: str) -> str:
    """The same, where every column is wanted: in a sixth of the time, but nothing is left unread."""
    codes = ", ".join(wide.quote(code) for code in wide.item_codes())
    by_report = f"FROM amounts PIVOT (max(amount) FOR item IN ({codes}) GROUP BY report_id, province, year)"
    return _rows_of(reports, facts, by_report)


def _rows_of(reports: str, facts: str, by_report: str) -> str:
    return f"""
        WITH amounts AS (
            SELECT report_id, province, year, item,
                CASE kind WHEN 'number' THEN value WHEN 'text' THEN NULL ELSE 0 END::DECIMAL(20, 4) AS amount
            FROM {facts}
            WHERE applicant IS NULL OR applicant = 'total'
        ),
        wide AS ({by_report})
        SELECT {", ".join(f"reports.{column}" for column in KEPT_OF_REPORTS)},
            {wide.item_columns()}
        FROM {reports} AS reports
        LEFT JOIN wide USING (report_id, province, year)
        ORDER BY reports.province, reports.year, reports.report_id
    """  # noqa: S608


def comment() -> str:
    return f"COMMENT ON TABLE figures IS {wide.quote(_COMMENT)}"


def bring_up_to_date(db: Connection) -> bool:
    """Make the table, and fill it, where there is none or it has other columns than the forms ask for; whether it was
    so."""
    wanted = [*KEPT_OF_REPORTS, *(column.name for column in wide.wide_columns())]
    stored = db.execute(
        """
        SELECT column_name FROM duckdb_columns()
        WHERE database_name = ? AND table_name = 'figures' ORDER BY column_index
        """,
        [CATALOG],
    ).fetchall()
    if [name for (name,) in stored] == wanted:
        return False
    db.execute(f"CREATE OR REPLACE TABLE figures AS {_all_of('reports', 'facts')} LIMIT 0")
    for (province,) in db.execute("SELECT DISTINCT province FROM reports ORDER BY ALL").fetchall():
        fill(db, province)
    return True


def fill(db: Connection, province: str) -> None:
    """The rows of a province, of which none are there yet."""
    where = "WHERE province = $province"
    reports, facts = (f"(FROM {table} {where})" for table in ("reports", "facts"))
    db.execute(f"INSERT INTO figures {_all_of(reports, facts)}", {"province": province})


def store(db: Connection, entries: Iterable[Entry]) -> None:
    """In the place of what was stored of these reports. Not by SQL: a statement with a sum for every item takes longer
    to plan than a small load takes altogether."""
    kept = [column for column in tables.REPORTS if column[0] in KEPT_OF_REPORTS]
    columns = (*kept, *((column.name, tables.AMOUNT) for column in wide.wide_columns()))
    tables.replace(db, "figures", tables.table(columns, _rows(entries)), key="report_id")


def _rows(entries: Iterable[Entry]) -> Rows:
    columns = wide.wide_columns()
    apart = wide.items_apart(columns)
    for entry in entries:
        report = entry.rows.report
        amounts = {fact.item: fact.amount for fact in report.facts if fact.applicant in (None, "total")}
        yield (
            *(entry.report_id, report.province, report.year, report.authority.level, report.authority.department),
            *(
                amount(amounts.get(column.item)) if column.item not in apart or report.form in column.forms else None
                for column in columns
            ),
        )
