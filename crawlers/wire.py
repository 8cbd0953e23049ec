"""What an answer may do to us on the wire: headers have a limit, and a connection that is torn is no end of a body. And
who may be at its other end."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from twisted.internet.defer import fail
from twisted.internet.error import ConnectionLost
from twisted.internet.interfaces import ISSLTransport
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError

from crawlers.guard import PrivateAddress, is_private

_MOST_OF_HEADERS = 256 * 1024  # bytes, of one answer and all that announce it


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
    def request(self, request: Any) -> Any:
        answer = super().request(request)
        assert self._parser is not None
        # As its own class does it: there is no other way to choose the parser.
        self._parser.__class__ = _Parser if ISSLTransport.providedBy(self.transport) else _ParserOfPlain
        return answer


class BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


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


class OutsideFactory(BoundedFactory):
    def buildProtocol(self, addr: Any) -> _ProtocolOutside:
        return _ProtocolOutside(self._quiescentCallback)  # type: ignore[no-untyped-call]
