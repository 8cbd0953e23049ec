"""How one portal writes its pages, drawn by seed: shapes of lists, dates and links, order and quotes of attributes,
menus, breadcrumbs, charset. A skin knows no platform."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Iterable, Sequence
from datetime import date
from random import Random
from urllib.parse import urlsplit

from tests.support.fleet.truth import Row
from tests.support.sites import Answer

_DAYS = ("%Y-%m-%d", "[%Y-%m-%d]", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "(%Y-%m-%d)", "发布日期：%Y-%m-%d", "%m-%d")
_LISTS = ("ul", "table", "dl", "div", "paragraphs", "date first")
_CHARSETS = ("utf-8", "utf-8", "utf-8", "gb2312", "gbk")
_TOLD = ("header", "meta", "both", "both", "nowhere", "wrongly")  # where the charset is told
_LINKS = ("root", "absolute", "relative", "scheme")
_PARTS = (  # classes of head, menu, breadcrumb and foot
    ("header", "nav", "crumb", "footer"),
    ("top", "menu", "position", "foot"),
    ("head", "mainNav", "dqwz", "bottom"),
    ("w1200 clearfix", "navbox", "BreadcrumbNav", "footer-box"),
)
_VISITS = "<script>var visits=new Image();visits.src='/visit?n='+Math.random();</script>"
_HOME = "首页"
_CUT_AT = 22


class Skin:
    def __init__(self, rng: Random, url: str, site: str) -> None:
        self.url = url  # of the home page
        self.site = site  # what the portal is called
        self.charset = rng.choice(_CHARSETS)
        self._tells_charset = rng.choice(_TOLD)
        self._list, self._day = rng.choice(_LISTS), rng.choice(_DAYS)
        self._links = rng.choice(_LINKS)
        self._quote = rng.choice(("'", '"', '"', '"'))
        self._title_first, self._upper = rng.random() < 0.3, rng.random() < 0.1
        self._cuts, self._blank = rng.random() < 0.4, rng.random() < 0.6
        self._parts = rng.choice(_PARTS)
        self._separator = rng.choice((" > ", " &gt; ", " / ", "&nbsp;»&nbsp;"))
        self._counter = rng.random() < 0.3
        self._doctype = rng.choice(
            ("<!DOCTYPE html>", "", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN">')
        )
        self.menu: list[tuple[str, str]] = []  # of every page
        self.friends: list[tuple[str, str]] = []

    # --- links and rows ------------------------------------------------------------------------------------

    def href(self, address: str, at: str) -> str:
        """As this portal writes the address of one of its pages on the page `at`; in a part of a page, which does not
        know where it will be shown, "" for it."""
        if "://" in address or self._links == "root" or (self._links == "relative" and not at):
            return address
        if self._links == "absolute":
            return self.url.rstrip("/") + address
        if self._links == "scheme":
            return "//" + self.url.split("://")[1].rstrip("/") + address
        return _relative(address, at)

    def link(self, address: str, text: str, at: str = "", *, title: str = "") -> str:
        q, said = self._quote, html.escape(text)
        named = [f"href={q}{html.escape(self.href(address, at))}{q}"]
        if self._cuts and len(text) > _CUT_AT:
            title, said = title or text, html.escape(text[:_CUT_AT]) + "…"
        if title:
            named.append(f"title={q}{html.escape(title)}{q}")
        if self._blank:
            named.append(f"target={q}_blank{q}")
        if self._title_first:
            named.reverse()
        tag = "A" if self._upper else "a"
        return f"<{tag} {' '.join(named)}>{said}</{tag}>"

    def day(self, day: date) -> str:
        return day.strftime(self._day)

    def row(self, row: Row, at: str = "") -> str:
        link, day = self.link(row.address, row.said, at, title=row.title if row.text else ""), self.day(row.day)
        return {
            "ul": f"<li>{link}<span>{day}</span></li>",
            "table": f"<tr><td width=20>·</td><td>{link}</td><td align=right>{day}</td></tr>",
            "dl": f"<dd><em>{day}</em>{link}</dd>",
            "div": f"<div class=item><h3>{link}</h3><div class=date>{day}</div></div>",
            "paragraphs": f"<p>{link}&nbsp;&nbsp;{day}</p>",
            "date first": f"<li><i>{day}</i> {link}</li>",
        }[self._list]

    def rows(self, rows: Iterable[Row], at: str = "") -> str:
        inner = "\n".join(self.row(row, at) for row in rows)
        if self._list == "table":
            return f"<table width=100% class=list>{inner}</table>"
        wrapped = {"ul": "ul", "date first": "ul", "dl": "dl"}.get(self._list, "div")
        return f"<{wrapped} class=list>{inner}</{wrapped}>"

    # --- pages -----------------------------------------------------------------------------------------------

    def page(
        self,
        at: str,
        title: str,
        body: str,
        *,
        crumbs: Sequence[tuple[str, str]] = (),
        head: str = "",
        bare: bool = False,
    ) -> Answer:
        """`bare` is a page for a frame: without the portal's head and foot."""
        top, menu, crumb, foot = self._parts
        said = f'<meta charset="{self.charset}">' if self._tells_charset in ("meta", "both", "wrongly") else ""
        ways = [(_HOME, "/"), *crumbs]
        trail = self._separator.join(self.link(address, name, at) for name, address in ways)
        around = "" if bare else (
            f"<div class={top!r}><a href='/'><img src='/images/logo.png' alt='{self.site}'></a></div>"
            f"<div class={menu!r}><ul>{self._items(self.menu, at)}</ul></div>"
            + (f"<div class={crumb!r}>当前位置：{trail}</div>" if crumbs else "")
        )  # fmt: skip
        below = "" if bare else self._foot(foot, at)
        named = html.escape(title) + ("" if bare else f"_{self.site}")
        whole = (
            f"{self._doctype}<html><head>{said}<title>{named}</title>{head}</head>"
            f"<body>{around}<div class='main w1000'>{body}</div>{below}{_VISITS if self._counter else ''}</body></html>"
        )
        told = f"; charset={self.charset}" if self._tells_charset in ("header", "both") else ""
        if self._tells_charset == "wrongly":
            told = f"; charset={'iso-8859-1' if self.charset == 'utf-8' else 'utf-8'}"
        encoding = "gb18030" if self.charset.startswith("gb") else self.charset
        return Answer(whole.encode(encoding), headers={"Content-Type": f"text/html{told}"})

    def _items(self, links: Iterable[tuple[str, str]], at: str) -> str:
        return "".join(f"<li>{self.link(address, name, at)}</li>" for name, address in links)

    def _foot(self, name: str, at: str) -> str:
        options = "".join(f"<option value='{address}'>{text}</option>" for text, address in self.friends)
        return (
            f"<div class={name!r}><select onchange='window.open(this.value)'><option>友情链接</option>{options}"
            "</select>"
            f"<p>{self.link('/wzdt/', '网站地图', at)} | {self.link('/lxwm/', '联系我们', at)} 主办：{self.site}"
            "　网站标识码6402000001　<a href='https://beian.miit.gov.cn/'>某ICP备05000001号</a></p></div>"
        )


def _relative(address: str, at: str) -> str:
    target, here = urlsplit(address), urlsplit(at)
    if not target.path.startswith("/") or not here.path.startswith("/"):
        return address
    folder = posixpath.dirname(here.path) or "/"
    path = posixpath.relpath(target.path, folder)
    if target.path.endswith("/"):
        path += "/"
    if not path.startswith("."):
        path = f"./{path}"
    return f"{path}?{target.query}" if target.query else path
