"""What is done on the wire: a request leaves once, and it is told when; headers of an answer have a limit, and a
connection that is torn is no end of a body. And who may be at its other end."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet import endpoints
from twisted.internet.defer import fail
from twisted.internet.error import ConnectionLost
from twisted.internet.interfaces import ISSLTransport
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError
from twisted.web.client import HTTPConnectionPool

from crawlers.addresses import bare_host, host_of
from crawlers.guard import PrivateAddress, is_private

_MOST_OF_HEADERS = 256 * 1024  # bytes, of one answer and all that announce it
_MOST_NAMES = 4096


class _Parser(_LenientHTTPClientParser):
    _headers_read = 0

    def lineReceived(self, line: bytes) -> None:
        self._headers_read += len(line)
        if self._headers_read > _MOST_OF_HEADERS:
            raise ParseError("more headers than are read", line[:100])  # type: ignore[no-untyped-call]
        super().lineReceived(line)


class _ParserOfPlain(_Parser):
    """Where the body ends with the connection. Over TLS old servers hang up like this at the end of every body."""

    def connectionLost(self, reason: Failure | None = None) -> None:
        body = self.bodyDecoder
        torn = isinstance(reason, Failure) and isinstance(reason.value, ConnectionLost)
        if torn and body is not None and getattr(body, "contentLength", 0) is None:
            body.contentLength = -1  # a length that was not reached
        super().connectionLost(reason)


class _Protocol(_LenientHTTP11ClientProtocol):
    left: Callable[[str], None]

    def request(self, request: Any) -> Any:
        answer = super().request(request)
        named = request.headers.getRawHeaders(b"host") or [b""]
        self.left(bare_host(host_of(f"//{named[0].decode('latin-1')}")))
        assert self._parser is not None
        # As its own class does it: there is no other way to choose the parser.
        self._parser.__class__ = _Parser if ISSLTransport.providedBy(self.transport) else _ParserOfPlain
        return answer


class _ProtocolOutside(_Protocol):
    """For hosts that are not the portal's: nothing is asked of an address that only we could reach, whatever its name
    stood for before."""

    def request(self, request: Any) -> Any:
        transport: Any = self.transport
        peer = str(getattr(transport.getPeer(), "host", ""))
        if is_private(peer):
            transport.abortConnection()
            return fail(PrivateAddress(peer))
        return super().request(request)


class _Factory(_LenientHTTP11ClientFactory):
    speaks: type[_Protocol]
    left: Callable[[str], None]

    def buildProtocol(self, addr: Any) -> _Protocol:
        protocol = self.speaks(self._quiescentCallback)
        protocol.left = self.left
        return protocol


def remember_names() -> None:
    """Twisted puts a host's name into the letters of the DNS anew for each request, also where the connection is there
    already; Scrapy has put its own way of doing so in Twisted's place by now."""
    connecting: Any = endpoints
    if not hasattr(connecting._idnaBytes, "cache_info"):
        connecting._idnaBytes = lru_cache(maxsize=_MOST_NAMES)(connecting._idnaBytes)


def watch_over(pool: HTTPConnectionPool, left: Callable[[str], None], *, outside: bool = False) -> None:
    """`left` is called with the host of every request that leaves. The pool itself would send a request again at once
    where a kept connection is found closed: whether and when that is done is not its affair."""
    named = {"speaks": _ProtocolOutside if outside else _Protocol, "left": staticmethod(left)}
    factory: Any = type("Factory", (_Factory,), named)
    pool._factory = factory
    pool.retryAutomatically = False
