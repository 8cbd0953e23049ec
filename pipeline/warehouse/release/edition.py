"""Which release this is: a version that follows from the data, so that the same data are the same version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from pipeline.warehouse.database import Connection
from pipeline.warehouse.release.contents import Scope


@dataclass(frozen=True, slots=True)
class Edition:
    version: str  # 2026.3.1+0a1b2c3d: the day of the last pass, in China, and a hash over the reports in scope
    day: date
    reports: int
    scope: Scope
    format: str
    program: str  # version of the program

    @property
    def scope_text(self) -> str:
        provinces = ", ".join(self.scope.provinces) or "全部 all"
        years = ", ".join(map(str, self.scope.years)) or "全部 all"
        return f"省份 provinces: {provinces}; 年度 years: {years}"


def edition(db: Connection, scope: Scope, format: str) -> Edition:
    reports, digest = db.execute(
        f"""
        SELECT count(*), md5(string_agg(report_id || fingerprint || version, ' ' ORDER BY report_id))
        FROM reports JOIN nianbao_contents USING (report_id)
        WHERE {scope.condition()}
        """  # noqa: S608
    ).fetchall()[0]
    # Eight hours on, without the time zones that DuckDB has in an extension.
    ((day,),) = db.execute(
        "SELECT make_timestamp(epoch_us(max(coalesce(finished_at, started_at))) + 28800000000)::DATE FROM runs"
    ).fetchall()
    number = f"{day.year}.{day.month}.{day.day}+{digest[:8]}"
    return Edition(number, day, reports, scope, format, version("nianbao"))
