"""What a release holds, report by report (`contents.csv`), and how that differs from an earlier release
(`changes.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import WarehouseError
from pipeline.warehouse.database import Connection, literal
from pipeline.warehouse.release.contents import Scope

CONTENTS = "contents.csv"
_CHANGES = "changes.csv"
_COLUMNS = ("report_id", "province", "year", "authority_id", "version", "fingerprint")

# What became of a report between `old` and `new`. Its own content has the first half of the fingerprint; the second is
# of the checks that look at other reports, and may change when those do.
CHANGE = """
    CASE
        WHEN old.report_id IS NULL THEN 'added'
        WHEN new.report_id IS NULL THEN 'gone'
        WHEN split_part(old.fingerprint, ':', 1) = split_part(new.fingerprint, ':', 1) AND old.version = new.version
            THEN 'rechecked'
        ELSE 'corrected'
    END
"""


@dataclass(frozen=True, slots=True)
class Changes:
    added: int
    corrected: int
    gone: int


def write(db: Connection, folder: Path, scope: Scope, previous: Path | None) -> Changes | None:
    now = folder / CONTENTS
    db.execute(
        f"""
        COPY (
            SELECT {", ".join(_COLUMNS)} FROM reports JOIN nianbao_contents USING (report_id)
            WHERE {scope.condition()} ORDER BY province, year, report_id
        ) TO {literal(str(now))} (FORMAT csv, HEADER)
        """  # noqa: S608
    )
    if previous is None:
        return None
    before = previous / CONTENTS
    _require_release(before)
    db.execute(f"COPY ({_difference(before, now, scope)}) TO {literal(str(folder / _CHANGES))} (FORMAT csv, HEADER)")
    found = db.execute(
        f"SELECT change, count(*) FROM {listed(folder / _CHANGES)} GROUP BY change"  # noqa: S608
    ).fetchall()
    counts = {str(change): int(count) for change, count in found}
    return Changes(counts.get("added", 0), counts.get("corrected", 0), counts.get("gone", 0))


def _require_release(contents: Path) -> None:
    if not contents.is_file():
        raise WarehouseError(f"不是发布文件夹 / not a release, it has no {CONTENTS}: {contents.parent}")
    with contents.open(encoding="utf-8", errors="replace") as stream:
        heading = stream.readline(1000).strip()
    if heading != ",".join(_COLUMNS):
        raise WarehouseError(f"不是发布文件夹 / not a release, its {CONTENTS} is another one: {contents.parent}")


def _difference(before: Path, now: Path, scope: Scope) -> str:
    """Reports of the earlier release that are outside of this one's scope are not gone."""
    return f"""
        SELECT
            {CHANGE} AS change,
            coalesce(new.report_id, old.report_id) AS report_id,
            coalesce(new.province, old.province) AS province,
            coalesce(new.year, old.year) AS year,
            coalesce(new.authority_id, old.authority_id) AS authority_id,
            old.version AS version_before,
            new.version AS version_now
        FROM {listed(now)} AS new
        FULL JOIN (FROM {listed(before)} WHERE {scope.condition()}) AS old USING (report_id)
        WHERE old.fingerprint IS DISTINCT FROM new.fingerprint OR old.version IS DISTINCT FROM new.version
        ORDER BY province, year, report_id
    """  # noqa: S608


def listed(path: Path) -> str:
    """A CSV file of a release, its columns as text."""
    return f"read_csv({literal(str(path))}, header = true, all_varchar = true, quote = '\"', delim = ',')"
