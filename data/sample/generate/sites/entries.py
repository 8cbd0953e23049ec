"""What stands in a column: the reports that a plan gives, among the other things that `entries/` lists."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from data.sample.generate.article import body_of_page
from data.sample.generate.seeds import SAMPLE
from data.sample.generate.sites.plan import Publication, SitePlan

DOCUMENTS = SAMPLE / "documents"
_ENTRIES = Path(__file__).resolve().parent / "entries"
_ATTACHED = {"pdf": ".pdf", "scan": ".scan.pdf", "docx": ".docx"}


@dataclass(frozen=True)
class Attachment:
    name: str  # as the page calls it
    suffix: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Article:
    title: str
    published: date
    number: int
    source: str
    body: str
    attachment: Attachment | None = None


@dataclass(frozen=True)
class Entries:
    column: tuple[Article, ...]  # of the annual-report column, newest first
    news: tuple[Article, ...]


def entries_of(site: SitePlan) -> Entries:
    listed = tomllib.loads((_ENTRIES / f"{site.folder}.toml").read_text(encoding="utf-8"))
    first = site.reports[0].number
    others = [_other(one, site.authority, first + 211 + 17 * at) for at, one in enumerate(listed["column"])]
    news = [_other(one, site.authority, first - 401 - 13 * at) for at, one in enumerate(listed["news"])]
    reports = [_report(one) for one in site.reports]
    return Entries(_newest_first(others + reports), _newest_first(news))


def _newest_first(articles: list[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.published, article.number), reverse=True))


def _other(one: dict, authority: str, number: int) -> Article:
    body = "\n".join(f"<p>　　{escape(paragraph)}</p>" for paragraph in one["text"].strip().split("\n"))
    return Article(one["title"], one["date"], number, one.get("source", authority), body)


def _report(publication: Publication) -> Article:
    seed = publication.seed
    body, attachment = _in_its_way(publication)
    return Article(seed.title, publication.published, publication.number, seed.authority, body, attachment)


def _in_its_way(publication: Publication) -> tuple[str, Attachment | None]:
    seed = publication.seed
    if publication.way == "html":
        return body_of_page((DOCUMENTS / f"{seed.slug}.html").read_bytes(), seed.slug), None
    if publication.way == "lines":
        return f'<pre style="white-space:pre-wrap">{escape(seed.text, quote=False)}</pre>', None
    ending = _ATTACHED[publication.way]
    content = (DOCUMENTS / f"{seed.slug}{ending}").read_bytes()
    suffix = ending.rpartition(".")[2]
    law = "根据《中华人民共和国政府信息公开条例》第四十九条、第五十条规定"
    return f"<p>　　{law}，现公布《{seed.title}》，全文请见附件。</p>", Attachment(
        f"{seed.title}.{suffix}", suffix, content
    )
