"""Answers with 200 that are none: pages that say that nothing is there, the home page for every address, and pages that
were read already under another one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawlers.addresses import key_of
from crawlers.frontier import Step, Visit
from crawlers.page import Page
from crawlers.words import words
from pipeline.titles import reads_like_report

_ALL_IT_SAYS = 200  # letters of a page that says nothing else
_PASSING = re.compile(r"(访问|浏览|点击|阅读|在线)\D{0,8}\d+|\d{1,2}:\d{2}(:\d{2})?")
_ROWS = (Step.REPORT, Step.MAYBE)
_WAYS = (Step.START, Step.COLUMN, Step.BODIES, Step.PATH)


@dataclass
class Answers:
    """The pages on a portal's ways, by what they say."""

    _ways: dict[int, str] = field(default_factory=dict)  # by what they say: key of the address that said it first
    _home: int = 0  # what the start page says, where that is no column

    def missing(self, visit: Visit, page: Page) -> str:
        """Why the answer is none; "" where it is one."""
        if _says_so(page):
            return "回答 200，页面却说内容不存在 / answered 200, but says that nothing is there"
        if reads_like_report(page.running_text):
            return ""  # whatever its address is
        came_from = key_of(visit.found_on) if visit.step is Step.MAYBE else ""  # whose select box names its own year
        elsewhere = self._ways.get(_said(page), _key(visit)) not in (_key(visit), came_from)
        at_home = self._ways.get(self._home) == _key(visit)
        if (visit.step in _ROWS and elsewhere) or (self._home and not at_home and _written(page) == self._home):
            return "所有地址都返回同一页面 / the same page as for another address"
        return ""

    def again(self, visit: Visit, page: Page, *, column: bool) -> bool:
        """Whether a page on the way was read under another address: its links, all new, would lead round again."""
        if visit.step not in _WAYS or visit.ask.by_browser:
            return False  # a browser was sent for rows that are counted at this address
        if visit.step is Step.START and not column and not self._home and not page.refresh:
            self._home = _written(page)
            self._ways[self._home] = _key(visit)
        return self._ways.setdefault(_said(page), _key(visit)) != _key(visit)


def _key(visit: Visit) -> str:
    """Of the address, whoever asks: what a browser shows of a page is no other page."""
    return visit.ask.plain.key


def _says_so(page: Page) -> bool:
    if words().missing.search(page.window_title) or words().missing.search(page.title):
        return not reads_like_report(page.running_text)
    return len(page.running_text) <= _ALL_IT_SAYS and bool(words().missing.search(page.running_text))


def _said(page: Page) -> int:
    """Text, links and frames: two bodies' folders may say the same and lead to other years."""
    return hash((_text(page), tuple(link.url for link in page.links), tuple(page.frames())))


def _written(page: Page) -> int:
    """The same with addresses as they are written: at another address they lead elsewhere, and the page is the same."""
    written = (one.get("href") or one.get("src") for one in page.root.iter("a", "iframe", "frame"))
    return hash((_text(page), tuple(written)))


def _text(page: Page) -> str:
    """Everything but counters and clocks."""
    return page.window_title + _PASSING.sub("", page.running_text)
