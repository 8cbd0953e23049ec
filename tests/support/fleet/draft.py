"""A portal in the making: what every make of software shares when it puts listings, articles and files in place."""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from typing import Any, ClassVar

from tests.support.fleet import files, papers
from tests.support.fleet.skin import Skin
from tests.support.fleet.truth import Column, Member, Report, Row
from tests.support.fleet.words import Body, Government
from tests.support.sites import Answer, Route

_TYPES = {"jpg": "image/jpeg", "pdf": "application/pdf"}
_TITLES = (
    "<h1>{}</h1>",
    '<h2 class="tit">{}</h2>',
    '<div class="title">{}</div>',
    '<h1 class="bt">　{}　</h1>',
    "<b>{}</b>",
)


class Draft:
    def __init__(self, rng: Random, member: Member, own: Government) -> None:
        self.rng = rng
        self.member = member
        self.government = own
        self.skin = Skin(rng, member.url, member.authority)
        self.crumbs: list[tuple[str, str]] = []  # the way to the columns
        self.hanging = rng.choice((0.2, 0.5, 0.8))  # part of the reports that have files
        self._heading = rng.choice(_TITLES)
        self._declares = rng.random() < 0.5
        self._next = rng.randrange(10_000, 900_000)

    def number(self) -> int:
        self._next += self.rng.randrange(1, 9)
        return self._next

    def name(self, length: int) -> str:
        """As many hexadecimal digits."""
        return "".join(self.rng.choice("0123456789abcdef") for _ in range(length))

    def uuid(self) -> str:
        return "-".join(self.name(length) for length in (8, 4, 4, 4, 12))

    def put(self, address: str, route: Route) -> None:
        self.member.routes[address] = route

    # --- pages -----------------------------------------------------------------------------------------------

    def listing(self, column: Column, rows: Iterable[Row], at: str, *, after: str = "", head: str = "") -> Answer:
        return self.column_page(column, self.skin.rows(rows, at) + after, at, head=head)

    def column_page(self, column: Column, inner: str, at: str, *, head: str = "") -> Answer:
        named = f"<div class='tit'><span>{column.title}</span></div>{inner}"
        return self.skin.page(at, column.title, named, crumbs=[*self.crumbs, (column.title, column.address)], head=head)

    def article(self, row: Row, inner: str, body: str = 'id="zoom"', head: str = "") -> Answer:
        """`body` is what the software calls the element around the text."""
        at, title, day, crumb = row.address, row.title, row.day, row.crumb
        said = html.escape(title)
        if self._declares:
            head += f'<meta name="ArticleTitle" content="{said}"><meta name="PubDate" content="{day} 09:30">'
        if len(title) > 24 and "\u3000" not in title and sum(title.encode()) % 4 == 0:
            said = f"{html.escape(title[:12])}<br>{html.escape(title[12:])}"  # printed on two lines
        info = f"发布时间：{day}　来源：{self.member.authority}　浏览次数：<i>12</i>"
        top = f"{self._heading.format(said)}<div class='info'>{info}</div>"
        crumbs = [*self.crumbs, *([crumb] if crumb[0] else [])]
        return self.skin.page(at, title, f"{top}<div {body}>{inner}</div>", crumbs=crumbs, head=head)

    # --- papers ----------------------------------------------------------------------------------------------

    def report(self, make: Make, body: Body, year: int, row: Row) -> Report:
        """Puts the report's page and its files in place, as a text, as a text with files, or as files alone."""
        report = Report(body.name, year, row)
        whole = papers.report_body(self.rng, body.name, year)
        if self.rng.random() >= self.hanging:
            self._put_page(make, row, whole)
        elif self.rng.random() < 0.85:
            hung, report.files, report.ways_to_files = self._files(make, row)
            report.only_files = self.rng.random() < 0.4
            self._put_page(make, row, (papers.shell_body() if report.only_files else whole) + hung)
        else:
            inner, report.files = self._odd_shape(row, whole)
            report.only_files = True
            self._put_page(make, row, inner)
        self.member.reports.append(report)
        return report

    def look_alike(self, make: Make, row: Row) -> None:
        self._put_page(make, row, papers.look_alike_body(self.rng, row.title))

    def _put_page(self, make: Make, row: Row, inner: str) -> None:
        self.put(row.address, make.shown(row, inner))

    def _files(self, make: Make, row: Row) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        addresses, ways, hung = [], [], ""
        for _ in range(self.rng.choice((1, 1, 2))):
            kind = self.rng.choice(files.KINDS)
            address, target = make.file(row, kind)
            sent = self.file_answer(kind, address)
            self.put(address, Answer("", 302, {"Location": target}) if target else sent)
            if target:
                self.put(target, sent)
                ways.append(address)
            hung += files.markup(
                self.rng, address, row.title.strip("《》"), kind, servlet=not address.endswith(kind) or "?" in address
            )
            addresses.append(target or address)  # where it is in the end
        return hung, tuple(addresses), tuple(ways)

    def _odd_shape(self, row: Row, whole: str) -> tuple[str, tuple[str, ...]]:
        """Pictures in order, a flip-book's pages, or a frame with the text in it."""
        shape, number = self.rng.choice(("pictures", "flip-book", "frame")), self.number()
        if shape == "frame":
            address = f"/nbwz/{number}.html"
            self.put(address, self.skin.page(address, "", whole, bare=True))
            return f'<iframe src="{address}" width="100%"></iframe>', (address,)
        if shape == "flip-book":
            leaves = [f"/flip/{number}/files/basic-html/page{n}.html" for n in (1, 2, 3)]
            for address in leaves:
                self.put(
                    address, self.skin.page(address, "", f"<img src='../pages/1.jpg'><div>{whole}</div>", bare=True)
                )
            return f'<iframe src="{leaves[0]}"></iframe>' + "".join(
                f'<a href="{one}">{one[-6]}</a>' for one in leaves[1:]
            ), tuple(leaves)
        pictures = [f"/upload/{number}/{n}.jpg" for n in (1, 2, 3)]
        for address in pictures:
            self.put(address, self.file_answer("jpg", address))
        return "".join(f'<p align="center"><img src="{address}"></p>' for address in pictures), tuple(pictures)

    def file_answer(self, kind: str, said: str) -> Answer:
        named = {"Content-Type": _TYPES.get(kind, "application/octet-stream")}
        return Answer(files.content(kind, said), headers=named)


