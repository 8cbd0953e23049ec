"""How near a link brings the crawl to a column of annual reports: by its text, what stands beside it, its address and
its place. The words are data: `config/titles.toml` for texts, `config/discovery.toml` for the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawlers.links import Link
from crawlers.words import words
from pipeline.titles import column_score, hints_at_report, is_report_title, year_of_title

COLUMN = 0.8  # from here on a link is taken for a column itself
_BESIDE = 0.95  # what stands beside a link counts a little less than what it says
_AGREED = 0.05  # text and address say the same
_HINTED = 0.85  # a text with 年报 in it, at an address that is called nb
_PAGE_NAME = re.compile(r"^(index|list|default|\w{1,20}_list)([_-]?\d+)?(\.\w{2,5})?$", re.I)


@dataclass(frozen=True, slots=True)
class Way:
    nearness: float  # 1 is a column's own name, 0 leads nowhere
    rank: float  # the same less what its place on the page takes away

    @property
    def is_column(self) -> bool:
        return self.nearness >= COLUMN


def way_of(link: Link) -> Way:
    """A report's own title leads to the report and no further, a look-alike's nowhere."""
    told, label = is_report_title(link.text), column_score(link.text)
    if told or (told is False and not label):
        return Way(0.0, 0.0)
    said = max(label, _BESIDE * column_score(link.beside))
    named = address_score(link.url)
    if said and named:
        said = min(1.0, max(said, named) + _AGREED)
    elif named >= 0.5 and hints_at_report(link.text) and year_of_title(link.text) is None:
        said = max(named, _HINTED)
    nearness = said or named
    return Way(nearness, max(0.0, nearness - words().places[link.place]) if nearness else 0.0)


def address_score(url: str) -> float:
    """What the last folder of an address is called, or a page that stands for one. Neither an article below a column
    nor a script that is asked for something is one."""
    parts = urlsplit(url)
    folders = [part for part in unquote(parts.path).lower().split("/") if part]
    if parts.query and folders and "." in folders[-1]:
        return 0.0
    while folders and _PAGE_NAME.match(folders[-1]):
        folders.pop()
    if not folders:
        return 0.0
    name = re.sub(r"\.(s?html?|jspx?|php|aspx?)$", "", folders[-1])
    return words().addresses.get(re.sub(r"(_.*|\d+)$", "", name), 0.0)
