"""An entry for the registry, from what a probe found: ready to paste, and honest in its comments about what was only
guessed."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from crawlers.addresses import bare_host
from crawlers.probing import Findings, Site
from pipeline.divisions import CENTRAL, divisions
from pipeline.identity import Context, authority_of, name_in_title
from pipeline.model import Authority, Portal
from pipeline.resources import CONFIG
from pipeline.titles import column_score

_PLAIN = re.compile(r"[\w/][\w:/.?&=%+,;~()（）·-]*[\w/)）]")
_REFUSED = {sign: f"%{ord(sign):02X}" for sign in "{}<>\"'"}  # by the registry, in addresses
_LONGEST_ID = 40  # of what the host gives to it
_DOMAIN = frozenset({"gov", "cn", "com", "org", "net"})


@dataclass(frozen=True)
class Guess:
    """Who publishes, and how that is known."""

    authority: str
    division: str
    why: str
    sure: bool


def proposed_entry(findings: Findings, known: Sequence[Portal], today: date) -> str:
    """YAML. `known` are the portals of the registry, whose ids are taken."""
    portal, guess = findings.portal, guessed(findings)
    division = divisions().get(guess.division)
    named = division.name if division and guess.division != CENTRAL else "中央 / central"
    lines = [
        f"- id: {proposed_id(portal.url, known)}",
        f"  authority: {_scalar(guess.authority)}  # {guess.why}",
        f'  division: "{guess.division}"  # {named if guess.sure else f"{named}，请核对 / please check"}',
        f"  url: {_scalar(_sound(portal.url))}",
    ]
    columns = [_sound(url) for url in findings.starting_points]
    hosts = [*portal.hosts, *_hosts(columns, portal)]
    lines += _list("hosts", hosts) + _list("columns", columns)
    if findings.rendered:
        lines.append("  render: auto  # 有页面由脚本生成，需要浏览器 / drawn by scripts in part: needs a browser")
    if portal.tls != "default":
        lines.append(f"  tls: {portal.tls}")
    if findings.reports:
        lines.append(f"  verified: {today:%Y-%m}")
        lines.append(f"  evidence: {_scalar(_sound(findings.reports[0].url))}")
    else:
        lines.append("  # 未见年报，未核实 / no report was seen: not verified")
    return "\n".join(lines) + "\n"


def proposed_id(url: str, known: Sequence[Portal]) -> str:
    """From the host, the body's part behind the place's: gaj.shizuishan.gov.cn is shizuishan-gaj."""
    host, port = _server(url)
    labels = [label for label in host.split(".") if label not in _DOMAIN]
    if all(label.isdigit() for label in labels):
        labels.reverse()
    stem = re.sub(r"[^a-z0-9-]+", "-", "-".join(reversed(labels))).strip("-") or host.replace(".", "-")
    stem = stem[:_LONGEST_ID] + (f"-{port}" if port else "")
    taken = {portal.id for portal in known}
    folders = [part for part in urlsplit(url).path.lower().split("/") if re.fullmatch(r"[a-z0-9-]{2,30}", part)]
    further = [f"{stem}-{folder}" for folder in folders[:1]]
    further += [f"{stem}-{number}" for number in range(2, len(taken) + 3)]
    return next(one for one in [stem, *further] if one not in taken)


def registered(url: str, known: Iterable[Portal]) -> list[Portal]:
    """Entries on the same server."""
    return [portal for portal in known if _server(portal.url) == _server(url)]


def _server(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    return bare_host(parts.hostname or ""), parts.port


# --- whose it is -----------------------------------------------------------------------------------------


def guessed(findings: Findings) -> Guess:
    """The body that the site calls itself; else the one whose reports it has."""
    home = _division_of(findings.site)
    context = Context(portal_division=home, text=findings.site.text)
    publishers = _publishers(findings, context)
    named = [found for name in _names(findings.site) if (found := _body(name, context))]
    if named:
        here = named[0].division
        agrees = not home or divisions().belongs(here, home) or divisions().belongs(home, here)
        why = "据网站自称 / by what the site calls itself"
        return Guess(named[0].name, here, why if agrees else f"{why}，请核对 / please check", agrees)
    if publishers:
        body, count = publishers.most_common(1)[0]
        why = f"据年报标题，{count} 份，请核对 / by the titles of {count} reports, please check"
        return Guess(body.name, body.division, why, sure=False)
    said = next(iter(_names(findings.site)), "") or urlsplit(findings.portal.url).netloc
    place = divisions().named(said)
    code = home or (place[0].code if len(place) == 1 else CENTRAL)
    return Guess(said[:100], code, "查不出，请改为主办机关 / not known: put the publishing body here", sure=False)


def _publishers(findings: Findings, context: Context) -> Counter[Authority]:
    names = (name_in_title(report.title) for report in findings.reports)
    return Counter(found for name in names if name and (found := _body(name, context)))


def _body(name: str, context: Context) -> Authority | None:
    """Only bodies of a kind that is known: other words are what a site says of itself."""
    found = authority_of(name, context=context)
    return found if found is not None and found.department != "other" else None


def _division_of(site: Site) -> str | None:
    """By its code, which a site has from the register of government sites."""
    found = divisions().get(site.code[:6]) if re.fullmatch(r"\d{10}", site.code) else None
    return found.code if found is not None else None


def _names(site: Site) -> list[str]:
    """What the site may be called, most trusted first; places as their governments."""
    words = _words()
    pieces = [site.name, *re.split(words["separators"], site.title)]
    names: list[str] = []
    for piece in pieces:
        name = _of_government(_stripped(re.sub(r"\s+", "", piece)), words["government"])
        if 2 <= len(name) <= 40 and name not in names and not column_score(name):
            names.append(name)
    return names


def _of_government(name: str, government: str) -> str:
    """石嘴山市 and 中国石嘴山市政府 as its people's government, 市公安局政府 as the bureau."""
    if name.endswith(f"人民{government}"):
        return name
    rest = name.removesuffix(government)
    place = next((one for one in (rest, rest.removeprefix("中国")) if divisions().named(one)), "")
    meant = divisions().choose([one.code for one in divisions().named(place)], name=place) if place else None
    return f"{meant.name if meant else place}人民{government}" if place else rest


def _stripped(name: str) -> str:
    words = _words()
    before = None
    while before != name:
        before = name
        for beginning in words["beginnings"]:
            name = name.removeprefix(beginning)
        for ending in words["endings"]:
            name = name.removesuffix(ending)
    return name


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads((CONFIG / "site_names.toml").read_text(encoding="utf-8"))


# --- as YAML ---------------------------------------------------------------------------------------------


def _hosts(columns: Sequence[str], portal: Portal) -> list[str]:
    """Hosts of columns that the address of the portal does not name, with and without www as they are written."""
    own = {urlsplit(portal.url).netloc, *portal.hosts}
    return [host for host in dict.fromkeys(urlsplit(url).netloc for url in columns) if host not in own]


def _list(key: str, values: Sequence[str]) -> list[str]:
    return [f"  {key}:", *(f"    - {_scalar(value)}" for value in values)] if values else []


def _sound(url: str) -> str:
    return "".join(_REFUSED.get(sign, sign) for sign in url)


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and not text.isdigit() else json.dumps(text, ensure_ascii=False)
