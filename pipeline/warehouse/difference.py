"""What differs between two states of the data, report by report and cell by cell. A state is a release in Parquet or
CSV, a data folder's warehouse, or the
lake; the two need not be of one kind."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.errors import WarehouseError
from pipeline.warehouse.database import Connection, explained, literal
from pipeline.warehouse.files import Paths
from pipeline.warehouse.lake import Lake, attach_current
from pipeline.warehouse.published import Place
from pipeline.warehouse.query import QueryResult
from pipeline.warehouse.release.changes import CHANGE, CONTENTS, listed
from pipeline.warehouse.release.contents import Scope
from pipeline.warehouse.release.csv_files import rearmed
from pipeline.warehouse.release.parts import DATA

_MEMORY = "2GB"

# Only reports whose content has another fingerprint are looked into.
_DIFFERENCE = f"""
    WITH changed AS (
        SELECT
            {CHANGE} AS change,
            coalesce(new.report_id, old.report_id) AS report_id,
            coalesce(new.province, old.province) AS province,
            coalesce(new.year, old.year) AS year,
            coalesce(new.authority, old.authority) AS authority,
            old.version::VARCHAR AS before,
            new.version::VARCHAR AS now
        FROM now_reports AS new
        FULL JOIN before_reports AS old USING (report_id)
        WHERE old.fingerprint IS DISTINCT FROM new.fingerprint OR old.version IS DISTINCT FROM new.version
    ),
    corrected AS (SELECT report_id, province, year, authority FROM changed WHERE change = 'corrected'),
    cells AS (
        SELECT
            CASE WHEN old.raw IS NULL THEN 'cell added' WHEN new.raw IS NULL THEN 'cell gone' ELSE 'cell changed' END
                AS change,
            report_id,
            item,
            applicant,
            old.raw AS before,
            new.raw AS now
        FROM (FROM now_facts SEMI JOIN corrected USING (report_id)) AS new
        FULL JOIN (FROM before_facts SEMI JOIN corrected USING (report_id)) AS old USING (report_id, item, applicant)
        WHERE old.raw IS DISTINCT FROM new.raw OR old.value IS DISTINCT FROM new.value
            OR old.kind IS DISTINCT FROM new.kind
    )
    SELECT change, report_id, province, year, authority, NULL AS item, NULL AS applicant, before, now FROM changed
    UNION ALL
    SELECT change, report_id, province, year, authority, item, nullif(applicant, ''), before, now
    FROM cells JOIN corrected USING (report_id)
    ORDER BY province, year, report_id, item NULLS FIRST, applicant NULLS FIRST
"""  # noqa: S608


def difference(before: Place, now: Place, scope: Scope | None = None) -> QueryResult:
    """A row per report that was added, is gone, was corrected or, as other reports came, checked with another result;
    and after a corrected one a row per cell that prints something else."""
    with explained(Paths(Path() if isinstance(now, Lake) else now)), duckdb.connect() as db:
        db.execute(f"SET memory_limit = '{_MEMORY}'")
        db.execute("SET autoinstall_known_extensions = false")
        for side, place in (("before", before), ("now", now)):
            _view(db, side, place, scope or Scope())
        answer = db.execute(_DIFFERENCE)
        columns = tuple(column[0] for column in answer.description or ())
        return QueryResult(columns, tuple(answer.fetchall()))


def _view(db: Connection, side: str, place: Place, scope: Scope) -> None:
    """Two views of a state, under the same columns whatever it is."""
    reports, facts = _sources(db, side, place)
    db.execute(
        f"""
        CREATE VIEW {side}_reports AS
        SELECT report_id, province, year::INTEGER AS year, authority, version::INTEGER AS version, fingerprint
        FROM ({reports}) WHERE {scope.condition()}
        """  # noqa: S608
    )
    db.execute(
        f"""
        CREATE VIEW {side}_facts AS
        SELECT report_id, item, coalesce(applicant, '') AS applicant, kind, value::DECIMAL(20, 4) AS value,
            coalesce(raw, '') AS raw
        FROM ({facts}) WHERE {scope.condition()}
        """  # noqa: S608
    )


def _sources(db: Connection, side: str, place: Place) -> tuple[str, str]:
    """The reports and facts of a state, as queries."""
    held = (f"FROM {side}.reports JOIN {side}.nianbao_contents USING (report_id)", f"FROM {side}.facts")
    if isinstance(place, Lake):
        attach_current(db, place, side)
        return held
    file = place if place.is_file() else Paths(place).published
    if file.is_file():
        db.execute(f"ATTACH {literal(str(file))} AS {side} (READ_ONLY)")
        return held
    data = place / DATA
    if (place / CONTENTS).is_file() and any((data / "facts").glob("*/*/*.parquet")):
        reports, facts = _parquet(data / "reports"), _parquet(data / "facts")
    elif (place / CONTENTS).is_file() and (data / "facts.csv").is_file():
        reports = _csv(data / "reports.csv", "authority")
        facts = _csv(data / "facts.csv", "raw")
    else:
        raise WarehouseError(
            "不是 Parquet 或 CSV 发布文件夹，也不是数据文件夹 / neither a release in Parquet or CSV nor a data "
            f"folder: {place}"
        )
    contents = f"SELECT report_id, fingerprint FROM {listed(place / CONTENTS)}"  # noqa: S608
    return f"SELECT * FROM ({reports}) JOIN ({contents}) USING (report_id)", facts  # noqa: S608


def _parquet(folder: Path) -> str:
    pattern = literal(str(folder / "*" / "*" / "*.parquet"))
    return f"FROM read_parquet({pattern}, hive_partitioning = true, hive_types = {{province: VARCHAR, year: INTEGER}})"


def _csv(path: Path, text: str) -> str:
    """With that column of text as it was before a spreadsheet was to be spared it."""
    return f"SELECT * REPLACE ({rearmed(text)} AS {text}) FROM {listed(path)}"  # noqa: S608
