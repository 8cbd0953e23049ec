"""A request for a listing's rows that a page's script was seen to send, in a form that can be sent again without the
page: how its pages are counted, and how a row of an answer gives title, date and address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.exchange import Ask

NUMBER = re.compile(r"(?<!\d)(?<!\d\.)\d{1,7}(?!\d|\.\d)")
PATH, QUERY, FORM, BODY = "path", "?", "=", "body"  # parts of a request; fields go by sign and name


@dataclass(frozen=True, slots=True)
class Counter:
    """The number in a request that tells one page from the next."""

    part: str
    place: int  # among the numbers of that part
    first: int
    step: int


@dataclass(frozen=True, slots=True)
class RowForm:
    """Where an answer has its rows. Without a title they are markup."""

    path: tuple[str, ...]
    title: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    address: tuple[tuple[str, tuple[str, ...]], ...] = ()  # texts, each with the member of a row that follows it


@dataclass(frozen=True, slots=True)
class Replay:
    first: Ask
    base: str  # of the page, from which addresses of rows count
    rows: RowForm
    counter: Counter | None = None
    total: tuple[str, ...] = ()  # where an answer says how many rows there are on all pages
    pages: tuple[str, ...] = ()  # or how many pages
    full: int = 0  # rows of a page that may have another behind it; 0 where that is not known
    state: tuple[tuple[str, str], ...] = ()  # what every answer says of itself

    @property
    def form(self) -> str:
        """The same for requests and answers of one form, whatever is asked for."""
        names = sorted(part for part, _ in parts_of(self.first))
        said = (urlsplit(self.first.url)._replace(query="").geturl(), self.first.posts, names, self.counter, self.rows)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def is_counted(self) -> bool:
        """Whether its answers say how many pages there are."""
        return bool(self.total or self.pages)

    def ask(self, index: int) -> Ask:
        """For the page of that index, counted from 0."""
        if self.counter is None:
            return self.first
        asked = with_number(self.first, self.counter, self.counter.first + index * self.counter.step)
        return replace(asked, optional=index > 0 and not self.is_counted)

    def index_of(self, ask: Ask) -> int:
        if self.counter is None:
            return 0
        numbers = [numbers_in(text) for part, text in parts_of(ask) if part == self.counter.part]
        return (numbers[0][self.counter.place] - self.counter.first) // self.counter.step


def parts_of(ask: Ask) -> Iterator[tuple[str, str]]:
    address = urlsplit(ask.url)
    yield PATH, address.path
    for name, value in parse_qsl(address.query, keep_blank_values=True):
        yield QUERY + name, value
    for name, value in ask.form:
        yield FORM + name, value
    if ask.json:
        yield BODY, ask.json


def numbers_in(text: str) -> list[int]:
    return [int(number) for number in NUMBER.findall(text)]


def with_number(ask: Ask, counter: Counter, number: int) -> Ask:
    """The same request with another number at the counter's place."""

    def changed(part: str, text: str) -> str:
        if part != counter.part:
            return text
        found = list(NUMBER.finditer(text))[counter.place]
        return f"{text[: found.start()]}{number}{text[found.end() :]}"

    address = urlsplit(ask.url)
    fields = [(name, changed(QUERY + name, value)) for name, value in parse_qsl(address.query, keep_blank_values=True)]
    query = urlencode(fields) if counter.part.startswith(QUERY) else address.query
    url = address._replace(path=changed(PATH, address.path), query=query).geturl()
    form = tuple((name, changed(FORM + name, value)) for name, value in ask.form)
    return replace(ask, url=url, form=form, json=changed(BODY, ask.json) if ask.json else "")
