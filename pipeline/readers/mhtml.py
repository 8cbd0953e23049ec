"""MHTML: a web page and its pictures as one mail message, often saved by Word under the name of a DOC. The page in it
is read by the reader of web pages."""

from __future__ import annotations

import email
from dataclasses import replace
from email.message import Message

from pipeline.errors import UnreadableDocument
from pipeline.media import HTML
from pipeline.model import Document
from pipeline.readers import html
from pipeline.readers.source import Source

MEDIA_TYPES = ("multipart/related",)

_MOST_BYTES = 60 * 1024 * 1024
_MOST_BOUNDARIES = 50  # of messages in one another


def read(source: Source) -> Document:
    if len(source.body) > _MOST_BYTES or source.body.count(b"boundary=") > _MOST_BOUNDARIES:
        raise UnreadableDocument(f"MHTML 过大 / the MHTML is too large: {len(source.body)} bytes")
    page = _page(email.message_from_bytes(source.body))
    if page is None:
        raise UnreadableDocument("MHTML 里没有网页 / the MHTML holds no page")
    body = page.get_payload(decode=True)
    assert isinstance(body, bytes)
    charset = page.get_content_charset() or source.charset
    document = html.read(replace(source, body=body, media_type=HTML, charset=charset))
    return replace(document, media_type=source.media_type)


def _page(message: Message) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
