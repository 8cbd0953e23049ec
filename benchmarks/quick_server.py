"""A fleet of portals for benchmarks of the crawl, served by a process of its own that does nothing else: every address
of 127.0.0.0/8 is a portal with a home page, a column of many pages, and as many reports.

    python -m benchmarks.quick_server PORT REPORTS

It counts what it is asked; `/counts` says how much, from when to when, and starts anew."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from dataclasses import dataclass, field

from tests.support.reports.formats import FORMATS
from tests.support.reports.making import make
from tests.support.reports.options import Options

ROWS = 20  # of a listing page
_PLACE = b"0000000"


def title(number: int) -> str:
    return f"某县第{number}局2024年政府信息公开工作年度报告"


def report_path(number: int) -> str:
    return f"/nb/202501/t20250120_{number}.html"


def listing_path(page: int) -> str:
    return "/nb/" if page == 0 else f"/nb/index_{page}.html"


def pages_of(reports: int) -> int:
    return -(-reports // ROWS)


def addresses(reports: int) -> list[str]:
    """Every page of one portal, in the order in which a crawl comes upon them."""
    listings = [listing_path(page) for page in range(pages_of(reports))]
    return ["/", *listings, *(report_path(number) for number in range(reports))]


@dataclass
class Counts:
    requests: int = 0
    first: float = 0.0
    last: float = 0.0
    lasts: dict[str, float] = field(default_factory=dict)  # by host: when it was asked last
    closest: float = float("inf")  # two requests to one host

    def add(self, host: str) -> None:
        now = time.monotonic()
        self.first = self.first or now
        self.last = now
        self.requests += 1
        if host in self.lasts:
            self.closest = min(self.closest, now - self.lasts[host])
        self.lasts[host] = now

    def told(self) -> dict[str, float]:
        return {"requests": self.requests, "seconds": self.last - self.first, "closest": self.closest}


class Site:
    def __init__(self, reports: int) -> None:
        pages = pages_of(reports)
        self._fixed = {"/": _answer(_document("某县人民政府", '<a href="/nb/">政府信息公开年报</a>'))}
        self._fixed |= {listing_path(page): _answer(_listing(page, pages, reports)) for page in range(pages)}
        styles = [style.name for style in FORMATS["html"].STYLES]
        bodies = [make(Options(number, format="html", style=style)).body for number, style in enumerate(styles)]
        self._reports = [_answer(body + b"<!-- " + _PLACE + b" -->") for body in bodies]
        self.sizes = [len(body) for body in bodies]
        self._count = reports
        self.counts = Counts()

    def answer(self, path: str, host: str) -> bytes:
        if path == "/counts":
            told, self.counts = self.counts.told(), Counts()
            return _answer(json.dumps(told).encode(), "application/json")
        self.counts.add(host)
        if fixed := self._fixed.get(path):
            return fixed
        number = path.removeprefix("/nb/202501/t20250120_").removesuffix(".html")
        if number.isdecimal() and int(number) < self._count:
            whole = self._reports[int(number) % len(self._reports)]
            return whole.replace(_PLACE, b"%07d" % int(number))
        return _NONE


class Connection(asyncio.Protocol):
    def __init__(self, site: Site) -> None:
        self._site = site
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            request, self._read = self._read[:end], self._read[end + 4 :]
            path = request.split(b" ", 2)[1].decode()
            host = self._transport.get_extra_info("sockname")[0]
            self._transport.write(self._site.answer(path, host))


def _answer(body: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


_NONE = _answer(b"none", status="404 Not Found")


def _document(name: str, body: str) -> bytes:
    head = f'<head><meta charset="utf-8"><title>{name}</title></head>'
    menu = "".join(f'<li><a href="/menu/{number}/">栏目{number}</a></li>' for number in range(40))
    return f"<!DOCTYPE html><html>{head}<body><ul class='nav'>{menu}</ul>{body}</body></html>".encode()


def _listing(page: int, pages: int, reports: int) -> bytes:
    numbers = range(page * ROWS, min((page + 1) * ROWS, reports))
    row = '<li><a href="{}" title="{}">{}</a><span>2025-01-20</span></li>'
    rows = "".join(row.format(report_path(number), title(number), title(number)) for number in numbers)
    pager = f'<script>createPageHTML({pages}, {page}, "index", "html");</script>'
    return _document("政府信息公开年报", f"<h2>政府信息公开年报</h2><ul>{rows}</ul>{pager}")


async def _serve(port: int, reports: int) -> None:
    site = Site(reports)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(site), "0.0.0.0", port, backlog=1000)  # noqa: S104
    print(json.dumps({"sizes": site.sizes}), flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
