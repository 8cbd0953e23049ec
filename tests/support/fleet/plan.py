"""What a portal publishes: who reports since when, in one list or parted by kind of body, by year or by body, with
look-alikes among the reports, one that is misfiled, and one where robots are told not to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.support.fleet import words
from tests.support.fleet.around import Around
from tests.support.fleet.draft import Draft, Make
from tests.support.fleet.robots import Rules
from tests.support.fleet.truth import Column, Member, Row
from tests.support.fleet.words import THIS_YEAR, Body, Government

_LATE = 24  # bodies that publish their reports on one day
_DIVISIONS = ("one", "by kind", "by year", "by body")


class Plan:
    def __init__(
        self, member: Member, rng: Random, own: Government, make: type[Make], rules: Rules, *, large: bool
    ) -> None:
        self.draft = Draft(rng, member, own)
        self.rng, self.member, self.own, self.rules, self.large = rng, member, own, rules, large
        self.make = make(self.draft)
        self.title = rng.choice(words.WORDS["columns"])
        self.around = Around(self.draft, self.make)
        self.doors: list[tuple[str, str]] = []  # to the columns
        self.beside: list[tuple[str, str]] = []  # doors that stand where the columns' do

    def carry_out(self) -> None:
        self.draft.put("/robots.txt", self.rules.answer)
        self.member.forbidden, self.member.delay = self.rules.forbidden, self.rules.delay
        self.around.menus()
        self._columns()
        self.around.ways(self.title, self.doors, self.beside)
        self.around.home(self._misfiled(), self.rules.closed)
        self.member.publish_in_bulk = self._publish_in_bulk

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
        return range(THIS_YEAR, THIS_YEAR - self.rng.randrange(shortest, longest), -1)

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
        elif division == "by body":
            self._by_body(bodies, years)
        else:
            for year in years:
                self._column(
                    f"{year}年", f"nb{year}", [(body, year) for body in everyone], short=self.rng.random() < 0.3
                )

    def _by_body(self, bodies: dict[str, tuple[Body, ...]], years: range) -> None:
        """The government's own reports in a column, everybody else's on pages of their own, or all on such pages."""
        own, *others = (body for some in bodies.values() for body in some)
        if self.rng.random() < 0.5:
            self._column(self.title, "nb", [(own, year) for year in years])
        else:
            others.insert(0, own)
        begun = len(self.doors)
        for body in others:
            self._column(self.title, f"{body.slug}nb", [(body, year) for year in years])
        doors = [address for _, address in self.doors[begun:]]
        del self.doors[begun:]
        self.beside.append(self.around.bodies(list(zip(others, doors, strict=True)), self.title))

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

    def _publish_in_bulk(self, day: date) -> None:
        """Bodies that had not reported yet do so on one day, more than a page of the first listing has room for."""
        column, rows = self.member.columns[0], []
        late = [body for body in self.own.departments[-_LATE:] if body.name != self.member.authority]
        for body in late:
            title = words.report_title(self.rng, body.name, THIS_YEAR)
            address = self.make.report(column.address, day, THIS_YEAR)
            rows.append(Row(address, title, day, crumb=(column.title, self.make.door(column))))
            self.draft.report(self.make, body, THIS_YEAR, rows[-1])
        column.rows[:0] = rows
        self.make.publish(column)

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

    def _misfiled(self) -> list[Row]:
        """A report that was published as a notice, and one that the columns have too, by another address."""
        rows, shown = [], [one for one in self.member.reports if one.again]
        if self.rng.random() < 0.4:
            body = Body(f"{self.own.place}供销合作社联合社", "供销社", "gxs")
            row = self._row(self.member.columns[0], words.report_title(self.rng, body.name, THIS_YEAR), THIS_YEAR)
            self.draft.report(self.make, body, THIS_YEAR, row)
            rows.append(row)
        if shown and self.rng.random() < 0.6:
            known = self.rng.choice(shown)
            rows.append(replace(known.row, address=known.again[0]))
        return rows
