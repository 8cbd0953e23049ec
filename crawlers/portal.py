"""One portal, one night: the columns that are known from earlier nights or, where these do not do, everything from its
address in the registry on; then whether all that was known is still there, and what is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from crawlers.addresses import absolute
from crawlers.bring import Bringer
from crawlers.columns import Column, Known, Row, without_excerpts
from crawlers.desk import Desk
from crawlers.exchange import Ask
from crawlers.fetch import Fetcher
from crawlers.frontier import Step, Visit
from crawlers.job import CrawlJob, Look
from crawlers.memory import Memory
from crawlers.night import Night, tolerated
from crawlers.outcome import Tally, outcome_of
from crawlers.record import Record
from crawlers.round import Round
from crawlers.scope import Scope
from pipeline.model import Portal, PortalOutcome
from pipeline.titles import year_of_title


class PortalCrawl:
    def __init__(
        self,
        portal: Portal,
        job: CrawlJob,
        fetcher: Fetcher,
        scope: Scope,
        memory: Memory,
        record: Record,
        desk: Desk,
    ) -> None:
        self._portal = portal
        self._job = job
        self._scope = scope
        self._memory = memory
        self._record = record
        self._desk = desk
        self._bringer = Bringer(portal, job.settings.render, fetcher, scope, memory, record)
        self._addresses = portal.columns or (portal.url,)
        self._night = Night(self._known(), memory, datetime.now(UTC).date())
        self._round = self._new_round()
        self._sound = False  # whether the night has ended without a failure

    async def run(self) -> PortalOutcome:
        moved = []
        if self._night.is_short:
            await self._round.explore(self._night.begin())
            moved = self._night.vanished(self._round)
            if self._round.tally.dead_columns or moved:
                self._night.look_everywhere()
                self._round = self._new_round()
        if not self._night.is_short:
            await self._round.from_entrances(self._entrances(), self._night.begin())
        await self._round.once_more()
        self._round.close()
        if self._remembers and self._round.tally.read_whole:
            await self._compare(moved)
        self._tell_what_is_owed()
        outcome = self._outcome()
        self._sound = outcome.complete
        return outcome

    def remember(self) -> None:
        """For the nights to come, unless this one is nothing to go by."""
        tally = self._round.tally
        if tally.read_whole and tally.shrunk is None and self._remembers:
            self._memory.keep_known(self._learned())

    def broken(self, error: Exception) -> PortalOutcome:
        self._round.tally.stopped = f"程序错误 / a fault of the crawl itself: {type(error).__name__}: {error}"[:300]
        return self._outcome()

    @property
    def _remembers(self) -> bool:
        """A crawl that is wanted to bring less is nothing to go by."""
        return self._job.look is Look.WHOLE and not self._job.years

    def _known(self) -> Known | None:
        """Nothing where the registry has changed, or memory is gone."""
        known = self._memory.known() if self._remembers else None
        if known is None or known.entrances != self._addresses:
            return None
        return known if all(self._memory.holds(row.key) for row in known.reports) else None

    def _new_round(self) -> Round:
        return Round(
            self._portal,
            self._job,
            self._bringer,
            self._scope,
            self._memory,
            self._record,
            self._night,
            self._desk,
        )

    def _entrances(self) -> list[Visit]:
        known = bool(self._portal.columns)
        return [Visit(Ask(absolute(url, url) or url), Step.START, in_column=known) for url in self._addresses]

    def _outcome(self) -> PortalOutcome:
        expected = self._job.look is not Look.DOOR and not self._job.years
        return outcome_of(self._portal, self._round.tally, self._scope.requests, every_year=expected)

    def _tell_what_is_owed(self) -> None:
        tally = self._round.tally
        if tally.owed and tally.read_whole:
            first = next(iter(tally.owed.values())).ask.url
            tally.notes.append(
                f"{len(tally.owed)} 份年报或其附件未能取得，下次再取 / {len(tally.owed)} reports, or files of theirs,"
                f" were not to be had and are asked for again the next time: {first}"
            )

    # --- what became of what was known ---------------------------------------------------------------------

    async def _compare(self, moved: list[Column]) -> None:
        round_, night, tally = self._round, self._night, self._round.tally
        unread, stray, gone = night.unmet(round_)
        vanished = night.vanished(round_)
        if not night.is_short:
            await round_.explore(night.visits(stray))
            stray = []
        if not vanished and len(gone) <= tolerated(len(night.reports)):
            await round_.explore(night.doubt(gone))
        for row in (*unread, *stray):
            await round_.take_held(row)
        missing = night.missing(round_, set(tally.owed))
        if vanished:
            tally.shrunk = _without_columns(vanished, tally, missing, len(night.reports))
        elif len(missing) > tolerated(len(night.reports)):
            said = f"上次有 {len(night.reports)} 份年报，其中 {len(missing)} 份不见了 / {len(missing)} of"
            tally.shrunk = "empty", f"{said} {len(night.reports)} known reports are gone: {missing[0].url}"
        elif missing:
            tally.notes.append(
                f"{len(missing)} 份年报已从网站删除，数据保留 / {len(missing)} reports are gone from the portal, their"
                f" data stays: {missing[0].url}"
            )
        dead = [one for one in night.columns if one.visit.ask.key in tally.dead_columns]
        for url in dict.fromkeys(one.visit.ask.url for one in (*moved, *dead)) if not vanished else ():
            tally.notes.append(f"栏目已变更，重新找到 / a column has moved and was found again: {url}")

    def _learned(self) -> Known:
        round_, night = self._round, self._night
        columns = [column for _, one in round_.listings.items() if (column := one.column())]
        shown = [replace(visit, step=Step.COLUMN) for visit in round_.shown]
        columns += [Column(visit, (Row(visit.ask.url, visit.title),)) for visit in shown]
        vain = {**night.vain, **round_.onward.replays.vain}
        columns = [replace(column, vain=vain.get(column.first, "")) for column in columns]
        read = {column.first for column in columns}
        if night.known is not None and night.is_short:
            columns += [column for column in night.known.columns if column.first not in read]
        found = dict(round_.tally.found.items())
        owed = round_.tally.owed
        reports = [*found.values(), *(row for row in night.reports if row.key in owed and row.key not in found)]
        return Known(
            entrances=self._addresses,
            looked_on=night.known.looked_on if night.known is not None and night.is_short else night.today,
            columns=without_excerpts(_with_reports(columns, {*found, *owed})),
            reports=tuple(reports),
            owed=tuple(replace(visit, ask=replace(visit.ask, once=True)) for visit in owed.values()),
            owed_files=tuple(round_.tally.owed_files),
            sound=self._sound,
        )


def _with_reports(columns: list[Column], reports: set[str]) -> list[Column]:
    """Those that list reports, or years that lead to such: bodies seldom come anew. No page of a report beside which
    others are named."""
    kept = [one for one in columns if one.visit.step is not Step.MAYBE or one.visit.ask.key not in reports]
    leading = set(reports)
    while True:
        useful = [one for one in kept if one.keys & reports or _has_year_in(one, leading)]
        reached = leading | {one.visit.ask.key for one in useful}
        if reached == leading:
            return useful
        leading = reached


def _has_year_in(column: Column, leading: set[str]) -> bool:
    return any(row.key in leading and year_of_title(row.title) is not None for row in column.rows)


def _without_columns(vanished: list[Column], tally: Tally, missing: list[Row], known: int) -> tuple[str, str]:
    first = vanished[0].visit.ask
    failed = tally.dead_columns.get(first.key)
    why = failed.reason if failed else "栏目已空 / has no more of its rows"
    return "moved" if failed else "empty", (
        f"{len(vanished)} 个栏目找不到了 / columns cannot be found any more: {first.url} {why};"
        f" 上次 {known} 份年报，现缺 {len(missing)} 份 / {len(missing)} of {known} known reports are missing"
    )
