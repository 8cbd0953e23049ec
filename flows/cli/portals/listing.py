"""`nianbao portals list`: every portal of the registry."""

from __future__ import annotations

import argparse

from flows.cli.arguments import add_choice_options, chosen_portals
from flows.cli.output import FORMATS, print_rows

HELP = "every portal of the registry"

_COLUMNS = ("id", "authority", "division", "platform", "url", "verified")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_choice_options(parser)
    parser.add_argument("--format", choices=FORMATS, default="table", help="default: table")


def execute(arguments: argparse.Namespace) -> int:
    rows = [[getattr(portal, column) for column in _COLUMNS] for portal in chosen_portals(arguments)]
    print_rows(_COLUMNS, rows, arguments.format)
    return 0
