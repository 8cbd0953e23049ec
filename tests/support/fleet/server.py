"""One server for a whole fleet: every portal on a loopback address of its own, all in one event loop, with a log of
every request, and with the faults that no well-behaved server has."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Thread

from tests.support.fleet.truth import Broken, Member
from tests.support.sites import Answer, Asked

_REASONS = {200: "OK", 302: "Found", 404: "Not Found"}
_CHUNK = b"x" * 65536
_MOST_SENT = 40 * 1024 * 1024  # of a body without an end, should nobody hang up
_LAST_DATA_AT = 52  # bytes into the kernel's tcp_info: milliseconds since data last came in
_STALLS = 12.0  # seconds, longer than any crawl of the tests waits


@dataclass
class Logged:
    host: str
    path: str
    began: float  # when its last bytes came in
    ended: float = 0.0  # when the last bytes of its answer were about to leave
    status: int = 0
    asks_to_wait: float = 0.0  # seconds
    form: str = ""
    broken: bool = False  # whoever asked may hang up before it is answered
    browser: bool = False


@dataclass
class Log:
    requests: list[Logged] = field(default_factory=list)

    def of(self, member: Member) -> list[Logged]:
        return [one for one in self.requests if one.host == member.host]


class _Server:
    def __init__(self, members: Mapping[str, Member], log: Log) -> None:
        self._members = members
        self._log = log
        self._times: dict[tuple[str, str], int] = defaultdict(int)

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            while await self._served(self._members[host], reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass  # whoever asked has hung up, or the fleet is taken down
        finally:
            writer.close()

    async def _served(self, member: Member, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request; whether another may follow on the connection."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        form = (await reader.readexactly(int(headers.get("content-length", 0)))).decode()
        logged = Logged(member.host, path, _arrived(writer), form=form, browser="sec-fetch-dest" in headers)
        self._log.requests.append(logged)
        times = self._times[member.host, path + form]
        self._times[member.host, path + form] += 1
        answer = member.answer(Asked(path, logged.began, headers, form), times)
        logged.status, logged.broken = answer.status, isinstance(answer, Broken)
        logged.asks_to_wait = float(answer.headers.get("Retry-After", 0))
        logged.ended = time.monotonic()
        return await self._send(answer, writer)

    async def _send(self, answer: Answer, writer: asyncio.StreamWriter) -> bool:
        if isinstance(answer, Broken):
            await _break(answer, writer)
            return False
        body = _bytes(answer)
        writer.write(_head(answer, len(body)) + body)
        await writer.drain()
        return True


def _arrived(writer: asyncio.StreamWriter) -> float:
    """By the kernel's own account, as this server may have much else to do before it reads what came in. Where it is
    held up between the two clocks that comes out late, though hardly three times running."""
    connection = writer.get_extra_info("socket")
    return min(time.monotonic() - _since_data_came(connection) for _ in range(3))


def _since_data_came(connection: socket.socket) -> float:
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _LAST_DATA_AT + 4)
    return int.from_bytes(told[_LAST_DATA_AT:], sys.byteorder) / 1000


def _bytes(answer: Answer) -> bytes:
    return answer.body.encode() if isinstance(answer.body, str) else answer.body


def _head(answer: Answer, length: int | None) -> bytes:
    named = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
    if length is not None:
        named["Content-Length"] = str(length)
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Status')}\r\n{lines}\r\n".encode("latin-1")


async def _break(answer: Broken, writer: asyncio.StreamWriter) -> None:
    body = _bytes(answer)
    if answer.how == "reset":
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        writer.transport.abort()
    elif answer.how == "cut":
        writer.write(_head(answer, len(body) + 1000) + body[: len(body) // 2])
        await writer.drain()
    elif answer.how in ("drip", "stall"):
        writer.write(_head(answer, len(body)))
        for start in range(0, len(body), step := max(1, len(body) // 8)):
            writer.write(body[start : start + step])
            await writer.drain()
            await asyncio.sleep(0.05 if answer.how == "drip" else _STALLS)
    elif answer.how == "endless":
        writer.write(_head(answer, None) + body)
        for _ in range(_MOST_SENT // len(_CHUNK)):
            writer.write(_CHUNK)
            await writer.drain()
    elif answer.how == "bomb":
        packed = Answer(headers={**answer.headers, "Content-Encoding": "gzip"})
        writer.write(_head(packed, len(_bomb())) + _bomb())
        await writer.drain()


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    return gzip.compress(b" " * (64 * 1024 * 1024))


@contextmanager
def listening(hosts: list[str]) -> Iterator[list[socket.socket]]:
    """One port, the same on every address."""
    for _ in range(20):
        first = socket.create_server((hosts[0], 0), backlog=200)
        opened = [first]
        try:
            opened += [socket.create_server((host, first.getsockname()[1]), backlog=200) for host in hosts[1:]]
        except OSError:  # taken on one of them
            for one in opened:
                one.close()
            continue
        try:
            yield opened
        finally:
            for one in opened:
                one.close()
        return
    raise OSError("no port is free on all addresses")


@contextmanager
def serving(
    sockets: list[socket.socket], members: Mapping[str, Member], context: ssl.SSLContext | None = None
) -> Iterator[Log]:
    """`members` by host; with a `context` those that ask for it speak TLS."""
    log, loop = Log(), asyncio.new_event_loop()
    server = _Server(members, log)

    async def start() -> list[asyncio.Server]:
        return [
            await asyncio.start_server(
                server.connected, sock=one, ssl=context if members[one.getsockname()[0]].tls else None
            )
            for one in sockets
            if one.getsockname()[0] in members
        ]

    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers = asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    try:
        yield log
    finally:
        asyncio.run_coroutine_threadsafe(_stop(servers), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(servers: list[asyncio.Server]) -> None:
    for one in servers:
        one.close()
    open_still = asyncio.all_tasks() - {asyncio.current_task()}
    for task in open_still:
        task.cancel()
    await asyncio.gather(*open_still, return_exceptions=True)
