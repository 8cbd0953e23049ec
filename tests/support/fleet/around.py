"""A portal's site around its columns: the home page with everything else that a government says, and the ways to
disclosure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.support.fleet import words
from tests.support.fleet.draft import Draft, Make
from tests.support.fleet.truth import Row
from tests.support.fleet.words import THIS_YEAR, Body
from tests.support.sites import Answer

_ELSEWHERE = (
    ("中国政府网", "http://www.gov.cn/"),
    ("省人民政府", "http://www.sheng.example/"),
    ("国家政务服务平台", "http://gjzwfw.example/"),
)


class Around:
    def __init__(self, draft: Draft, make: Make) -> None:
        self.draft = draft
        self.make = make
        self.rng = draft.rng
        self._way = draft.rng.choice(("home", "one page", "one page", "two pages"))
        self._doors: list[tuple[str, str]] = []

    def menus(self) -> None:
        places = ("/", "/zjgk/", "/xwzx/", "/zwfw/", "/hdjl/", "/sjkf/", "/ztzl/")
        menu = [
            (name.format(p=self.draft.government.place), place)
            for name, place in zip(words.WORDS["menu"], places, strict=True)
        ]
        self.draft.skin.friends = list(_ELSEWHERE)
        self.draft.skin.menu = menu

    def bodies(self, columns: list[tuple[Body, str]], title: str) -> tuple[str, str]:
        """A page that names bodies, each with a page of its own, where its column stands in a menu; the way there."""
        at, name = f"/bmgk/{self.draft.number()}/", self.rng.choice(words.WORDS["bodies"])
        listed = ""
        for body, column in columns:
            own = f"{at}{body.slug}/index.html"
            beside = [(label, f"{at}{body.slug}/{n}.html") for n, label in enumerate(words.WORDS["of a body"])]
            for label, address in beside:
                self.draft.put(address, self.draft.skin.page(address, label, f"<h1>{label}</h1><p>……</p>"))
            menu = [*beside, (title, column)]
            side = "".join(f"<li>{self.draft.skin.link(address, label, own)}</li>" for label, address in menu)
            inner = f"<h2>{body.name}</h2><div class='leftside'><ul>{side}</ul></div>"
            self.draft.put(own, self.draft.skin.page(own, body.name, inner))
            listed += f"<li>{self.draft.skin.link(own, body.short, at)}</li>"
        self.draft.put(at, self.draft.skin.page(at, name, f"<h2>{name}</h2><ul>{listed}</ul>"))
        return name, at

    def ways(self, title: str, doors: list[tuple[str, str]], beside: list[tuple[str, str]]) -> None:
        """To the columns, over a page that links them where they are several, and to what stands beside them."""
        self._doors = doors = [*self._over_a_page(title, doors), *beside]
        if self._way == "home":
            return
        name, address = (
            self.rng.choice(words.WORDS["ways"]),
            self.rng.choice(("/zwgk/", "/zfxxgk/", "/xxgk/index.html")),
        )
        self._disclosure(address, name, doors)
        if self._way == "two pages":
            self._disclosure("/gk/index.html", "政务公开", [(name, address)])
            name, address = "政务公开", "/gk/index.html"
        self.draft.skin.menu.insert(2, (name, address))
        self.draft.crumbs = [(name, address)]

    def _over_a_page(self, title: str, doors: list[tuple[str, str]]) -> list[tuple[str, str]]:
        if len(doors) < 2:
            return doors
        hub = f"/zfxxgk/{self.draft.number()}/"
        listed = "".join(f"<li>{self.draft.skin.link(address, name, hub)}</li>" for name, address in doors)
        self.draft.put(hub, self.draft.skin.page(hub, title, f"<ul class='cols'>{listed}</ul>"))
        return [(title, hub)]

    def _disclosure(self, at: str, name: str, doors: list[tuple[str, str]]) -> None:
        """A page of 政务公开 and its kin: a menu at the side, the newest papers beside it."""
        others = [
            (label, f"{at.rpartition('/')[0]}/s{n}/")
            for n, label in enumerate(self.rng.sample(words.WORDS["beside"], 6))
        ]
        menu = [*others[:3], *doors, *others[3:]]
        for label, address in others:
            self.draft.put(address, self.draft.skin.page(address, label, f"<h2>{label}</h2>{self._news(6, address)}"))
        side = "".join(f"<li>{self.draft.skin.link(address, label, at)}</li>" for label, address in menu)
        inner = f"<div class='leftside'><ul>{side}</ul></div><div class='right'>{self._news(10, at)}</div>"
        if self.rng.random() < 0.2:
            framed = f"{at.rpartition('/')[0]}/frame.html"
            self.draft.put(framed, self.draft.skin.page(framed, name, inner, bare=True))
            inner = f"<iframe src='{framed}' width='100%' height='1200' scrolling='no'></iframe>"
        self.draft.put(at, self.draft.skin.page(at, name, inner))

    def home(self, misfiled: list[Row], closed: str) -> None:
        at = self._entry()
        doors = self._doors if self._way == "home" else []
        quick = "".join(f"<li>{self.draft.skin.link(address, name, at)}</li>" for name, address in doors)
        boxes = "".join(
            f"<div class='box'><h3>{name}</h3>{self._news(9, at)}</div>" for name in ("要闻", "公告公示", "部门动态")
        )
        baits = ""
        if closed:
            led = (("政务公开", f"{closed}index.html"), ("信息公开", "/zwgk/?print=1"), ("政府信息公开", "/admin/gk/"))
            baits = "".join(f"<a href='{address}'>{name}</a>" for name, address in led)
        notices = f"<div class='box'><h3>通知公告</h3>{self.draft.skin.rows(misfiled, at)}</div>" if misfiled else ""
        inner = f"<ul class='quick'>{quick}</ul>{boxes}{notices}{baits}{self._bodies_box(at)}"
        self.draft.put(at, self.draft.skin.page(at, "首页", inner))
        self.draft.member.missing = self._missing()
        for address in ("/wzdt/", "/lxwm/", "/xwzx/", "/hdjl/", "/zjgk/", "/sjkf/", "/ztzl/", "/zwfw/"):
            self.draft.put(address, self.draft.skin.page(address, "栏目", self._news(8, address)))

    def _entry(self) -> str:
        """Where the home page lies; on some portals / only sends there."""
        drawn = self.rng.random()
        if drawn < 0.12:
            refresh = '<meta http-equiv="refresh" content="0; url=/index.shtml">'
            self.draft.put("/", f"<html><head>{refresh}</head><body></body></html>")
            return "/index.shtml"
        if drawn < 0.2:
            self.draft.put("/", "<html><head><script>window.location.href='/sy/index.html';</script></head></html>")
            return "/sy/index.html"
        return "/"

    def _bodies_box(self, at: str) -> str:
        """Links to the pages of departments, which say what these do and nothing of reports."""
        if self.rng.random() < 0.5:
            return ""
        links = ""
        for body in self.draft.government.departments[:8]:
            address = f"/bmdh/{body.slug}.html"
            self.draft.put(
                address, self.draft.skin.page(address, body.name, f"<h1>{body.name}</h1><p>主要职责：……</p>")
            )
            links += f"<li>{self.draft.skin.link(address, body.short, at)}</li>"
        return f"<div class='bmdh'><h3>部门导航</h3><ul>{links}</ul></div>"

    def _news(self, count: int, at: str) -> str:
        rows = [self._notice() for _ in range(count)]
        return self.draft.skin.rows(rows, at)

    def _notice(self) -> Row:
        """Any other paper, now and then one that sounds like a report."""
        place, year = self.draft.government.place, self.rng.randrange(2019, THIS_YEAR + 1)
        body = self.rng.choice(self.draft.government.departments).name
        titled = words.look_alike if self.rng.random() < 0.1 else words.news
        day = date(year, 3, 1) + timedelta(days=self.rng.randrange(300))
        row = Row(
            self.make.article(self.draft.member.columns[0].address if self.draft.member.columns else "/", day),
            titled(self.rng, place, body, year),
            day,
        )
        self.draft.look_alike(self.make, row)
        return row

    def _missing(self) -> Answer:
        """What is answered for an address that is none; some servers do not say so by the status."""
        said = self.draft.skin.page("/404.html", "404", "<p>您访问的页面不存在或已被删除</p>", bare=True)
        home = self.draft.member.routes["/"]
        assert isinstance(home, Answer | str)
        whole = home if isinstance(home, Answer) else Answer(home)
        return self.rng.choice((replace(said, status=404), replace(said, status=404), said, whole))
