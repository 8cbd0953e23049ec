"""宁夏公安厅's site in the manner of TRS WCM: dated article names, scripted paging, attachments beside the article."""

from __future__ import annotations

from collections.abc import Sequence

from data.sample.generate.sites.entries import Article, Entries
from data.sample.generate.sites.files import File, fill, routes_file, text
from data.sample.generate.sites.plan import SitePlan

_COLUMN = "zwgk/zfxxgk/zfxxgknb"
_NEWS = "jwdt/jwyw"
_PER_PAGE = 8


def build(site: SitePlan, entries: Entries) -> list[File]:
    files = [
        text("robots.txt", "User-agent: *\nDisallow: /was5/\nDisallow: /igs/\n"),
        text("images/style.css", fill("trs/style.css")),
        text("images/createpage.js", fill("trs/createpage.js")),
        routes_file([]),
        text("index.html", _page(site, "首页", fill("trs/home.html", news=_rows(entries.news, f"./{_NEWS}")))),
        text("zwgk/index.html", _page(site, "政务公开", fill("trs/zwgk.html"))),
        text("zwgk/zfxxgk/index.html", _page(site, "政府信息公开", fill("trs/zfxxgk.html"))),
    ]
    for path, name in (
        ("bsfw", "办事服务"),
        ("hdjl", "互动交流"),
        ("zwgk/zcfg", "政策法规"),
        ("zwgk/ysjs", "预决算公开"),
        ("zwgk/zfxxgk/zn", "政府信息公开指南"),
        ("zwgk/zfxxgk/zd", "政府信息公开制度"),
        ("zwgk/zfxxgk/ysqgk", "依申请公开"),
    ):
        files.append(text(f"{path}/index.html", _page(site, name, fill("trs/empty.html", name=name))))
    files += _list_pages(site, _COLUMN, "政府信息公开年报", entries.column)
    files += _list_pages(site, _NEWS, "警务要闻", entries.news)
    for article in entries.column:
        files += _article(site, _COLUMN, "政府信息公开年报", article)
    for article in entries.news:
        files += _article(site, _NEWS, "警务要闻", article)
    return files


def _list_pages(site: SitePlan, column: str, name: str, articles: Sequence[Article]) -> list[File]:
    pages = [articles[at : at + _PER_PAGE] for at in range(0, len(articles), _PER_PAGE)]
    files = []
    for at, shown in enumerate(pages):
        listing = fill("trs/list.html", name=name, rows=_rows(shown, "."), count=len(pages), current=at)
        path = f"{column}/index_{at}.html" if at else f"{column}/index.html"
        files.append(text(path, _page(site, name, listing)))
    return files


def _rows(articles: Sequence[Article], folder: str) -> str:
    return "\n".join(
        f'<li><a href="{folder}/{_name(article)}" target="_blank" title="{article.title}">{article.title}</a>'
        f"<span>{article.published}</span></li>"
        for article in articles
    )


def _name(article: Article) -> str:
    return f"{article.published:%Y%m}/t{article.published:%Y%m%d}_{article.number}.html"


def _article(site: SitePlan, column: str, column_name: str, article: Article) -> list[File]:
    path = f"{column}/{_name(article)}"
    files, links = [], ""
    if article.attachment:
        digits = int(article.attachment.digest[:12], 16) % 10**15
        name = f"P0{article.published:%Y%m%d}{digits:015d}.{article.attachment.suffix}"
        files.append(File(f"{path.rpartition('/')[0]}/{name}", article.attachment.content))
        links = (
            f'<div class="fujian"><strong>附件：</strong><a appendix="true" needdownload="false" href="./{name}" '
            f'title="{article.attachment.name}">{article.attachment.name}</a></div>'
        )
    content = fill(
        "trs/article.html",
        title=article.title,
        date=article.published,
        source=article.source,
        body=article.body,
        attachments=links,
        column=column_name,
    )
    head = fill("trs/article_head.html", title=article.title, date=article.published, source=article.source,
                column=column_name)  # fmt: skip
    return [*files, text(path, _page(site, article.title, content, head))]


def _page(site: SitePlan, title: str, content: str, head: str = "") -> str:
    return fill("trs/page.html", title=title, site=site.authority, content=content, head=head)