class Make(ABC):
    """A make of portal software: how it addresses articles and files, and how it lists."""

    family: ClassVar[str] = "generic"  # the platform of ours that is meant for it
    body: ClassVar[str] = 'id="zoom"'  # of an article
    divides: ClassVar[bool] = True  # a government's reports may be in several columns

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.rng = draft.rng
        self.known: dict[str, Any] = {}  # what servers look up: columns by their numbers, and the like

    @abstractmethod
    def column(self, slug: str) -> str:
        """The address of a new listing."""

    def door(self, column: Column) -> str:
        """The address by which menus lead to a listing."""
        return column.address

    @abstractmethod
    def article(self, column: str, day: date) -> str: ...

    def report(self, column: str, day: date, year: int) -> str:
        """The address of a report of that year, where this is another than any article's."""
        return self.article(column, day)

    def file(self, row: Row, kind: str) -> tuple[str, str]:
        """A new file's address, and where it redirects to, if it does."""
        return f"/upload/{row.day:%Y%m}/{self.draft.number()}.{kind}", ""

    def head(self, row: Row) -> str:
        return ""

    def again(self, address: str) -> str:
        """Another address of the same page, as phones and other ways in have it."""
        return f"{address}{'&' if '?' in address else '?'}isMobile=true"

    def shown(self, row: Row, inner: str) -> Route:
        return lambda asked, times: self.draft.article(row, inner, self.body, self.head(row))

    @abstractmethod
    def publish(self, column: Column) -> None:
        """Puts the listing's pages in place."""


def page_links(total: int, here: int, address: Sequence[str]) -> str:
    """A pager of links: 首页 上一页 1 2 3 下一页 尾页, where there is more than one page."""
    if total < 2:
        return ""
    inner = [f'<a href="{address[0]}">首页</a>']
    if here > 1:
        inner.append(f'<a href="{address[here - 2]}">上一页</a>')
    first = max(1, min(here - 2, total - 4))
    shown = range(first, min(total, first + 4) + 1)
    inner += [f"<b>{n}</b>" if n == here else f'<a href="{address[n - 1]}">{n}</a>' for n in shown]
    if here < total:
        inner.append(f'<a href="{address[here]}">下一页</a>')
    inner.append(f'<a href="{address[-1]}">尾页</a>')
    return f'<div class="page">{" ".join(inner)} 第{here}页/共{total}页</div>'
