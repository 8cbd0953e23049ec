"""`nianbao portals sample`: one report from every portal, to see which still answer and how. Nothing is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.cli.arguments import add_registry_options
from flows.cli.output import FORMATS, print_rows
from flows.cli.portals.address import modest
from flows.progress import shown
from flows.request import REGISTRY, PassRequest

HELP = "one report from every portal: which still answer, and how; nothing is kept"

_PAGES = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_registry_options(parser)
    parser.add_argument("--portal", metavar="ID", action="append", default=[], help="only this portal (repeatable)")
    parser.add_argument("--province", metavar="CODE", action="append", default=[], help="only this province: 640000")
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")


def execute(arguments: argparse.Namespace) -> int:
    from flows.sampling import COLUMNS, sample

    request = PassRequest(
        data=Path(),
        registry=tuple(arguments.portals) or (REGISTRY,),
        portals=tuple(arguments.portal),
        provinces=tuple(arguments.province),
    )
    portals = request.select_portals(unverified=True)
    with shown(quiet=arguments.format != "table") as progress:
        progress.stage("抽样 sampling portals", len(portals))
        rows = sample(portals, modest(_PAGES), progress.update)
    print_rows(COLUMNS, rows, arguments.format)
    silent = sum(row[1] != "ok" for row in rows)
    if arguments.format == "table":
        print(f"{len(rows) - silent} 个门户取到年报，{silent} 个没有 / portals gave a report, {silent} did not")
    return 1 if silent else 0
