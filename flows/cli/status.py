"""`nianbao status`: the last passes, coverage by province and year, failures to look at."""

from __future__ import annotations

import argparse

from flows.cli import data_folder

HELP = "last passes, coverage by province and year, failures to look at"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs")


def execute(arguments: argparse.Namespace) -> int:
    from flows.settings import load_settings
    from flows.status import gather, print_status, print_status_json

    status = gather(data_folder(arguments), load_settings().warehouse.lake)
    if arguments.json:
        print_status_json(status)
    else:
        print_status(status)
    return 0
