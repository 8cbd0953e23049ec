"""A portal's site around its columns: the home page with everything else a government says, the ways to disclosure, the
annual-report columns as one list or parted by kind of body or by year, and what is easily taken for a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.support.fleet import words
from tests.support.fleet.draft import Draft, Make
from tests.support.fleet.robots import Rules
from tests.support.fleet.truth import Column, Member, Row
from tests.support.fleet.words import Body, Government
from tests.support.sites import Answer

_THIS_YEAR = 2025  # the last one that is reported on
_ELSEWHERE = (
    ("中国政府网", "http://www.gov.cn/"),
    ("省人民政府", "http://www.sheng.example/"),
    ("国家政务服务平台", "http://gjzwfw.example/"),
)
_DIVISIONS = ("one", "by kind", "by year")


class Plan:
    def __init__(
        self, member: Member, rng: Random, own: Government, make: type[Make], rules: Rules, *, large: bool
    ) -> None:
        self.draft = Draft(rng, member, own)
        self.rng, self.member, self.own, self.rules, self.large = rng, member, own, rules, large
        self.make = make(self.draft)
        self.title = rng.choice(words.WORDS["columns"])
        self.way = rng.choice(("home", "one page", "one page", "two pages"))
        self.doors: list[tuple[str, str]] = []  # to the columns

    def carry_out(self) -> None:
        self.draft.put("/robots.txt", self.rules.answer)
        self.member.forbidden, self.member.delay = self.rules.forbidden, self.rules.delay
        self._menus()
        self._columns()
        self._ways()
        self._home()
        self.member.missing = self._missing()
        for address in ("/wzdt/", "/lxwm/", "/xwzx/", "/hdjl/", "/zjgk/", "/sjkf/", "/ztzl/", "/zwfw/"):
            self.draft.put(address, self.draft.skin.page(address, "栏目", self._news(8, address)))

    def _missing(self) -> Answer:
        """What is answered for an address that is none; some servers do not say so by the status."""
        said = self.draft.skin.page("/404.html", "404", "<p>您访问的页面不存在或已被删除</p>", bare=True)
        home = self.draft.member.routes["/"]
        assert isinstance(home, Answer | str)
        whole = home if isinstance(home, Answer) else Answer(home)
        return self.rng.choice((replace(said, status=404), replace(said, status=404), said, whole))

    # --- who reports -----------------------------------------------------------------------------------------

    def _bodies(self) -> dict[str, tuple[Body, ...]]:
        """By what their column is called: a department's own portal has one body, a government's has many."""
        own, rng = self.own, self.rng
        if self.large:
            return {"政府": (own.own,), "部门": own.departments, "乡镇（街道）": own.towns}
        if rng.random() < 0.5:
            return {"": (rng.choice(own.departments),)}
        departments = own.departments[: rng.randrange(3, 12)]
        return {"政府": (own.own,), "部门": departments, "乡镇（街道）": own.towns[: rng.randrange(2, 6)]}

    def _years(self, many: bool) -> range:
        shortest, longest = (8, 9) if self.large else (2, 5) if many else (4, 15)
        return range(_THIS_YEAR, _THIS_YEAR - self.rng.randrange(shortest, longest), -1)

    # --- columns -----------------------------------------------------------------------------------------------

    def _columns(self) -> None:
        bodies = self._bodies()
        everyone = [body for some in bodies.values() for body in some]
        self.member.authority = everyone[0].name if len(everyone) == 1 else self.own.own.name
        self.draft.skin.site = self.member.authority
        years = self._years(len(everyone) > 1)
        division = self.rng.choice(_DIVISIONS) if len(everyone) > 1 and self.make.divides else "one"
        if division == "one":
            self._column(self.title, "nb", [(body, year) for year in years for body in everyone])
        elif division == "by kind":
            for number, (kind, some) in enumerate(bodies.items()):
                self._column(f"{kind}年报", f"nb{number}", [(body, year) for year in years for body in some])
        else:
            for year in years:
                self._column(
                    f"{year}年", f"nb{year}", [(body, year) for body in everyone], short=self.rng.random() < 0.3
                )

    def _column(self, title: str, slug: str, due: list[tuple[Body, int]], *, short: bool = False) -> None:
        column = Column(title, self.make.column(slug), size=self.rng.choice((8, 10, 15, 20)))
        if self.large and len(due) > 100:
            column.size = 10
        self.member.columns.append(column)
        for body, year in due:
            column.rows += self._published(column, body, year, short=short)
        if self.rules.closed:
            column.rows.append(self._bait(column, self.rng.choice(due)[1]))
        column.rows.sort(key=lambda row: row.day, reverse=True)
        self.make.publish(column)
        self.doors.append((title, self.make.door(column)))

    def _published(self, column: Column, body: Body, year: int, *, short: bool) -> list[Row]:
        """One body's report of one year, now and then with a look-alike beside it."""
        row = self._row(column, words.report_title(self.rng, body.name, year), year)
        row.address = self.make.report(column.address, row.day, year)
        if short:
            row.text = body.short
        report = self.draft.report(self.make, body, year, row)
        again = self.make.again(row.address)
        if again != row.address and again not in self.member.routes:
            report.again = (again,)
            self.draft.put(again, self.member.routes[row.address])
        rows = [row]
        if self.rng.random() < (0.05 if self.large else 0.15):
            other = self._row(column, words.look_alike(self.rng, self.own.place, body.name, year), year)
            self.draft.look_alike(self.make, other)
            rows.append(other)
        return rows

    def _bait(self, column: Column, year: int) -> Row:
        """A report where robots are told not to go."""
        row = self._row(column, words.report_title(self.rng, self.own.own.name, year), year)
        row.address = f"{self.rules.closed}{self.draft.number()}.html"
        self.draft.report(self.make, self.own.own, year, row).withheld = "robots.txt"
        return row

    def _row(self, column: Column, title: str, year: int) -> Row:
        day = self._day(year)
        address = self.make.article(column.address, day)
        return Row(address, title, day, crumb=(column.title, self.make.door(column)))

    def _day(self, year: int) -> date:
        """Most in the January after; some on the last days of the year itself, some when a site was moved."""
        drawn = self.rng.random()
        if drawn < 0.05:
            return date(year, 12, 20) + timedelta(days=self.rng.randrange(11))
        if drawn < 0.1:
            return date(max(year + 1, 2022), 7, 1) + timedelta(days=self.rng.randrange(60))
        return date(year + 1, 1, 4) + timedelta(days=self.rng.randrange(85))

    # --- the ways there ----------------------------------------------------------------------------------------

    def _menus(self) -> None:
        places = ("/", "/zjgk/", "/xwzx/", "/zwfw/", "/hdjl/", "/sjkf/", "/ztzl/")
        menu = [(name.format(p=self.own.place), place) for name, place in zip(words.WORDS["menu"], places, strict=True)]
        self.draft.skin.friends = list(_ELSEWHERE)
        self.draft.skin.menu = menu

    def _ways(self) -> None:
        if len(self.doors) > 1:
            hub = f"/zfxxgk/{self.draft.number()}/"
            listed = "".join(f"<li>{self.draft.skin.link(address, name, hub)}</li>" for name, address in self.doors)
            self.draft.put(hub, self.draft.skin.page(hub, self.title, f"<ul class='cols'>{listed}</ul>"))
            self.doors = [(self.title, hub)]
        if self.way == "home":
            return
        name, address = (
            self.rng.choice(words.WORDS["ways"]),
            self.rng.choice(("/zwgk/", "/zfxxgk/", "/xxgk/index.html")),
        )
        self._disclosure(address, name, self.doors)
        if self.way == "two pages":
            self._disclosure("/gk/index.html", "政务公开", [(name, address)])
            name, address = "政务公开", "/gk/index.html"
        self.draft.skin.menu.insert(2, (name, address))
        self.draft.crumbs = [(name, address)]

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

    def _home(self) -> None:
        doors = self.doors if self.way == "home" else []
        quick = "".join(f"<li>{self.draft.skin.link(address, name, '/')}</li>" for name, address in doors)
        boxes = "".join(
            f"<div class='box'><h3>{name}</h3>{self._news(9, '/')}</div>" for name in ("要闻", "公告公示", "部门动态")
        )
        baits = ""
        if self.rules.closed:
            closed = (
                ("政务公开", f"{self.rules.closed}index.html"),
                ("信息公开", "/zwgk/?print=1"),
                ("政府信息公开", "/admin/gk/"),
            )
            baits = "".join(f"<a href='{address}'>{name}</a>" for name, address in closed)
        inner = f"<ul class='quick'>{quick}</ul>{boxes}{self._misfiled()}{baits}{self._bodies_box()}"
        page = self.draft.skin.page("/", "首页", inner)
        entry = self.rng.random()
        if entry < 0.12:
            self.draft.put(
                "/", '<html><head><meta http-equiv="refresh" content="0; url=/index.shtml"></head><body></body></html>'
            )
            self.draft.put("/index.shtml", page)
        elif entry < 0.2:
            self.draft.put("/", "<html><head><script>window.location.href='/sy/index.html';</script></head></html>")
            self.draft.put("/sy/index.html", page)
        else:
            self.draft.put("/", page)

    def _bodies_box(self) -> str:
        """Links to the pages of departments, which say what these do and nothing of reports."""
        if self.rng.random() < 0.5:
            return ""
        links = ""
        for body in self.own.departments[:8]:
            address = f"/bmdh/{body.slug}.html"
            self.draft.put(
                address, self.draft.skin.page(address, body.name, f"<h1>{body.name}</h1><p>主要职责：……</p>")
            )
            links += f"<li>{self.draft.skin.link(address, body.short, '/')}</li>"
        return f"<div class='bmdh'><h3>部门导航</h3><ul>{links}</ul></div>"

    def _misfiled(self) -> str:
        """A report that was published as a notice, and one that the columns have too, by another address."""
        rows, shown = [], [one for one in self.member.reports if one.again]
        if self.rng.random() < 0.4:
            body = Body(f"{self.own.place}供销合作社联合社", "供销社", "gxs")
            row = self._row(self.member.columns[0], words.report_title(self.rng, body.name, _THIS_YEAR), _THIS_YEAR)
            self.draft.report(self.make, body, _THIS_YEAR, row)
            rows.append(row)
        if shown and self.rng.random() < 0.6:
            known = self.rng.choice(shown)
            rows.append(replace(known.row, address=known.again[0]))
        return f"<div class='box'><h3>通知公告</h3>{self.draft.skin.rows(rows, '/')}</div>" if rows else ""

    def _news(self, count: int, at: str) -> str:
        rows = [self._notice() for _ in range(count)]
        return self.draft.skin.rows(rows, at)

    def _notice(self) -> Row:
        """Any other paper, now and then one that sounds like a report."""
        place, year = self.own.place, self.rng.randrange(2019, _THIS_YEAR + 1)
        body = self.rng.choice(self.own.departments).name
        titled = words.look_alike if self.rng.random() < 0.1 else words.news
        day = date(year, 3, 1) + timedelta(days=self.rng.randrange(300))
        row = Row(
            self.make.article(self.member.columns[0].address if self.member.columns else "/", day),
            titled(self.rng, place, body, year),
            day,
        )
        self.draft.look_alike(self.make, row)
        return row
