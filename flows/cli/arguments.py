"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from flows.request import REGISTRY, PassRequest
from pipeline.model import Portal

if TYPE_CHECKING:
    from pipeline.warehouse import Scope


def add_registry_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--portals",
        metavar="PATH",
        type=Path,
        action="append",
        default=[],
        help=f"YAML file or folder of portals (repeatable; default: {REGISTRY.parent.name}/{REGISTRY.name})",
    )


def add_choice_options(parser: argparse.ArgumentParser) -> None:
    """Which of the registry's portals are meant."""
    add_registry_options(parser)
    parser.add_argument("--portal", metavar="ID", action="append", default=[], help="only this portal (repeatable)")
    parser.add_argument(
        "--province", metavar="CODE", action="append", default=[], help="only this province: 640000 (repeatable)"
    )


def chosen_portals(arguments: argparse.Namespace) -> tuple[Portal, ...]:
    """What these options choose, also among portals that were never seen to answer."""
    request = PassRequest(
        data=Path(),
        registry=tuple(arguments.portals) or (REGISTRY,),
        portals=tuple(arguments.portal),
        provinces=tuple(arguments.province),
    )
    return request.select_portals(unverified=True)


def add_pass_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", metavar="N", type=positive, help="processes that read documents (default: one per core)"
    )
    parser.add_argument("--allow-shrink", action="store_true", help="publish even if a province-year loses reports")
    parser.add_argument("--wait", action="store_true", help="wait while another pass uses the data folder")


def add_scope_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--province", metavar="CODE", action="append", default=[], help="only this province: 640000 (repeatable)"
    )
    parser.add_argument(
        "--year", metavar="Y", type=year, action="append", default=[], help="only this year (repeatable)"
    )


def scope_of(arguments: argparse.Namespace) -> Scope:
    """The provinces and years that were asked for."""
    from pipeline.registry import province_code
    from pipeline.warehouse import Scope

    return Scope(tuple(map(province_code, arguments.province)), tuple(arguments.year))


def year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"年份不对 / not a year: {text}")
    return int(text)


def positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10_000):
        raise argparse.ArgumentTypeError(f"应为正整数 / not a positive number: {text}")
    return int(text)
