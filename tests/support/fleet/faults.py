"""What goes wrong on a portal: for a moment, so that asking again helps; for good with a single report or file; or for
good with the portal, which then must not be taken for one that was read."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from random import Random

from tests.support.fleet.truth import Broken, Member, Report
from tests.support.sites import Answer, Asked

Misbehaviour = Callable[[Asked, int], Answer | None]

_SOFT_404 = (
    "<html><head><title>404</title></head><body><p>抱歉，您访问的页面不存在或已删除！</p>"
    "<a href='/'>返回首页</a></body></html>"
)
_EMPTIED = "<html><head><title>年报</title></head><body><div class='list'></div></body></html>"
_CHALLENGE = "<html><script>document.cookie='__jsl_clearance_s='+1;location.reload()</script></html>"
_AGAIN_AFTER = {"Retry-After": "1"}
_FOR_A_MOMENT: tuple[Answer, ...] = (
    Answer("error", 500), Answer("bad gateway", 502), Answer("busy", 503, _AGAIN_AFTER),
    Answer("slowly", 429, _AGAIN_AFTER), Broken(how="reset"), Broken("<html><body>" + "x" * 400, how="cut"),
)  # fmt: skip


def momentary(seed: int, percent: int) -> Misbehaviour:
    """One in so many addresses fails when it is asked first, some of these a second time; one is answered slowly."""

    def misbehave(asked: Asked, times: int) -> Answer | None:
        drawn = zlib.crc32(f"{seed} {asked.path} {asked.form}".encode())
        if drawn % 100 >= percent or times > drawn % 7 % 2:
            return None
        return _FOR_A_MOMENT[drawn % 101 % len(_FOR_A_MOMENT)]

    return misbehave


# --- a portal that cannot be read whole ------------------------------------------------------------------


def _everywhere(answer: Answer) -> Callable[[Member], Misbehaviour]:
    return lambda member: lambda asked, times: None if asked.path == "/robots.txt" else answer


def _at(answer: Answer, place: Callable[[Member], str]) -> Callable[[Member], Misbehaviour]:
    def of(member: Member) -> Misbehaviour:
        address = place(member)
        return lambda asked, times: answer if address in (asked.path, asked.path.split("?")[0]) else None

    return of


def _home(member: Member) -> str:
    return "/"


def _column(member: Member) -> str:
    return member.columns[0].address


def _robots(member: Member) -> str:
    return "/robots.txt"


FOR_GOOD: dict[str, Callable[[Member], Misbehaviour]] = {
    "every page 500": _everywhere(Answer("error", 500)),
    "every page 403": _everywhere(Answer("forbidden", 403)),
    "every page reset": _everywhere(Broken(how="reset")),
    "every page a challenge": _everywhere(Answer(_CHALLENGE)),
    "every page come again tomorrow": _everywhere(Answer("", 503, {"Retry-After": "86400"})),
    "robots.txt 503": _at(Answer("busy", 503), _robots),
    "home in a loop": _at(Answer("", 302, {"Location": "/"}), _home),
    "home endless": _at(Broken("<html>", how="endless"), _home),
    "home a bomb": _at(Broken(how="bomb"), _home),
    "home stalls": _at(Broken("<html></html>" * 9, how="stall"), _home),
    "home soft 404": _at(Answer(_SOFT_404), _home),
    "column 500": _at(Answer("error", 500), _column),
    "column reset": _at(Broken(how="reset"), _column),
    "column in a loop": _at(Answer("", 301, {"Location": "/a"}), _column),
    "column endless": _at(Broken("<html>", how="endless"), _column),
    "column a bomb": _at(Broken(how="bomb"), _column),
    "column soft 404": _at(Answer(_SOFT_404), _column),
    "column emptied": _at(Answer(_EMPTIED), _column),
}  # fmt: skip

# --- single papers that nobody can have ------------------------------------------------------------------

_PAPERS: tuple[Answer, ...] = (
    Answer("error", 500), Answer("none", 404), Answer(_SOFT_404), Broken("<html>", how="endless"), Broken(how="bomb"),
    Broken("<html></html>" * 9, how="stall"), Broken(how="reset"),
)  # fmt: skip


def spoil_papers(member: Member, rng: Random) -> None:
    """One report of many, or one of its files, fails for good; the portal can be read whole otherwise."""
    if len(member.reports) < 15:
        return
    report = rng.choice(member.reports)
    fault = rng.choice(_PAPERS)
    for address in {report.address, *report.again}:
        member.routes[address] = fault
    report.withheld, report.spoiled = "fails for good", True
    with_files = [one for one in member.reports if one.files and not one.withheld]
    if with_files:
        spoil_file(member, rng.choice(with_files), rng)


def spoil_file(member: Member, report: Report, rng: Random) -> None:
    lost = rng.choice(report.files)
    member.routes[lost] = rng.choice(_PAPERS)
    report.files, report.spoiled = tuple(one for one in report.files if one != lost), True
    if report.only_files and not report.files:
        report.withheld = "its only file fails for good"
