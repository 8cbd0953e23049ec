"""`nianbao portals`: the registry and the portals behind it. An action is a module here with HELP,
`add_arguments(parser)` and `execute(arguments) -> exit code`, as a command is."""

from __future__ import annotations

import argparse

from flows.cli.portals import checking, listing, probing, recording, sampling

HELP = "the registry of portals: list, check, probe, sample, record"

_ACTIONS = {"list": listing, "check": checking, "probe": probing, "sample": sampling, "record": recording}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, module in _ACTIONS.items():
        action = actions.add_parser(name, help=module.HELP, description=module.HELP)
        action.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="as of any command; not used here")
        module.add_arguments(action)
        action.set_defaults(action=module.execute)


def execute(arguments: argparse.Namespace) -> int:
    code: int = arguments.action(arguments)
    return code
