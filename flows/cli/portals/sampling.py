"""`nianbao portals sample`: one report from every portal, to see which still answer and how. Nothing is kept."""

from __future__ import annotations

import argparse

from flows.cli.arguments import add_choice_options, chosen_portals
from flows.cli.output import FORMATS, print_rows
from flows.cli.portals.address import modest
from flows.progress import shown

HELP = "one report from every portal: which still answer, and how; nothing is kept"

_PAGES = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_choice_options(parser)
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")


def execute(arguments: argparse.Namespace) -> int:
    from flows.sampling import COLUMNS, sample

    portals = chosen_portals(arguments)
    with shown(quiet=arguments.format != "table") as progress:
        progress.stage("抽样 sampling portals", len(portals))
        rows = sample(portals, modest(_PAGES), progress.update)
    print_rows(COLUMNS, rows, arguments.format)
    silent = sum(row[1] != "ok" for row in rows)
    if arguments.format == "table":
        print(f"{len(rows) - silent} 个门户取到年报，{silent} 个没有 / portals gave a report, {silent} did not")
    return 1 if silent else 0
