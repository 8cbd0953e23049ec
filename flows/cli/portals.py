"""`nianbao portals`: the registry, listed and checked."""

from __future__ import annotations

import argparse

from flows.cli.arguments import add_registry_options
from flows.cli.output import FORMATS, print_rows
from flows.request import REGISTRY, PassRequest

HELP = "the registry of portals: list, check"

_COLUMNS = ("id", "authority", "division", "platform", "url", "verified")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every portal", description="every portal of the registry")
    add_registry_options(listing)
    listing.add_argument("--province", metavar="CODE", action="append", default=[], help="only this province: 640000")
    listing.add_argument("--format", choices=FORMATS, default="table", help="default: table")
    listing.set_defaults(action=_list)
    checking = actions.add_parser("check", help="find mistakes in the files", description="find mistakes in the files")
    add_registry_options(checking)
    checking.set_defaults(action=_check)


def execute(arguments: argparse.Namespace) -> int:
    code: int = arguments.action(arguments)
    return code


def _list(arguments: argparse.Namespace) -> int:
    from flows.cli import data_folder

    request = PassRequest(
        data=data_folder(arguments),
        registry=tuple(arguments.portals) or (REGISTRY,),
        provinces=tuple(arguments.province),
    )
    rows = [[getattr(portal, column) for column in _COLUMNS] for portal in request.select_portals(unverified=True)]
    print_rows(_COLUMNS, rows, arguments.format)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from pipeline.registry import check_portals, load_portals

    paths = arguments.portals or [REGISTRY]
    problems = check_portals(paths)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} 处错误 problems")
        return 1
    print(f"{len(load_portals(paths))} 个门户, 没有发现错误 / portals, no problems")
    return 0
