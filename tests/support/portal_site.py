"""A county's portal as it may be met by whoever wants it in the registry: a column of two pages with eight reports and
look-alikes, a file on one of them, one more that robots.txt closes, and a column on another host."""

from __future__ import annotations

from tests.support.sites import Answer, Route, document, listing, report

AUTHORITY = "隆德县人民政府"
DIVISION = "640423"
YEARS = range(2017, 2025)
_FILE = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
_STYLE = "<style>.news { color: red }</style><script>var visits = 1;</script><!-- generated -->"


def title(year: int) -> str:
    return f"{AUTHORITY}{year}年政府信息公开工作年度报告"


def _row(year: int) -> tuple[str, str, str]:
    return f"/gk/{year + 1}01/t{year + 1}0120_{year}.html", title(year), f"{year + 1}-01-20"


def _pager(page: int) -> str:
    return f'<script>createPageHTML(2, {page}, "index", "html");</script>'


def portal_site() -> dict[str, Route]:
    look_alikes = [(f"/zf/{n}.html", f"{2000 + n}年法治政府建设年度报告", "2024-01-05") for n in range(60)]
    newest, oldest = [_row(year) for year in reversed(YEARS)][:4], [_row(year) for year in reversed(YEARS)][4:]
    column = "政府信息公开年报"
    head = f'<meta name="SiteName" content="{AUTHORITY}"><meta name="SiteIDCode" content="{DIVISION}0001">{_STYLE}'
    ways = (
        f'<a href="/gk/nb/">{column}</a><a href="http://zwgk.longde.gov.cn/nb/">{column}</a>'
        '<img src="/logo.png"><p style="color:red">今天</p>'
    )
    closed = ("/closed/t20250101_1.html", "隆德县档案馆2024年政府信息公开工作年度报告", "2025-01-21")
    first = listing(closed, *newest, *look_alikes, title=column, after=_pager(0)).replace("<h2>", _STYLE + "<h2>")
    hanging = '<p>附件：<a href="P020250120.pdf">年报.pdf</a></p>'
    routes: dict[str, Route] = {
        "/robots.txt": Answer(
            "User-agent: *\nDisallow: /closed/\nCrawl-delay: 0.1\n", headers={"Content-Type": "text/plain"}
        ),
        "/": document(f"首页_{AUTHORITY}门户网站", ways, head),
        "/gk/nb/": Answer(
            first.replace("utf-8", "gb2312").encode("gb18030"), headers={"Content-Type": "text/html; charset=gb2312"}
        ),
        "/gk/nb/index_1.html": listing(*oldest, title=column, after=_pager(1)),
        "/gk/202501/P020250120.pdf": Answer(_FILE, headers={"Content-Type": "application/pdf"}),
    }
    routes |= {_row(year)[0]: report(title(year)) for year in YEARS}
    return routes | {_row(2024)[0]: report(title(2024), hanging)}
