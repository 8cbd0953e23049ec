"""How a listing goes on: by links, or by clicks that only a browser can make. Numbers of a calendar are no pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawlers.addresses import absolute
from crawlers.links import opened_by
from crawlers.naming import link_text, squeezed
from crawlers.page import Page
from crawlers.paths import elements_at
from crawlers.words import words

SHOWN = "nianbao-clicked"  # id of what clicks add to a page; its data-ended says whether the end was reached
_NUMBER = re.compile(r"^\[?(\d{1,3})\]?$")
_IN_PAGER = re.compile(r"^(\d{1,3}|\.{2,3}|…)$")
_DAYS_OF_A_MONTH = range(27, 31)  # less the first
_FIRST = "1"  # where the listing was entered, though its address may look different
_CLICKED = ("a", "button", "span", "li", "div", "input", "p", "td", "em", "b", "i", "dd", "label")
_MOST_CHILDREN = 2  # of what is clicked: an icon and a word
_MOST_LETTERS = 40
_SHORT = elements_at(
    f"//*[{' or '.join(f'self::{tag}' for tag in _CLICKED)}][count(*) <= {_MOST_CHILDREN}]"
    f"[string-length(normalize-space(.)) <= {_MOST_LETTERS}]"
)
_PAGER_TEXT = 300  # a pager says little more than its numbers
_CALENDAR = re.compile(r"(^|[\s_-])(calendar|datepicker|rili|laydate)", re.I)


def is_pager_text(text: str) -> bool:
    return bool(words().next.match(text) or _NUMBER.match(text))


def pager_links(page: Page) -> Iterator[str]:
    """下一页, and numbers, which count only beside each other: a lone 3 may be anything."""
    numbers = []
    for anchor in page.root.iter("a"):
        text = anchor.text_content().strip() or link_text(anchor)  # an arrow that is a picture says it beside
        named_next, number = words().next.match(text), _NUMBER.match(text)
        if not named_next and not number:
            continue
        target = _target(anchor, page.base)
        if not target or _in_calendar(anchor):
            continue
        if named_next:
            yield target
        elif number and number[1] != _FIRST:
            numbers.append((_pager_of(anchor), target))
    members = Counter(pager for pager, _ in numbers)
    for pager, target in numbers:
        if members[pager] in _DAYS_OF_A_MONTH and not _has_next(pager):
            continue  # drawn without a table and called nothing
        if members[pager] > 1 or _says_pages(pager):
            yield target


def needs_clicks(page: Page) -> bool:
    """Whether there is a 下一页 or 加载更多 without an address, and no sign that nothing comes after this page."""
    found = next((one for one in _clickable(page) if not _target(one, page.base) and not _in_calendar(one)), None)
    if found is None:
        return any(_counts_on(anchor, page) for anchor in page.root.iter("a"))
    return not _is_disabled(found) and not _is_last(found, page)


def _counts_on(anchor: HtmlElement, page: Page) -> bool:
    """Whether it is the 2 behind the 1 of a pager that is nothing but numbers, with a script's call for an address."""
    call = f"{anchor.get('onclick') or ''}{anchor.get('href') or ''}"
    if anchor.text_content().strip() != "2" or "(" not in call or _target(anchor, page.base):
        return False
    pager = _pager_of(anchor)
    said = [text.strip() for text in islice(pager.itertext(), 60) if text.strip()] if pager is not None else []
    linked = {one.text_content().strip() for one in pager.iter("a")} if pager is not None else set()
    return _FIRST in said and _FIRST not in linked and all(_IN_PAGER.match(text) for text in said)


def clicked_to_end(page: Page) -> bool:
    """Whether a browser has clicked 下一页 on it until nothing new came."""
    shown = page.root.find(f".//div[@id='{SHOWN}']")
    return shown is not None and shown.get("data-ended") == "yes"


def shown_in_part(page: Page) -> bool:
    """Whether a browser has scrolled or clicked on it without coming to its end."""
    return page.root.find(f".//div[@id='{SHOWN}'][@data-ended='no']") is not None


def rows_promised(page: Page) -> int:
    """共 35 条 in the pager's own text; what stands elsewhere may count anything."""
    for element in _clickable(page):
        if found := words().total.search(_pager_text(element)):
            return int(found[1])
    return 0


@lru_cache(maxsize=4)
def _clickable(page: Page) -> tuple[HtmlElement, ...]:
    """下一页 in whatever element, or the icon in its place."""
    said = words().click_anywhere.search(re.sub(r"\s", "", page.running_text) + page.values)
    if not said and not any(map(page.says, words().click_class)):
        return ()
    return tuple(element for element in _SHORT(page.root) if _is_clicked(element))


def _is_clicked(element: HtmlElement) -> bool:
    text = squeezed(element.text_content() or element.get("value") or "")[:_MOST_LETTERS]
    classes = (element.get("class") or "").lower().split()
    return bool(words().click.match(text) or (len(text) <= 1 and words().click_class.intersection(classes)))


def _target(element: HtmlElement, base: str) -> str:
    """Where it leads; a script's call in place of an address leads nowhere that we know."""
    opened = opened_by(element, base)
    return opened or absolute(base, element.get("href") or "")


def _pager_of(anchor: HtmlElement) -> HtmlElement | None:
    """The element that holds the number and its neighbours, over wrappers such as <li> and <span>."""
    parent = anchor.getparent()
    while parent is not None and parent.tag in ("li", "span", "b", "td"):
        parent = parent.getparent()
    return parent


def _pager_text(element: HtmlElement) -> str:
    """What the widest element around it says that is still no more than a pager."""
    said = ""
    for around in islice((element, *element.iterancestors()), 5):
        text = squeezed(around.text_content())
        if len(text) > _PAGER_TEXT or around.tag == "body":
            break
        said = text
    return said


def _has_next(pager: HtmlElement | None) -> bool:
    anchors = pager.iter("a") if pager is not None else ()
    return any(words().next.match(squeezed(anchor.text_content())) for anchor in anchors)


def _says_pages(element: HtmlElement | None) -> bool:
    if element is None:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(re.search(r"pag(e|ing|ination)|fenye", named, re.I))


def _in_calendar(element: HtmlElement) -> bool:
    for around in (element, *element.iterancestors()):
        if _CALENDAR.search(f"{around.get('class') or ''} {around.get('id') or ''}"):
            return True
        if around.tag == "table":
            heads = {squeezed(cell.text_content()).removeprefix("星期") for cell in islice(around.iter("th", "td"), 10)}
            return words().weekdays <= heads
    return False


def _is_disabled(element: HtmlElement) -> bool:
    for around in islice((element, *element.iterancestors()), 2):
        classes = re.split(r"[\s_-]+", (around.get("class") or "").lower())
        if around.get("disabled") is not None or words().disabled.intersection(classes):
            return True
    return False


def _is_last(element: HtmlElement, page: Page) -> bool:
    """Whether the pager is made of links and this its last page, or it says that there is no other page."""
    said = _pager_text(element)
    if words().single.search(said) or re.findall(r"\d+", said) == [_FIRST]:
        return True
    pager = _pager_of(element)
    for anchor in pager.iter("a") if pager is not None else ():
        text = squeezed(anchor.text_content())
        if (words().other.match(text) or _NUMBER.match(text)) and _target(anchor, page.base):
            return True
    return False
