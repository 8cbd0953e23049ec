"""Small web sites on loopback for tests of the crawl: every site is a real HTTP server on an address of its own, and
remembers what was asked of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PREAMBLE = "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"
REPORT_TEXT = (
    f"<p>{PREAMBLE}</p><p>一、总体情况</p><p>全年主动公开信息120条。</p><p>二、主动公开政府信息情况</p>"
    "<p>三、收到和处理政府信息公开申请情况</p><p>六、其他需要报告的事项</p>"
)


@dataclass(frozen=True)
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None  # instead of a body: whatever a broken server does


@dataclass(frozen=True)
class Asked:
    path: str
    at: float
    headers: dict[str, str]
    form: str = ""


Route = Answer | str | Callable[[Asked, int], Answer]  # a function gets the request and how often the path was asked


@dataclass
class Site:
    routes: dict[str, Route]
    host: str = ""
    port: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        count = sum(one.path == asked.path for one in self.asked)
        self.asked.append(asked)
        route = self.routes.get(asked.path, self.routes.get(asked.path.split("?")[0], Answer("none", 404)))
        if callable(route):
            return route(asked, count)
        return route if isinstance(route, Answer) else Answer(route)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(length).decode() if length else ""
        answer = self.site.answer(Asked(self.path, time.monotonic(), dict(self.headers), form))
        if answer.write is not None:
            answer.write(self)
            self.close_connection = True
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *arguments: object) -> None:
        """Silence: the site remembers what it was asked."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawl that hangs up on a huge or slow answer is what is being tested."""


def handler_of(site: Site) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (_Handler,), {"site": site})


@contextmanager
def serve(site: Site, host: str) -> Iterator[Site]:
    with _Server((host, 0), handler_of(site)) as server:
        site.host, site.port = host, server.server_port
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield site
        server.shutdown()


def document(title: str, body: str, head: str = "") -> str:
    whole = f'<head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body>'
    return f"<!DOCTYPE html><html>{whole}</html>"


def listing(*rows: tuple[str, str, str], title: str = "政府信息公开年报", after: str = "") -> str:
    """Rows of address, title and date."""
    items = "".join(f'<li><a href="{url}">{text}</a><span>{day}</span></li>' for url, text, day in rows)
    return document(title, f"<h2>{title}</h2><ul>{items}</ul>{after}")


def report(title: str, more: str = "") -> str:
    return document(title, f"<h1>{title}</h1><div id='zoom'>{REPORT_TEXT}{more}</div>")
