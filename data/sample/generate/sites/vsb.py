"""高青县's site in the manner of VSB: pages of a list counted backwards, attachments behind a script."""

from __future__ import annotations

from collections.abc import Sequence

from data.sample.generate.sites.entries import Article, Entries
from data.sample.generate.sites.files import File, Route, fill, routes_file, text
from data.sample.generate.sites.plan import SitePlan

_OWNER = "1745968423"
_COLUMN, _COLUMN_ID = "zwgk/zfxxgk/zfxxgknb", 2147
_NEWS, _NEWS_ID = "xwzx/gqyw", 1021
_PER_PAGE = 7


def build(site: SitePlan, entries: Entries) -> list[File]:
    files = [
        text("robots.txt", "User-agent: *\nDisallow: /system/resource/code/\nDisallow: /manage/\n"),
        text("css/style.css", fill("vsb/style.css")),
        text("system/resource/js/gotopage.js", fill("vsb/gotopage.js")),
        text("index.htm", _page(site, "首页", fill("vsb/home.html", news=_rows(entries.news, "info/", _NEWS_ID)))),
        text("zwgk.htm", _page(site, "政务公开", fill("vsb/zwgk.html"))),
        text("zwgk/zfxxgk.htm", _page(site, "政府信息公开", fill("vsb/zfxxgk.html"))),
    ]
    for path, name in (
        ("xwzx", "新闻中心"),
        ("zwfw", "政务服务"),
        ("zmhd", "政民互动"),
        ("zwgk/zfwj", "政府文件"),
        ("zwgk/czxx", "财政信息"),
        ("zwgk/zfxxgk/zfxxgkzn", "政府信息公开指南"),
        ("zwgk/zfxxgk/zfxxgkzd", "政府信息公开制度"),
        ("zwgk/zfxxgk/ysqgk", "依申请公开"),
    ):
        files.append(text(f"{path}.htm", _page(site, name, fill("vsb/empty.html", name=name))))
    files += _list_pages(site, _COLUMN, "政府信息公开年报", entries.column, _COLUMN_ID)
    files += _list_pages(site, _NEWS, "高青要闻", entries.news, _NEWS_ID)
    routes: list[Route] = []
    for article in entries.column:
        files += _article(site, article, _COLUMN_ID, "政府信息公开年报", routes)
    for article in entries.news:
        files += _article(site, article, _NEWS_ID, "高青要闻", routes)
    return [*files, routes_file(routes)]


def _list_pages(site: SitePlan, column: str, name: str, articles: Sequence[Article], number: int) -> list[File]:
    pages = [articles[at : at + _PER_PAGE] for at in range(0, len(articles), _PER_PAGE)]
    count = len(pages)
    base = column.rpartition("/")[2]
    files = []
    for at, shown in enumerate(pages):
        up = "../" * (column.count("/") + (at > 0))
        pager = _pager(base, at, count, len(articles))
        listing = fill("vsb/list.html", name=name, rows=_rows(shown, f"{up}info/", number), pager=pager)
        path = f"{column}/{count - at}.htm" if at else f"{column}.htm"
        files.append(text(path, _page(site, name, listing)))
    return files


def _pager(base: str, at: int, count: int, articles: int) -> str:
    def address(page: int) -> str:
        if page == 0:
            return f"../{base}.htm" if at else f"{base}.htm"
        return f"{count - page}.htm" if at else f"{base}/{count - page}.htm"

    def step(kind: str, label: str, page: int) -> str:
        if 0 <= page < count and page != at:
            return f'<span class="p_{kind} p_fun"><a href="{address(page)}">{label}</a></span>'
        return f'<span class="p_{kind}_d p_fun_d">{label}</span>'

    numbers = "".join(
        f'<span class="p_no_d">{page + 1}</span>'
        if page == at
        else f'<span class="p_no"><a href="{address(page)}">{page + 1}</a></span>'
        for page in range(count)
    )
    steps = (
        step("first", "首页", 0) + step("prev", "上页", at - 1),
        step("next", "下页", at + 1),
        step("last", "尾页", count - 1),
    )
    return fill("vsb/pager.html", before=steps[0], numbers=numbers, after=steps[1] + steps[2], count=count,
                articles=articles)  # fmt: skip


def _rows(articles: Sequence[Article], folder: str, column: int) -> str:
    return "\n".join(
        f'<li id="line_u12_{at}"><a href="{folder}{column}/{article.number}.htm" target="_blank" '
        f'title="{article.title}">{article.title}</a> <span>{article.published:%Y年%m月%d日}</span></li>'
        for at, article in enumerate(articles)
    )


def _article(site: SitePlan, article: Article, column: int, name: str, routes: list[Route]) -> list[File]:
    files, links = [], ""
    if article.attachment:
        number = article.number % 100_000 + 7_350_000
        address = f"/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner={_OWNER}&wbfileid={number}"
        digest = article.attachment.digest.upper()
        stored = f"__local/{digest[0]}/{digest[1:3]}/{digest[3:5]}/{digest[5:37]}.{article.attachment.suffix}"
        files.append(File(stored, article.attachment.content))
        asked = {"urltype": "news.DownloadAttachUrl", "owner": _OWNER, "wbfileid": str(number)}
        routes.append(
            Route("/system/_content/download.jsp", asked, stored, "application/octet-stream", article.attachment.name)
        )
        links = fill("vsb/attachment.html", address=address.replace("&", "&amp;"), name=article.attachment.name,
                     number=number, owner=_OWNER)  # fmt: skip
    content = fill(
        "vsb/article.html",
        title=article.title,
        date=f"{article.published:%Y年%m月%d日} 09:36",
        source=article.source,
        body=article.body,
        attachments=links,
        column=name,
    )
    head = (
        f'<META Name="pageTitle" Content="{article.title}" /><META Name="keywords" Content="{name},{article.title}" />'
    )
    return [*files, text(f"info/{column}/{article.number}.htm", _page(site, article.title, content, head))]


def _page(site: SitePlan, title: str, content: str, head: str = "") -> str:
    return fill("vsb/page.html", title=title, site=site.authority, content=content, head=head)
