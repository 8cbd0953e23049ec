"""`nianbao run`: one nightly pass, under Prefect."""

from __future__ import annotations

import argparse

from flows.cli import data_folder
from flows.cli.arguments import add_choice_options, add_pass_options, year
from flows.request import REGISTRY, PassRequest

HELP = "one nightly pass: discover, fetch, extract, check, load, publish"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_choice_options(parser)
    parser.add_argument(
        "--year", metavar="Y", type=year, action="append", default=[], help="only reports about this year"
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--full", action="store_true", help="ignore what earlier crawls remember")
    way.add_argument(
        "--from-archive", action="store_true", help="read again everything held in the archive; nothing is asked"
    )
    add_pass_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    from flows.running import run_nightly
    from flows.summary import print_summary

    request = PassRequest(
        data=data_folder(arguments).absolute(),
        registry=tuple(path.absolute() for path in arguments.portals) or (REGISTRY,),
        portals=tuple(arguments.portal),
        provinces=tuple(arguments.province),
        years=tuple(arguments.year),
        workers=arguments.workers,
        full=arguments.full,
        from_archive=arguments.from_archive,
        allow_shrink=arguments.allow_shrink,
        wait=arguments.wait,
    )
    result = run_nightly(request)
    print_summary(result)
    return 0 if result.published_anything else 1
