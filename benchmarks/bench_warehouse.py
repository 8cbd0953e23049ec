"""What loading costs: a first load, the same again, and a night with one report in a hundred changed.

    python -m benchmarks.bench_warehouse [REPORTS]

Prints seconds, and the ratios within the run, which are what compares over machines.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pipeline import warehouse
from pipeline.warehouse import ReportRows
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_document, make_portal, make_report, make_run, rows

_PROVINCES = ("640000", "320000")
_YEARS = (2021, 2022, 2023, 2024)


def main(count: int) -> None:
    reports = _reports(count)
    facts = sum(len(one.report.facts) for one in reports)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        first = _timed(lambda: _load(data, reports, "first"))
        again = _timed(lambda: _load(data, reports, "again"))
        few = _timed(lambda: _load(data, [_corrected(one) for one in reports[::100]], "few"))
        idle = _timed(lambda: warehouse.publish_parquet(data))
        wide = _timed(
            lambda: warehouse.query(data, "SELECT province, year, sum(requests_new) FROM reports_wide GROUP BY ALL")
        )
        size = (data / "nianbao.duckdb").stat().st_size
    print(f"{len(reports)} reports, {facts} facts, {size / facts:.1f} bytes per fact")
    print(f"first load         {first:7.2f} s   {first / facts * 1e6:.1f} µs per fact")
    for name, seconds in (("all unchanged", again), ("1 % changed", few), ("Parquet idle", idle), ("wide panel", wide)):
        print(f"{name:<18} {seconds:7.2f} s   {seconds / first:6.1%} of the first load")


def _reports(count: int) -> list[ReportRows]:
    per_partition = count // (len(_PROVINCES) * len(_YEARS))
    return [
        rows(make_report(number, year, province=province))
        for province in _PROVINCES
        for year in _YEARS
        for number in range(per_partition)
    ]


def _corrected(one: ReportRows) -> ReportRows:
    return replace(one, report=replace(one.report, title=one.report.title + "（更正）"))


def _load(data: Path, reports: list[ReportRows], run_id: str) -> None:
    warehouse.load(
        data,
        reports=reports,
        documents=[make_document(one.report.source.file_url, run_id) for one in reports],
        portals=[make_portal()],
        outcomes=[],
        run=make_run(run_id),
        divisions=DIVISIONS,
    )


def _timed(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
