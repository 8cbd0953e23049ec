"""How the warehouse stands: the last passes, coverage by province and year, failures to look at, a pass in progress."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from rich import box
from rich.console import Console
from rich.table import Table

from flows.datafolder import DataFolder
from flows.journal import PassJournal
from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.model import RunRecord
from pipeline.warehouse import CoverageRow, Failures, Lake, NationalRow


@dataclass(frozen=True)
class Status:
    data: str
    runs: tuple[RunRecord, ...]  # the latest first
    coverage: tuple[CoverageRow, ...]
    national: NationalRow | None
    failures: Failures
    unfinished: tuple[str, ...]  # passes that run now or were killed


def gather(data: Path, lake: Lake | None = None) -> Status:
    """Of the data folder, or of the lake with the folder's own passes that are not finished."""
    folder = DataFolder(data)
    if lake is None and not folder.root.is_dir():
        raise WarehouseError(f"没有这个数据目录 / no such data folder: {data}")
    place = lake or data
    journals = [PassJournal(path) for path in sorted(folder.passes.glob("*"))]
    return Status(
        data=lake.shown if lake else str(data),
        runs=warehouse.recent_runs(place),
        coverage=warehouse.coverage(place),
        national=warehouse.national(place),
        failures=warehouse.failures(place),
        unfinished=tuple(plan.run_id for journal in journals if (plan := journal.plan())),
    )


def print_status_json(status: Status) -> None:
    plain: Any = TypeAdapter(Status).dump_python(status, mode="json")
    print(json.dumps(plain, ensure_ascii=False, indent=1))


def print_status(status: Status) -> None:
    console = Console(soft_wrap=True)
    if not status.runs:
        console.print("还没有发布过数据 / nothing has been published yet")
    else:
        console.print(_runs(status.runs), _coverage(status.coverage))
    if status.national:
        _line(console, _in_the_country(status.national))
    for portal in status.failures.portals:
        _line(console, f"{portal.portal_id} {portal.authority}: {portal.state} {portal.reason} {portal.url}")
    for document in status.failures.documents:
        _line(console, f"{document.url}: {document.reason}")
    for held in status.failures.quarantine:
        what = "整份年报 / whole report" if held.whole else f"{held.rows} 行 / rows"
        _line(console, f"隔离 / in quarantine: {held.file_url}: {what}: {held.reason}")
    if more := status.failures.quarantined - sum(held.rows for held in status.failures.quarantine):
        _line(console, f"隔离 / in quarantine: 另有 {more} 行 / {more} rows more")
    for run_id in status.unfinished:
        _line(console, f"未完成 / unfinished: {run_id}")


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False)


def _runs(runs: tuple[RunRecord, ...]) -> Table:
    table = Table(title="最近的任务 last passes", title_justify="left", box=box.SIMPLE_HEAD)
    counts = ("portals", "pages_requested", "reports_found", "new", "changed", "unchanged", "failed", "checks_failed")
    table.add_column("run", no_wrap=True)
    table.add_column("outcome")
    for name in counts:
        table.add_column(name.replace("_", " "), justify="right")
    for run in runs:
        table.add_row(run.run_id, run.outcome, *(str(getattr(run, name)) for name in counts))
    return table


def _coverage(rows: tuple[CoverageRow, ...]) -> Table:
    """Provinces down, years across; reports held of the authorities that have a portal or a report."""
    years = sorted({row.year for row in rows})
    table = Table(title="覆盖 coverage: 持有/有门户或年报的机关", title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("province", no_wrap=True)
    for year in years:
        table.add_column(str(year), justify="right")
    held = {(row.province, row.year): f"{row.reports_held}/{row.authorities_traced}" for row in rows}
    for province, name in sorted({(row.province, row.province_name or "") for row in rows}):
        table.add_row(f"{province} {name}", *(held.get((province, year), "") for year in years))
    return table


def _in_the_country(row: NationalRow) -> str:
    """One line for the gap that no pass over these portals can close."""
    absent = row.governments_expected - row.governments_held
    return (
        f"全国县级以上人民政府 people's governments {row.year}: 应有 expected {row.governments_expected}, "
        f"已有 held {row.governments_held}, 缺 missing {absent}, 其中不知门户 no portal known {row.no_portal} "
        "(FROM missing WHERE by_law)"
    )
