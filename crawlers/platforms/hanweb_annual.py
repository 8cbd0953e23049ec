"""Hanweb's annual-report module: `/module/xxgk/xxgkAnnualReport.jsp?area=<unit's code>&fbtime=<year>`, one page for
each unit and year and no list.

A unit's newest known page stands for its column. Its years are those it links and what lies between and after them, or
else all since 2008; each is asked for once. How a server answers for a year without a report is not known: a page
counts only with that year's report on it, whatever its frame is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from crawlers.attachments import attachments
from crawlers.exchange import Ask
from crawlers.page import Link, Page, squeezed
from crawlers.platforms.hanweb_catalogue import HanwebCatalogue
from pipeline.titles import is_report_title, reads_like_report, year_of_title

_MODULE = "/module/xxgk/xxgkAnnualReport.jsp"
_MENTIONED = re.compile(r"/module/xxgk/\w{1,30}\.jsp\?[^'\"\s<>\\]{0,300}?\barea=([\w-]{4,40})")
_FIRST_YEAR = 2008  # of the duty to report
_MENU = 3  # links to years make a menu of them
_MOST_AREAS = 300


class HanwebAnnual(HanwebCatalogue):
    name = "hanweb_annual"
    asks_for_rows = False  # a unit's page is a page; no browser shows it on another one

    def detect(self, page: Page) -> float:
        return 0.97 if _is_module(page.url) or any(_is_module(link.url) for link in page.links) else 0.0

    def columns(self, page: Page) -> list[Ask]:
        """One page for each unit: the newest that is linked, or one of the year that this page is about."""
        asks = super().columns(page)
        newest: dict[str, tuple[int, str]] = {}
        for area, year, address in _linked(page):
            newest[area] = max(newest.get(area, (0, "")), (year, address))
        here = _asked(page.url)
        newest.pop(here[0], None)
        for mentioned in list(dict.fromkeys(_MENTIONED.findall(unescape(page.text))))[:_MOST_AREAS]:
            if mentioned not in newest and mentioned != here[0]:
                year = here[1] or last_year()
                newest[mentioned] = (year, _address(page.url, mentioned, year))
        addresses = [address for _, address in list(newest.values())[:_MOST_AREAS]]
        return asks + [Ask(address, referer=page.url, optional=True) for address in addresses]

    def entries(self, page: Page) -> list[Link]:
        """A unit's years; links to other units' pages are columns. Where the unit has a menu of years, that tells the
        oldest."""
        rows = [link for link in super().entries(page) if not _is_module(link.url)]
        area, own = _asked(page.url)
        if not area:
            return rows
        addresses = {year: address for linked, year, address in _linked(page) if linked == area}
        first = min([own or last_year(), *addresses]) if len(addresses) >= _MENU else _FIRST_YEAR
        years = [*addresses, *range(last_year(), first - 1, -1)]
        wanted = [year for year in dict.fromkeys(years) if year != own]
        addresses = {year: _address(page.url, area, year) for year in wanted} | addresses
        return rows + [Link(addresses[year], f"{year}年", year=year) for year in wanted]

    def holds_report(self, page: Page) -> bool:
        area, asked = _asked(page.url)
        if not area:
            return True
        titles = [title for title in _titles(page) if is_report_title(title)]
        years = {year_of_title(title) for title in titles} - {None}
        if years:
            return not asked or asked in years
        return reads_like_report(page.running_text)


def _is_module(address: str) -> bool:
    return urlsplit(address).path.endswith(_MODULE)


def _asked(address: str) -> tuple[str, int]:
    """The unit and year that an address of the module asks for; ("", 0) for another address."""
    if not _is_module(address):
        return "", 0
    fields = parse_qs(urlsplit(address).query)
    area, year = fields.get("area", [""])[0], fields.get("fbtime", [""])[0]
    return area, int(year) if re.fullmatch(r"20\d\d", year) else 0


def _linked(page: Page) -> Iterator[tuple[str, int, str]]:
    """Unit, year and address of the module's links. A link of a unit's own page may leave the unit out."""
    own = _asked(page.url)[0]
    for link in page.links:
        area, year = _asked(link.url)
        if year and _FIRST_YEAR <= year <= last_year():
            address = link.url if area else _address(page.url, own, year)
            if area or own:
                yield area or own, year, address


def _titles(page: Page) -> Iterator[str]:
    """What the page prints as titles and names of files. Window and menu say the same whatever the page holds."""
    for text in page.root.xpath("//body//text()[not(ancestor::a or parent::script or parent::style)]"):
        if 8 < len(text) < 200:
            yield squeezed(str(text))
    yield from (one.title for one in attachments(page))


def _address(base: str, area: str, year: int) -> str:
    return urljoin(base, f"{_MODULE}?{urlencode({'area': area, 'fbtime': year})}")


def last_year() -> int:
    return datetime.now(UTC).year - 1
