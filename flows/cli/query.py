"""`nianbao query`: read-only SQL on the published warehouse."""

from __future__ import annotations

import argparse
import sys

from flows.cli import place_of
from flows.cli.arguments import moment
from flows.cli.output import FORMATS, print_rows

HELP = "read-only SQL on the published warehouse"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sql", metavar="SQL", help="one statement, or - to read it from standard input")
    parser.add_argument(
        "--as-of", metavar="DATE", type=moment, help="as published by the end of that day in China, or by that time"
    )
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")


def execute(arguments: argparse.Namespace) -> int:
    from pipeline import warehouse

    sql = sys.stdin.read() if arguments.sql == "-" else arguments.sql
    result = warehouse.query(place_of(arguments), sql, arguments.as_of)
    print_rows(result.columns, result.rows, arguments.format)
    return 0
