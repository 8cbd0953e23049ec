"""`nianbao demo`: one pass over the sample portals that come with the project, then SQL on what it brought."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from flows.cli.output import print_rows
from flows.request import PassRequest

HELP = "one pass over the embedded sample portals, then three queries"

# The sample portals run on this machine, where nobody needs sparing.
_SAMPLE_DELAY = ("NIANBAO_CRAWL_DELAY", "0.02")

_QUERIES = Path(__file__).with_name("demo.sql")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None beyond --data, which is ./data/demo here unless given."""


def execute(arguments: argparse.Namespace) -> int:
    from flows.running import run_nightly
    from flows.sample_server import serve_sample
    from flows.summary import print_summary

    data = Path(arguments.data or os.environ.get("NIANBAO_DATA") or "data/demo")
    os.environ.setdefault(*_SAMPLE_DELAY)
    with serve_sample() as sample, tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "sample.yaml"
        sample.write_registry(listed)
        result = run_nightly(PassRequest(data=data.absolute(), registry=(listed,)))
    print_summary(result)
    _show_queries(data)
    _show_the_way_on(data)
    return 0 if result.published_anything else 1


def _show_queries(data: Path) -> None:
    from pipeline import warehouse

    for block in _QUERIES.read_text("utf-8").strip().split("\n\n"):
        title, sql = block.removeprefix("-- ").split("\n", 1)
        print(f"\n{title}\n\n{sql}")
        result = warehouse.query(data, sql)
        print_rows(result.columns, result.rows)


def _show_the_way_on(data: Path) -> None:
    print(f"\n数据仓库 / the warehouse: {data / 'nianbao.duckdb'}")
    print(f'  .venv/bin/nianbao query --data {data} "FROM coverage"')
    print("抓取一个真实省份 / to crawl a real province:")
    print("  .venv/bin/nianbao run --portals config/portals/640000-ningxia.yaml")
