"""`nianbao portals check`: mistakes in the files, and, with a network, which portals answer."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from flows.cli.arguments import add_registry_options
from flows.cli.output import shown
from flows.progress import shown as progress_shown
from flows.request import REGISTRY
from pipeline.model import Portal

HELP = "find mistakes in the files and, with a network, see which portals answer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_registry_options(parser)
    parser.add_argument("--offline", action="store_true", help="look at the files alone")


def execute(arguments: argparse.Namespace) -> int:
    from flows.checking import problems_in
    from pipeline.registry import load_portals

    paths = arguments.portals or [REGISTRY]
    problems = problems_in(paths)
    for problem in problems:
        print(shown(str(problem)))
    if problems:
        print(f"{len(problems)} 处错误 problems")
        return 1
    portals = load_portals(paths)
    print(f"{len(portals)} 个门户, 没有发现错误 / portals, no problems")
    return 0 if arguments.offline else _ask(portals)


def _ask(portals: Sequence[Portal]) -> int:
    """Where none answers, it is hardly all the portals that are gone: then the files alone are judged."""
    from flows.checking import ask_doors, has_network, some_answer

    if not has_network(portals) or not some_answer(portals):
        print("没有网络，未检查能否访问 / no network: whether the portals answer was not checked")
        return 0
    with progress_shown() as progress:
        progress.stage("访问门户 asking portals (--offline 略去 leaves this out)", len(portals))
        doors = ask_doors(portals, progress.update)
    for problem in (*doors.closed, *doors.blocked):
        print(shown(str(problem)))
    closed, blocked = len(doors.closed), len(doors.blocked)
    print(f"{doors.answering} 个可访问，{blocked} 个拦截，{closed} 个不通 / answer, are blocked, do not answer")
    if closed and not doors.answering and not blocked:
        print("一个都不通，或许没有网络 / none answers: perhaps there is no network")
        return 0
    return 1 if closed else 0
