"""`nianbao portals list`: every portal of the registry."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.cli.arguments import add_registry_options
from flows.cli.output import FORMATS, print_rows
from flows.request import REGISTRY, PassRequest

HELP = "every portal of the registry"

_COLUMNS = ("id", "authority", "division", "platform", "url", "verified")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_registry_options(parser)
    parser.add_argument("--province", metavar="CODE", action="append", default=[], help="only this province: 640000")
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")


def execute(arguments: argparse.Namespace) -> int:
    request = PassRequest(
        data=Path(),
        registry=tuple(arguments.portals) or (REGISTRY,),
        provinces=tuple(arguments.province),
    )
    rows = [[getattr(portal, column) for column in _COLUMNS] for portal in request.select_portals(unverified=True)]
    print_rows(_COLUMNS, rows, arguments.format)
    return 0
