"""Serves the sample sites on loopback, every site on an address of its own, as a portal's server would: with
validators, HEAD, scripts' addresses and redirects. What the sites hold is `data/sample`'s affair."""

from __future__ import annotations

import errno
import hashlib
import json
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import yaml

from pipeline.errors import NianbaoError
from pipeline.model import Portal
from pipeline.resources import SAMPLE

_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html",  # as many servers send it: the page itself has to say its encoding
    ".css": "text/css",
    ".js": "application/javascript",
    ".json": "application/json;charset=UTF-8",
    ".xml": "text/xml;charset=UTF-8",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_ROUTES = "routes.json"
_INDEXES = ("index.html", "index.htm")
_MOST_FORM = 64 * 1024
_EPOCH = datetime(2025, 1, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Request:
    host: str
    path: str  # with its query
    status: int


@dataclass
class Sample:
    """The running sites."""

    portals: tuple[Portal, ...]
    _requests: list[Request] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @property
    def requests(self) -> list[Request]:
        """What was asked so far, in order."""
        with self._lock:
            return list(self._requests)

    def note(self, request: Request) -> None:
        with self._lock:
            self._requests.append(request)

    def write_registry(self, path: Path) -> None:
        """The portals in the registry's own format."""
        described = [
            {
                "id": portal.id,
                "authority": portal.authority,
                "division": portal.division,
                "url": portal.url,
                "platform": portal.platform,
                "render": portal.render,
                "expect": {"min_reports": portal.min_reports},
            }
            for portal in self.portals
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False), encoding="utf-8")


@contextmanager
def serve_sample(folder: Path | None = None, port: int | None = None) -> Iterator[Sample]:
    """Serve the sites in `folder` (by default those that come with the project) until the block ends. `port` 0 takes
    any free one; by default it is the one that `sites.toml` names."""
    folder = folder or SAMPLE / "sites"
    described = tomllib.loads((SAMPLE / "sites.toml").read_text(encoding="utf-8"))
    port = described["port"] if port is None else port
    with ExitStack() as stack:
        sample = Sample(())
        portals = []
        for site in described["sites"]:
            if not (folder / site["folder"]).is_dir():
                raise NianbaoError(f"找不到样例网站 / no such sample site: {folder / site['folder']}")
            server = _listen(site["address"], port, folder / site["folder"], sample)
            stack.callback(server.server_close)
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            thread.start()
            stack.callback(thread.join)
            stack.callback(server.shutdown)
            portals.append(_portal(site, server.server_port))
        sample.portals = tuple(portals)
        yield sample


def _portal(site: dict[str, Any], port: int) -> Portal:
    return Portal(
        id=site["id"],
        authority=site["authority"],
        division=site["division"],
        url=f"http://{site['address']}:{port}/",
        min_reports=site["min_reports"],
        defined_in="data/sample/sites.toml",
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: str, port: int, site: Path, sample: Sample) -> None:
        self.site = site.resolve()
        self.sample = sample
        super().__init__((address, port), _Handler)


def _listen(address: str, port: int, site: Path, sample: Sample) -> _Server:
    try:
        return _Server(address, port, site, sample)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"端口已被占用 / port is in use: {address}:{port}"
        else:
            reason = f"无法监听 / cannot listen on {address}:{port}: {error.strerror}"
        raise NianbaoError(reason) from error


@dataclass(frozen=True)
class _Answer:
    status: HTTPStatus
    headers: dict[str, str]
    body: bytes = b""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    timeout = 30  # of an idle connection

    def do_GET(self) -> None:
        self._send(self._answer(self.path))

    def do_HEAD(self) -> None:
        self._send(self._answer(self.path), head=True)

    def do_POST(self) -> None:
        """Some platforms' scripts are asked by POST; the form counts as further parameters."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _MOST_FORM:
            self.close_connection = True
            self._send(_Answer(HTTPStatus.BAD_REQUEST, {}))
            return
        form = self.rfile.read(int(length)).decode("latin-1")
        joined = "&" if "?" in self.path else "?"
        self._send(self._answer(f"{self.path}{joined}{form}"))

    def _answer(self, address: str) -> _Answer:
        parts = urlsplit(address)
        path = unquote(parts.path)
        route = _route(self.server.site, path, parse_qs(parts.query))
        if "redirect" in route:
            return _Answer(HTTPStatus.FOUND, {"Location": route["redirect"]})
        file = _file(self.server.site, route.get("file", path.lstrip("/")))
        if file is None:
            return _Answer(HTTPStatus.NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"}, _NOT_FOUND)
        if file.is_dir():
            return _Answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": quote(path) + "/"})
        return self._content(file.read_bytes(), file, route)

    def _content(self, body: bytes, file: Path, route: dict[str, str]) -> _Answer:
        headers = _validators(body)
        if self._is_current(headers):
            return _Answer(HTTPStatus.NOT_MODIFIED, headers)
        default = _MEDIA_TYPES.get(file.suffix, "application/octet-stream")
        headers["Content-Type"] = route.get("media_type", default)
        if name := route.get("filename"):
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        return _Answer(HTTPStatus.OK, headers, body)

    def _is_current(self, validators: dict[str, str]) -> bool:
        if known := self.headers.get("If-None-Match"):
            return validators["ETag"] in [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return self.headers.get("If-Modified-Since") == validators["Last-Modified"]

    def _send(self, answer: _Answer, *, head: bool = False) -> None:
        self.server.sample.note(Request(str(self.server.server_address[0]), self.path, answer.status.value))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if not head and answer.status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are kept in `Sample.requests`, not printed."""


_NOT_FOUND = "<html><head><title>404</title></head><body><h1>您访问的页面不存在</h1></body></html>".encode()


def _route(site: Path, path: str, query: dict[str, list[str]]) -> dict[str, str]:
    """The route for an address that is no file name, {} for others."""
    routes = json.loads((site / _ROUTES).read_text(encoding="utf-8"))
    for route in routes:
        asked = route.get("query", {})
        if route["path"] == path and all(value in query.get(name, ()) for name, value in asked.items()):
            return {name: value for name, value in route.items() if isinstance(value, str)}
    return {}


def _file(site: Path, path: str) -> Path | None:
    """The file, or a folder whose address lacks its slash; None for what is not there or not inside the site."""
    try:
        target = (site / path).resolve()
        if not target.is_relative_to(site) or path == _ROUTES:
            return None
        if target.is_dir() and (path.endswith("/") or not path):
            return next((target / name for name in _INDEXES if (target / name).is_file()), None)
        return target if target.exists() else None
    except (OSError, ValueError):  # a name too long, or with a null byte
        return None


def _validators(body: bytes) -> dict[str, str]:
    """ETag and a date that stand for the content alone, so that they are the same on every machine."""
    digest = hashlib.sha256(body).hexdigest()
    written = _EPOCH + timedelta(seconds=int(digest[:6], 16))
    return {"ETag": f'"{digest[:16]}"', "Last-Modified": format_datetime(written, usegmt=True)}
