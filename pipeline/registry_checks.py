"""What stands in the registry as it may and is a mistake all the same: an entry in another province's file, one server
registered for two governments. A pass is not kept from running by it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.divisions import divisions
from pipeline.model import Portal
from pipeline.registry import Problem, read_portals

_PROVINCE = re.compile(r"(\d{6})(?=\D|$)")
_GOVERNMENTS = ("人民政府", "行政公署")
_VARIANT = re.compile(r"^(www|m|wap|app|3g|mobile)\.(?=.+\..+)")


def check_portals(paths: Sequence[Path]) -> list[Problem]:
    """Everything that is wrong, in the order of the files."""
    portals, problems = read_portals(paths)
    problems += _misfiled(portals)
    problems += _twice(portals)
    order = {file: place for place, file in enumerate(dict.fromkeys(problem.file for problem in problems))}
    return sorted(problems, key=lambda problem: (order[problem.file], problem.line))


def _misfiled(portals: Sequence[Portal]) -> Iterator[Problem]:
    """Against the code that a file's name begins with."""
    for portal in portals:
        file, line = place_of(portal)
        named = _PROVINCE.match(file.name)
        if named and divisions().get(named[1]) is not None and portal.province != named[1]:
            said = f"division: {portal.division} 不属于这个文件的省份 / does not belong to this file's {named[1]}"
            yield Problem(file, line, said)


def _twice(portals: Sequence[Portal]) -> Iterator[Problem]:
    """The same address, or one server for two governments. Bodies of one government may share its server."""
    addresses: dict[tuple[str, str], Portal] = {}
    governments: dict[str, Portal] = {}
    by_id = {portal.id: portal for portal in reversed(portals)}  # a repeated id is a mistake of its own
    for portal in (one for one in portals if by_id[one.id] is one):
        server, path = _address(portal)
        other = addresses.setdefault((server, path), portal)
        if other is not portal and not portal.columns and not other.columns:
            yield _problem(portal, other, f"url: 这个地址已登记 / {portal.url} is registered already")
        elif portal.authority.endswith(_GOVERNMENTS):
            other = governments.setdefault(server, portal)
            if other.authority != portal.authority:
                yield _problem(portal, other, f"url: {server} 登记给两个政府 / is registered for two governments")


def _problem(portal: Portal, other: Portal, said: str) -> Problem:
    file, line = place_of(portal)
    return Problem(file, line, f"{said}: {other.id} ({other.defined_in})")


def place_of(portal: Portal) -> tuple[Path, int]:
    """File and line of its entry."""
    file, _, line = portal.defined_in.rpartition(":")
    return Path(file), int(line)


def _address(portal: Portal) -> tuple[str, str]:
    """Server and path, the same for all forms of a home page's address."""
    parts = urlsplit(portal.url)
    server = _VARIANT.sub("", parts.netloc.lower()).removesuffix(":80").removesuffix(":443")
    path = re.sub(r"/(index\.\w+)?$", "", parts.path)
    return server, f"{path}?{parts.query}"
