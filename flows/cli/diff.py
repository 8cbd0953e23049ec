"""`nianbao diff`: what differs between two releases, or between a release and what is published now."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.cli import place_of
from flows.cli.arguments import add_scope_options, scope_of
from flows.cli.output import FORMATS, print_rows

HELP = "what differs between two releases or data folders, cell by cell"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", type=Path, help="a release (Parquet or CSV) or a data folder")
    parser.add_argument("now", metavar="B", type=Path, nargs="?", help="another (default: what is published now)")
    add_scope_options(parser)
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")


def execute(arguments: argparse.Namespace) -> int:
    from pipeline import warehouse

    found = warehouse.difference(
        arguments.before,
        arguments.now or place_of(arguments),
        scope_of(arguments),
    )
    print_rows(found.columns, found.rows, arguments.format)
    return 0
