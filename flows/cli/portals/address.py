"""The address that `probe` and `record` are given, and the portal that is looked at there."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from urllib.parse import urlsplit

from crawlers.job import CrawlSettings
from flows.cli.arguments import positive
from pipeline.divisions import CENTRAL
from pipeline.errors import NianbaoError
from pipeline.model import Portal, PortalOutcome
from pipeline.registry_values import HOST

_PAGES = 100
_NAMED = re.compile(r"https?://\S+")  # where a redirect led to


def add_address_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="URL", type=_address, help="a portal's home page, or its annual-report column")
    parser.add_argument(
        "--host",
        metavar="HOST",
        type=_host,
        action="append",
        default=[],
        help="a further host of the portal (repeatable)",
    )
    parser.add_argument("--tls", choices=("default", "legacy"), default="default", help="legacy: only old TLS there")
    parser.add_argument("--pages", metavar="N", type=positive, default=_PAGES, help=f"most requests ({_PAGES})")


def portal_of(arguments: argparse.Namespace) -> Portal:
    """Whose it is, nobody knows yet."""
    hosts = tuple(arguments.host)
    return Portal(id="probed", authority="?", division=CENTRAL, url=arguments.url, hosts=hosts, tls=arguments.tls)


def modest(most: int) -> CrawlSettings:
    """The settings of a pass, with fewer pages."""
    from flows.settings import load_settings

    settings = load_settings().crawl
    return replace(settings, max_pages=min(most, settings.max_pages))


def ask_for_patience(portal: Portal, settings: CrawlSettings) -> None:
    """A line for a person who waits; scripts get nothing but the answer."""
    if sys.stderr.isatty():
        said = f"正在访问 {portal.url}，至多 {settings.max_pages} 次请求，间隔 {settings.delay:g} 秒"
        print(f"{said} / asking, at most {settings.max_pages} requests, {settings.delay:g} s apart", file=sys.stderr)


def refuse_silent(portal: Portal, outcome: PortalOutcome) -> None:
    """Raises NianbaoError where not even the start page came."""
    if outcome.pages:
        return
    named = _NAMED.search(outcome.reason)
    host = urlsplit(named[0]).hostname if named else None
    moved = host is not None and host != urlsplit(portal.url).hostname
    hint = f"；可改试该网址，或加 / try that address, or add --host {host}" if moved else ""
    raise NianbaoError(f"{outcome.state}: {outcome.reason}{hint}")


def _address(text: str) -> str:
    from crawlers.addresses import absolute

    named = text if "://" in text else f"http://{text}"
    url = absolute(named, named)
    if not url or "@" in urlsplit(url).netloc:
        raise argparse.ArgumentTypeError(f"不是 http(s) 网址 / not an http(s) address: {text[:200]}")
    return url


def _host(text: str) -> str:
    if not re.fullmatch(HOST, text):
        raise argparse.ArgumentTypeError(f"不是主机名 / not a host name: {text[:200]}")
    return text
