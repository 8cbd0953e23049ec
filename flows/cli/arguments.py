"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from flows.request import REGISTRY, PassRequest
from pipeline.model import Portal

if TYPE_CHECKING:
    from pipeline.warehouse import Scope


_CHINA = timezone(timedelta(hours=8))


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


def moment(text: str) -> datetime:
    """2026-10-01, to its end, or 2026-10-01T08:30: in China where no other time is named."""
    try:
        if len(text) == len("2026-10-01"):
            return datetime.combine(date.fromisoformat(text), time.max, _CHINA)
        given = datetime.fromisoformat(text)
        return given if given.tzinfo else given.replace(tzinfo=_CHINA)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期不对 / not a date: {text}") from None


def positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 10_000):
        raise argparse.ArgumentTypeError(f"应为正整数 / not a positive number: {text}")
    return int(text)
