"""怀远县公安局's site in the manner of Hanweb: navigation and lists stand in no page, scripts fetch and draw them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from data.sample.generate.sites.entries import Article, Entries
from data.sample.generate.sites.files import File, Route, fill, routes_file, text
from data.sample.generate.sites.plan import SitePlan

_WEB, _UNIT = 27, 9321
_COLUMN = 4011
_NEWS = 3987
_PROXY = "/module/web/jpage/dataproxy.jsp"
_PER_PAGE = 8
_NAVIGATION = {
    "channels": [
        {"name": "首页", "url": "/"},
        {"name": "警务动态", "url": f"/col/col{_NEWS}/index.html"},
        {
            "name": "政府信息公开",
            "url": "/col/col3990/index.html",
            "children": [
                {"name": "政府信息公开指南", "url": "/col/col4008/index.html"},
                {"name": "政府信息公开制度", "url": "/col/col4009/index.html"},
                {"name": "法定主动公开内容", "url": "/col/col4010/index.html"},
                {"name": "政府信息公开年报", "url": f"/col/col{_COLUMN}/index.html"},
            ],
        },
        {"name": "便民服务", "url": "/col/col3995/index.html"},
    ]
}
_LISTS = {_COLUMN: "政府信息公开年报", _NEWS: "警务动态"}
_OTHER_COLUMNS = {
    3990: "政府信息公开",
    3995: "便民服务",
    4008: "政府信息公开指南",
    4009: "政府信息公开制度",
    4010: "法定主动公开内容",
}


def build(site: SitePlan, entries: Entries) -> list[File]:
    routes: list[Route] = []
    files = [
        text("robots.txt", "User-agent: *\nDisallow: /module/visitcount/\nDisallow: /manager/\n"),
        text("css/style.css", fill("hanweb/style.css")),
        text("script/navigation.js", fill("hanweb/navigation.js")),
        text("script/list.js", fill("hanweb/list.js")),
        text("module/navigation/channels.json", json.dumps(_NAVIGATION, ensure_ascii=False, indent=1)),
        text("index.html", _page(site, "首页", fill("hanweb/home.html", news=_NEWS, unit=_UNIT, web=_WEB))),
    ]
    for number, name in _OTHER_COLUMNS.items():
        files.append(text(f"col/col{number}/index.html", _page(site, name, fill("hanweb/empty.html", name=name))))
    for number, articles in ((_COLUMN, entries.column), (_NEWS, entries.news)):
        listing = fill("hanweb/list.html", name=_LISTS[number], column=number, unit=_UNIT, web=_WEB, per_page=_PER_PAGE)
        files.append(text(f"col/col{number}/index.html", _page(site, _LISTS[number], listing)))
        files += _records(number, articles, routes)
        for article in articles:
            files += _article(site, article, number, routes)
    return [*files, routes_file(routes)]


def _records(column: int, articles: Sequence[Article], routes: list[Route]) -> list[File]:
    """What the list's script is answered, page by page."""
    files = []
    for start in range(0, len(articles), _PER_PAGE):
        shown = articles[start : start + _PER_PAGE]
        records = "\n".join(f"<record><![CDATA[{_row(article, column)}]]></record>" for article in shown)
        stored = f"module/web/jpage/{column}_{start + 1}.xml"
        files.append(text(stored, fill("hanweb/records.xml", records=records, total=len(articles))))
        asked = {"columnid": str(column), "startrecord": str(start + 1)}
        routes.append(Route(_PROXY, asked, stored, "text/xml;charset=UTF-8"))
    return files


def _row(article: Article, column: int) -> str:
    return (
        f'<li><a href="/{_path(article, column)}" target="_blank" title="{article.title}">{article.title}</a>'
        f"<span>{article.published}</span></li>"
    )


def _path(article: Article, column: int) -> str:
    day = article.published
    return f"art/{day.year}/{day.month}/{day.day}/art_{column}_{article.number}.html"


def _article(site: SitePlan, article: Article, column: int, routes: list[Route]) -> list[File]:
    files, links = [], ""
    if article.attachment:
        name = f"{article.attachment.digest[:32]}.{article.attachment.suffix}"
        stored = f"attach/0/{name}"
        files.append(File(stored, article.attachment.content))
        routes.append(Route("/module/download/downfile.jsp", {"filename": name}, redirect=f"/{stored}"))
        address = f"/module/download/downfile.jsp?classid=0&amp;filename={name}"
        links = f'<p>附件：<a href="{address}" target="_blank">{article.attachment.name}</a></p>'
    content = fill(
        "hanweb/article.html",
        title=article.title,
        date=article.published,
        source=article.source,
        body=article.body,
        attachments=links,
    )
    head = fill("hanweb/article_head.html", title=article.title, date=article.published, source=article.source,
                column=_LISTS[column])  # fmt: skip
    return [*files, text(_path(article, column), _page(site, article.title, content, head))]


def _page(site: SitePlan, title: str, content: str, head: str = "") -> str:
    return fill("hanweb/page.html", title=title, site=site.authority, content=content, head=head)
