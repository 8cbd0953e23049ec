"""The portals of `config/portals`, held against what was observed: hosts where pages of reports were seen, with the
bodies that published them, and home pages that others read (`tests/fixtures/observed_hosts.jsonl`)."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.divisions import divisions
from pipeline.identity.authority import authority_of
from pipeline.identity.context import Context
from pipeline.model import Portal
from pipeline.registry import load_portals
from pipeline.resources import CONFIG

OBSERVED = Path(__file__).parent.parent / "fixtures" / "observed_hosts.jsonl"


@cache
def portals() -> tuple[Portal, ...]:
    return load_portals([CONFIG / "portals"])


@cache
def by_host() -> dict[str, list[Portal]]:
    found: dict[str, list[Portal]] = defaultdict(list)
    for portal in portals():
        for host in (urlsplit(portal.url).netloc, *portal.hosts):
            found[host.lower().removeprefix("www.")].append(portal)
    return found


def observed(key: str) -> list[dict[str, str]]:
    rows = [json.loads(line) for line in OBSERVED.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if key in row]


def contains(outer: str, inner: str) -> bool:
    return inner.startswith(outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer)


def related(one: str, other: str) -> bool:
    """Bodies of a city lie in its districts' columns, and the other way round; central ones anywhere."""
    return "000000" in (one, other) or contains(one, other) or contains(other, one)


def test_every_host_where_a_report_was_seen_is_an_entry() -> None:
    assert sorted({row["host"] for row in observed("authority")} - by_host().keys()) == []


def test_who_published_on_a_host_belongs_to_its_entrys_division() -> None:
    strangers = []
    for row in observed("authority"):
        for portal in by_host()[row["host"]]:
            body = authority_of(row["authority"], context=Context(portal_division=portal.division))
            if body is not None and related(body.division, portal.division):
                break
        else:
            strangers.append((row["host"], row["authority"]))
    assert strangers == []


def test_every_home_page_that_others_read_is_an_entry_verified_by_that_month() -> None:
    late = [
        row["host"]
        for row in observed("read")
        if not any(portal.verified == row["read"] for portal in by_host().get(row["host"], ()))
    ]
    assert late == []


def test_every_province_and_the_central_bodies_are_represented() -> None:
    without_reports = {"710000", "810000", "820000"}
    provinces = {one.code for one in divisions().children("000000")} - without_reports
    assert {"000000", *provinces} - {portal.province for portal in portals()} == set()


def test_an_entrys_authority_is_of_its_division() -> None:
    wrong = []
    for portal in portals():
        body = authority_of(portal.authority, context=Context(portal_division=portal.division))
        if body is None or body.division != portal.division:
            wrong.append((portal.id, portal.authority, body and body.division))
    assert wrong == []
