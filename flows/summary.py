"""The last thing a person sees of a pass: one table, then a line for each portal that failed."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from flows.publishing import PassResult


def print_summary(result: PassResult, console: Console | None = None) -> None:
    console = console or Console(soft_wrap=True)
    record = result.record
    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for label, value in (
        ("门户 portals", record.portals),
        ("请求页数 pages requested", record.pages_requested),
        ("发现年报 reports found", record.reports_found),
        ("新增 new", record.new),
        ("有变化 changed", record.changed),
        ("未变化 unchanged", record.unchanged),
        ("失败 failed", record.failed),
        ("核对未通过 checks failed", record.checks_failed),
        ("用时 time", _duration(result.seconds)),
    ):
        table.add_row(label, str(value))
    console.print(table)
    for line in (*result.failures, result.warning):
        if line:
            console.print(line, markup=False, highlight=False)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
