"""Portals whose column is drawn by a script, three rows at a time, from answers in forms that such interfaces have."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.support.sites import Answer, Asked, Route, document, report

YEARS = range(2024, 2015, -1)
SIZE = 3
MENU = "".join(f'<a href="/{name}/">{said}</a>' for name, said in (("xw", "新闻中心"), ("zt", "走进某县")))
JSON = {"Content-Type": "application/json"}


def title(year: int) -> str:
    return f"某县公安局{year}年政府信息公开工作年度报告"


def day(year: int) -> str:
    return f"{year + 1}-01-20"


def field_of(asked: Asked, name: str) -> str:
    """From the address, a form or JSON."""
    if asked.form.startswith("{"):
        return str(json.loads(asked.form)[name])
    return parse_qs(asked.form or urlsplit(asked.path).query)[name][0]


@dataclass
class Drawn:
    """`ask` is the script's call for page `page`, `rows` what makes a row of what it gets, `reply` what the server
    says to a page's years."""

    ask: str
    rows: str
    number: str  # the field that counts pages
    reply: Callable[[list[int]], object]
    script: str = ""
    years: list[int] = field(default_factory=lambda: list(YEARS))
    pager: str = '<div class="pages"><a href="javascript:turn()">下一页</a></div>'
    allows: Callable[[Asked], bool] = lambda asked: True
    menu: str = ""
    refusal: int = 403
    total: int = len(YEARS)
    shown: int = 0  # times

    def routes(self) -> dict[str, Route]:
        reports: dict[str, Route] = {f"/r/{year}.html": report(title(year)) for year in YEARS}
        home = document("某县公安局", '<a href="/nb/">政府信息公开年报</a>')
        return {"/": home, "/nb/": lambda asked, times: Answer(self.page()), "/api": self.answer, **reports}

    def page(self) -> str:
        self.shown += 1
        script = f"""<script>let page = 0; {self.script.replace("TIMES", str(self.shown))}
        async function turn() {{ page++; const answer = await {self.ask}; if (!answer.ok) return;
          const rows = {self.rows};
          document.getElementById('rows').innerHTML = rows.map(row => Array.isArray(row)
            ? `<li><a href="${{row[0]}}">${{row[1]}}</a><span>${{row[2]}}</span></li>` : row).join('') }}
        turn()</script>"""
        return document("政府信息公开年报", f'{self.menu}<ul id="rows"></ul>{self.pager}{script}')

    def answer(self, asked: Asked, times: int) -> Answer:
        if not self.allows(asked):
            return Answer("no", self.refusal)
        page = int(field_of(asked, self.number))
        said = self.reply(self.years[(page - 1) * SIZE : page * SIZE])
        return Answer(said) if isinstance(said, str) else Answer(json.dumps(said), headers=JSON)


def by_get() -> Drawn:
    """Rows by their numbers, counted."""
    drawn = Drawn(
        "fetch(`/api?channel=7&page=${page}&size=3&_=${Date.now()}`)",
        "(await answer.json()).data.list.map(one => [`/r/${one.id}.html`, one.name, one.day])",
        "page",
        lambda years: {},
    )
    drawn.reply = lambda years: {"code": 200, "data": {"total": drawn.total, "list": [_numbered(one) for one in years]}}
    return drawn


def with_menu() -> Drawn:
    """Links beside the listing that may be rows too."""
    drawn = by_get()
    drawn.menu = MENU
    return drawn


def _numbered(year: int) -> dict[str, object]:
    return {"id": year, "name": title(year), "day": day(year), "hits": 7}


def by_form() -> Drawn:
    """Rows with their addresses, not counted, for whoever says that a script asks."""
    return Drawn(
        "fetch('/api', {method: 'POST', body: new URLSearchParams({pageNum: page, rows: 3}),"
        " headers: {'X-Requested-With': 'XMLHttpRequest'}})",
        "(await answer.json()).rows.map(one => [one.link.href, one.title, one.time])",
        "pageNum",
        lambda years: {
            "rows": [{"title": title(one), "link": {"href": f"/r/{one}.html"}, "time": day(one)} for one in years]
        },
        allows=lambda asked: "XMLHttpRequest" in asked.headers.values(),
    )


def by_json() -> Drawn:
    return Drawn(
        "fetch('/api', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({channel: 7, turn: page})})",
        "(await answer.json()).map(one => [one.url, one.title, ''])",
        "turn",  # a name that tells nothing: only the next page's request does
        lambda years: [{"url": f"/r/{one}.html", "title": title(one)} for one in years],
    )


def by_markup() -> Drawn:
    return Drawn(
        "fetch(`/api?pageIndex=${page}`)",
        "[await answer.text()]",
        "pageIndex",
        lambda years: "".join(
            f'<li><a href="/r/{one}.html" title="{title(one)}">{title(one)[:8]}...</a> {day(one)}</li>' for one in years
        ),
    )


def with_keys() -> Drawn:
    """Every page has a key of its own, good for one request for each of its pages."""
    used: set[str] = set()

    def is_new(asked: Asked) -> bool:
        new = asked.path not in used
        used.add(asked.path)
        return new

    drawn = by_get()
    drawn.script, drawn.allows = "const key = 'kTIMES';", is_new
    drawn.ask = "fetch(`/api?key=${key}&page=${page}`)"
    return drawn


def boasting() -> Drawn:
    """It counts rows that it does not have."""
    drawn = by_get()
    drawn.total = 30
    return drawn


def changed() -> Drawn:
    """The same address answers otherwise than `by_get` does."""
    drawn = by_get()
    drawn.rows = "(await answer.json()).items.map(one => [`/r/${one.number}.html`, one.name, one.day])"
    drawn.reply = lambda years: {"items": [{"number": one, "name": title(one), "day": day(one)} for one in years]}
    return drawn
