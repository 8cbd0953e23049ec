"""`nianbao schedule`: serves the nightly flow as a Prefect deployment until it is stopped."""

from __future__ import annotations

import argparse

from flows.cli import data_folder
from flows.cli.arguments import add_registry_options
from flows.request import REGISTRY, PassRequest

HELP = "serve the nightly flow as a Prefect deployment with a timetable"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cron", metavar="CRON", default="30 2 * * *", help='default: "30 2 * * *"')
    parser.add_argument(
        "--timezone", metavar="ZONE", default="Asia/Shanghai", help="of the timetable (default: Asia/Shanghai)"
    )
    parser.add_argument(
        "--port", metavar="N", type=int, default=4200, help="of the Prefect UI on loopback (default: 4200)"
    )
    add_registry_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    from flows.scheduling import serve_schedule

    request = PassRequest(
        data=data_folder(arguments).absolute(),
        registry=tuple(path.absolute() for path in arguments.portals) or (REGISTRY,),
    )
    serve_schedule(request, cron=arguments.cron, timezone=arguments.timezone, port=arguments.port)
    return 0
