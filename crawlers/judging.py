"""What a fetched page is, by its titles first and its text second: a report, a listing, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from crawlers.attachments import attachments
from crawlers.page import Link, Page
from pipeline.model import Candidate
from pipeline.titles import (
    column_score,
    hints_at_report,
    is_column_label,
    is_report_title,
    is_unit_label,
    normalised,
    passes_on_report,
    reads_like_report,
    year_of_title,
)

_LISTS_REPORTS = 2  # rows that announce reports make a page without a report's text a listing,
_LISTS_UNITS = 3  # and so do rows that name bodies or years,
_LISTS_IN_MENU = 3  # or reports in what is built like a menu: some software calls its very lists nav
_PAPERS_TITLE = 10  # letters; what says less is a menu's
_FILE_ENDING = re.compile(r"\.[a-z]{2,4}$", re.I)
_ARCHIVE = re.compile(r"\.(zip|rar|7z)$", re.I)


class Row(StrEnum):
    """What a link on a listing is to us."""

    REPORT = "report"
    MAYBE = "maybe"  # its title leaves it open: a year, a body's name, a dated row
    NOT = "not"


def judge_row(link: Link, *, in_column: bool, column: str = "") -> Row:
    """`column` is the address of the page: its menus are the site's, but for years and what lies below it."""
    name = link.called
    told = is_report_title(name)
    if told is False or (link.furniture and not told and not _is_tab(link, column)):
        return Row.NOT
    if told:
        return Row.REPORT
    if not in_column or _is_home(link):
        return Row.NOT
    dated = (link.listed_on is not None or year_of_title(name) is not None) and hints_at_report(name)
    hints = dated or passes_on_report(name) or is_unit_label(name) or column_score(name) >= 0.8
    return Row.MAYBE if hints else Row.NOT


def _is_home(link: Link) -> bool:
    """A portal's own name over all its pages leads there, and names a body."""
    parts = urlsplit(link.url)
    return parts.path in ("", "/") and not parts.query


def _is_tab(link: Link, column: str) -> bool:
    """A column's own years and bodies, drawn as tabs or as a menu at the side."""
    if not column or not is_unit_label(link.text):
        return False
    folder = _folder(column)
    below = link.url.startswith(folder) and urlsplit(folder).path.count("/") > 1
    return below or year_of_title(link.text) is not None


@dataclass(frozen=True, slots=True)
class Verdict:
    report: bool
    listing: bool
    # Reports are a few among other papers, as a home page announces the newest.
    in_passing: bool = field(default=False, compare=False)


def judge_page(page: Page, link_title: str, entries: list[Link], *, in_column: bool = False) -> Verdict:
    """`link_title` is what led here, `in_column` whether that was a row of a column of annual reports. A look-alike's
    title outweighs its text: a format notice has all the headings."""
    titles = [is_report_title(title) for title in (link_title, page.title)]
    if titles[1] is False or (titles[0] is False and not titles[1]):
        return Verdict(report=False, listing=False)
    hanging = attachments(page)
    own = {one.url for one in hanging if _is_paper_itself(one.title, link_title, page.title)}
    rows = [link for link in entries if not link.furniture and link.url not in (page.url, *own)]
    announced = {link.url for link in rows if is_report_title(link.called)}
    papers = sum(link.listed_on is not None or len(link.text) >= _PAPERS_TITLE for link in rows)
    in_passing = len(announced) < max(_LISTS_REPORTS, papers / 2)
    if reads_like_report(page.running_text):
        return Verdict(report=True, listing=len(announced) >= _LISTS_REPORTS, in_passing=in_passing)
    # 某局政府信息公开年报 without a year is as often a column with a single row; one year's reports go by units.
    enough = _LISTS_REPORTS if any(titles) and year_of_title(f"{link_title} {page.title}") else 1
    units = _units(rows)
    in_menus = 0 if any(titles) else sum(link.furniture and is_report_title(link.text) is True for link in entries)
    lists = len(announced) >= enough or units >= _LISTS_UNITS or in_menus >= _LISTS_IN_MENU
    hangs = any(one.url not in announced for one in hanging)
    if any(hints_at_report(title) for title in (link_title, page.title)) and any(
        _is_archive(one) for one in hanging if one.url not in announced
    ):
        return Verdict(report=True, listing=lists)  # the reports of many bodies in one file, whatever that is called
    if in_column and not lists and not any(titles) and says_nothing(link_title):
        # 市教育局 over nothing but a file: whoever reads the file has the last word.
        return Verdict(
            report=any(not says_nothing(one.title) for one in hanging),
            listing=units > 0 or _leads_to_own_column(rows, page.url),
        )
    return Verdict(report=any(titles) and (hangs or not lists), listing=lists, in_passing=in_passing)


def _leads_to_own_column(rows: list[Link], url: str) -> bool:
    """Whether a body's page names its annual reports in its own folder: the site's menus name the site's."""
    folder = _folder(url)
    return any(link.url.startswith(folder) and is_column_label(link.called) for link in rows)


def _folder(url: str) -> str:
    return re.sub(r"[^/]*$", "", url.split("?")[0])


def lists_units(rows: list[Link]) -> bool:
    """Whether a page lists bodies or years, one after the other: menus name one here and there."""
    return _units([link for link in rows if not link.furniture]) >= _LISTS_UNITS


def _units(rows: list[Link]) -> int:
    """How many of them follow one another."""
    most = here = 0
    for link in rows:
        here = here + 1 if is_unit_label(link.called) else 0
        most = max(most, here)
    return most


def _is_paper_itself(file: str, *titles: str) -> bool:
    """Whether a file is called like the page that it hangs on, which names a year: that page lists no other report."""
    name = _FILE_ENDING.sub("", normalised(file))
    return any(name == normalised(title) and year_of_title(title) is not None for title in titles)


def says_nothing(title: str) -> bool:
    """Whether a title is only a body's name, a year or the bare words, as rows of a column of annual reports may be."""
    return is_report_title(title) is None and (is_unit_label(title) or column_score(title) >= 0.8)


def _is_archive(file: Candidate) -> bool:
    return any(_ARCHIVE.search(name) for name in (urlsplit(file.url).path, file.title.strip()))


def names_column(page: Page) -> bool:
    """Whether a page calls itself an annual-report column."""
    names = (page.title, *page.window_title.replace("_", "-").split("-"), page.meta("columnname"))
    return any(column_score(name) >= 0.8 for name in names)


def wanted_year(title: str, years: tuple[int, ...]) -> bool:
    """A report whose title names no year is looked at, whatever years are wanted."""
    year = year_of_title(title)
    return not years or year is None or year in years
