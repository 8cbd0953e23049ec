"""Sites whose column is read on several nights, and what changes on them in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.support.families import ucap_json
from tests.support.sites import Answer, Asked, Route, document, listing, report

Routes = dict[str, Route]
RowOf = tuple[str, str, str]  # address, title, date
GONE = Answer("none", 404)
HOME = document("某县人民政府", '<a href="/nb/">政府信息公开年报</a>')


def title(number: int) -> str:
    return f"某县第{number}局2024年政府信息公开工作年度报告"


def row(number: int, day: str = "", folder: str = "/r") -> RowOf:
    """The higher the number, the newer."""
    return f"{folder}/{number}.html", title(number), day or f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}"


def numbered(first: int, last: int, **more: str) -> list[RowOf]:
    """Newest first, as most listings are."""
    return [row(number, **more) for number in range(last, first - 1, -1)]


def paged(rows: list[RowOf], place: str = "/nb/", size: int = 3, counted: bool = False) -> Routes:
    """A listing of some rows a page, with 下一页 where there is one."""
    pages: Routes = {}
    last = max(1, -(-len(rows) // size))
    for page in range(last):
        here, following = (place if number == 0 else f"{place}{number + 1}.html" for number in (page, page + 1))
        after = f'<a href="{following}">下一页</a>' if page + 1 < last else '<a class="disabled">下一页</a>'
        said = f"<p>共 {len(rows)} 条 {after}</p>" if counted else after if page + 1 < last else ""
        pages[here] = listing(*rows[page * size : (page + 1) * size], after=said)
    return pages


def column(rows: list[RowOf], **more: int) -> Routes:
    """A home page, a column and its reports."""
    return {"/": HOME, **paged(rows, **more), **reports(rows)}  # type: ignore[arg-type]


def reports(rows: Iterable[RowOf]) -> Routes:
    return {address: report(title) for address, title, _ in rows}


def undated(rows: list[RowOf]) -> list[RowOf]:
    return [(address, title, "") for address, title, _ in rows]


def _years(*years: int) -> Routes:
    """A column of years, each a listing of its own."""
    home = document("某县人民政府", '<a href="/nb/">政府信息公开年报</a>')
    index = document("政府信息公开年报", "".join(f'<p><a href="/nb/{one}/">{one}年</a></p>' for one in years))
    pages: Routes = {"/": home, "/nb/": index}
    for one in years:
        rows = [
            (f"/nb/{one}/{n}.html", f"某县第{n}局{one}年政府信息公开工作年度报告", f"{one + 1}-01-20") for n in (1, 2)
        ]
        pages |= {f"/nb/{one}/": listing(*rows, title=f"{one}年"), **reports(rows)}
    return pages


def _redirected(asked: Asked, times: int) -> Answer:
    return Answer("", 302, {"Location": "/"})


@dataclass(frozen=True)
class Story:
    before: Routes
    after: Routes  # what is other on the second night
    asked: list[str] | None = None  # then, in this order


YEAR = datetime.now(UTC).year
ALL = numbered(1, 9)
NEW = row(10)
PINNED = [row(3), *[one for one in ALL if one != row(3)]]
LATE = ("/r/99.html", "某县第99局2024年政府信息公开工作年度报告", "2025-01-03")
LATER = [*ALL[:7], LATE, *ALL[7:]]  # newest first, and on the last page
MOVED_HOME = document("某县人民政府", '<a href="/new/">政府信息公开年报</a>')
ELSEWHERE = numbered(1, 9, folder="/new/r")
NOWHERE = document("某县人民政府", "<p>网站改版</p>")
EXCERPT = document("某县人民政府", f'<a href="/nb/">政府信息公开年报</a><a href="/r/9.html">{title(9)}</a>')

BY_YEAR = [
    (f"/r/{year}{number}.html", title(number).replace("2024", str(year)), f"{year + 1}-01-{day}")
    for year in (YEAR - 1, YEAR - 2, YEAR - 3)
    for number, day in enumerate((20, 11, 23, 17))
]

STORIES: dict[str, Story] = {
    "same": Story(column(ALL), {}, ["/nb/"]),
    "pinned": Story(column(PINNED), {}, ["/nb/"]),
    "grown": Story(column(ALL), column([NEW, *ALL]), ["/nb/", "/nb/2.html", "/r/10.html"]),
    "oldest first": Story(
        column(ALL[::-1]), column([*ALL[::-1], NEW]), ["/nb/", "/nb/2.html", "/nb/3.html", "/nb/4.html", "/r/10.html"]
    ),
    "undated": Story(
        column(undated(ALL)),
        column(undated([*ALL, NEW])),
        ["/nb/", "/nb/2.html", "/nb/3.html", "/nb/4.html", "/r/10.html"],
    ),
    "counted": Story(column(undated(ALL), counted=True), {}, ["/nb/"]),
    "recounted": Story(
        column(ALL, counted=True),
        column(LATER, counted=True),
        ["/nb/", "/nb/2.html", "/nb/3.html", "/nb/4.html", "/r/99.html"],
    ),
    "by years": Story(column(BY_YEAR), {}, ["/nb/", "/nb/2.html"]),  # the last year's end on the second page
    "inserted": Story(column(ALL), column(LATER), ["/nb/"]),
    "excerpt": Story({**column(ALL), "/": EXCERPT}, {}, ["/nb/"]),
    "interface": Story(ucap_json(), {}),
    "years": Story(
        _years(YEAR - 1, YEAR - 6),
        _years(YEAR, YEAR - 1, YEAR - 6),
        [f"/nb/{YEAR - 1}/", "/nb/", f"/nb/{YEAR}/", f"/nb/{YEAR}/1.html", f"/nb/{YEAR}/2.html"],
    ),
    "corrected": Story(
        column(ALL), column([("/r/9.html", title(9), "2025-03-01"), *ALL[1:]]), ["/nb/", "/nb/2.html", "/r/9.html"]
    ),
    "corrected elsewhere": Story(
        column(ALL[:4], size=9),
        {
            **column([("/r/9g.html", f"{title(9)}（更正）", "2025-03-01"), *ALL[2:4]], size=9),
            **dict.fromkeys(("/r/9.html", "/r/8.html"), GONE),
        },
        ["/nb/", "/r/9g.html", "/r/8.html"],
    ),
    "moved": Story(column(ALL), {"/": MOVED_HOME, "/nb/": GONE, **paged(ALL, "/new/")},
                   ["/nb/", "/", "/new/", "/new/2.html", "/new/3.html"]),
    "moved with its reports": Story(
        column(ALL),
        {"/": MOVED_HOME, "/nb/": GONE, **paged(ELSEWHERE, "/new/"), **reports(ELSEWHERE)}
        | {address: GONE for address, _, _ in ALL},
    ),
    "gone": Story(column(ALL), {"/": NOWHERE, "/nb/": GONE}, ["/nb/", "/"]),
    "emptied": Story(column(ALL), {"/nb/": listing()}),
    "redirected": Story(column(ALL), {"/nb/": _redirected, "/": NOWHERE}),
    "deleted": Story(column(ALL[:4], size=20), {**paged(ALL[1:4], size=20), "/r/9.html": GONE}, ["/nb/", "/r/9.html"]),
    "unlisted": Story(column(ALL[:4], size=20), paged(ALL[1:4], size=20), ["/nb/", "/r/9.html"]),
    "fewer": Story(column(ALL[:6], size=20), paged(ALL[:3], size=20)),
    "down": Story(column(ALL), {address: Answer("oops", 500) for address in column(ALL)}),
    "one failed": Story(
        {**column(ALL[:3]), "/r/8.html": Answer("oops", 500)}, reports(ALL[:3]), ["/", "/nb/", "/r/8.html"]
    ),
}  # fmt: skip
