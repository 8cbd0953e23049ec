"""What a link is called: by its text, its title or a picture in it; what stands beside one that says little."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from crawlers.words import words
from pipeline.titles import column_score, is_column_label, is_report_title, is_unit_label, year_of_title

DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_EMPTY = re.compile(r"[\[(（]\s*[\])）]")
_ENCLOSED = re.compile(r"[\[(（]([^\[\]()（）]*)[\])）]")
_TAG = re.compile(r"<[^>]{0,200}>")
_HEADING_TEXT = 40
_CELLS = ("td", "th")
_MOST_CELLS = 40  # of a row
_ROWS = frozenset({"li", "p", "div", "dd"})


def squeezed(text: str) -> str:
    return " ".join(text.split())


def points_beside(text: str) -> bool:
    """Whether it is 更多, 查看 or the like."""
    return bool(words().more.search(text))


def is_mere_year(text: str) -> bool:
    return bool(words().only_year.search(text))


def link_text(anchor: HtmlElement) -> str:
    """The title attribute where the text is a shortened form of it or says nothing of the report that it names; an
    image's alt where there is no text."""
    text, title = squeezed(anchor.text_content())[:300], squeezed(anchor.get("title") or "")[:300]
    stem = re.sub(r"(\.{2,}|…+)$", "", text)
    shortened = (stem != text and len(title) >= len(stem)) or (stem in title and len(stem) >= 4)
    if title and (not text or shortened or _names_the_report(title, text)):
        return title
    if not text:
        alts = (squeezed(image.get("alt") or "") for image in anchor.iter("img", "area"))
        return next((alt for alt in alts if alt), "")
    return _undated(text)


def plain_title(text: str) -> str:
    """A title that comes as data, as the link with it says it."""
    return _undated(squeezed(unescape(_TAG.sub("", text)))[:300])


def _undated(text: str) -> str:
    undated = _EMPTY.sub("", DATE.sub("", text)).strip(" ·•")
    whole = _ENCLOSED.fullmatch(undated)  # [查看], not …年度报告（更正）
    return (whole[1].strip() if whole else undated) or text


def _names_the_report(title: str, text: str) -> bool:
    """Whether a title attribute tells that 查看, 详情 or 全文 leads to a report. A text that is a look-alike's title is
    believed, and so is a column's name unless the title knows of a year."""
    if is_report_title(title) is not True or is_report_title(text) is not None:
        return False
    return year_of_title(title) is not None or column_score(text) == 0


def said_beside(anchor: HtmlElement, text: str) -> str:
    """What 更多 and 查看 stand for, and whose a year or 年度报告 is in a table of bodies; else the title attribute."""
    if points_beside(text):
        return _in_table(anchor) or _heading_of(anchor)
    if is_mere_year(text) or is_column_label(text):
        head = _head_of_row(anchor)
        if head:
            return head
    title = squeezed(anchor.get("title") or "")[:300]
    return title if title != text else ""


def _heading_of(anchor: HtmlElement) -> str:
    """What stands before 更多: in its own row, else in the element before it."""
    element = anchor
    for _ in range(3):
        parent = element.getparent()
        if parent is None or parent.tag == "body":
            return ""
        own = squeezed(anchor.text_content())
        said = DATE.sub("", squeezed(" ".join(str(part) for part in islice(parent.itertext(), 40))))
        if said and said != own:
            return said.replace(own, "").strip(" >»+|") if len(said) <= _HEADING_TEXT + len(own) else ""
        element = parent
    return ""


# --- in a table ------------------------------------------------------------------------------------------


def _in_table(anchor: HtmlElement) -> str:
    """The name of a cell with 查看: its row's head, with the year or the body over it where the row has not both."""
    cell, cells = _cell_of(anchor)
    head = _first_said(cells)
    if cell is None or not head:
        return ""
    over = _over(cell, cells)
    if year_of_title(over) is not None and year_of_title(head) is None:
        return head + over
    if is_mere_year(head) and is_unit_label(over):
        return over + head
    return head


def _head_of_row(anchor: HtmlElement) -> str:
    """What a row names first, in a cell of its own or before all its links."""
    _, cells = _cell_of(anchor)
    if cells:
        return _first_said(cells)
    row = next((one for one in islice(anchor.iterancestors(), 2) if one.tag in _ROWS), None)
    said = squeezed(row.text or "").strip(" :：") if row is not None else ""
    return said if len(said) <= _HEADING_TEXT else ""


def _cell_of(anchor: HtmlElement) -> tuple[HtmlElement | None, list[HtmlElement]]:
    """The cell that it stands in, and those before it in the row."""
    cell = next((one for one in islice(anchor.iterancestors(), 4) if one.tag in _CELLS), None)
    row = cell.getparent() if cell is not None else None
    if cell is None or row is None or row.tag != "tr":
        return None, []
    cells = [one for one in islice(row, _MOST_CELLS) if one.tag in _CELLS]
    return (cell, cells[: cells.index(cell)]) if cell in cells else (None, [])


def _first_said(cells: list[HtmlElement]) -> str:
    """The first of them that is more than a running number; what says much is no head but a part of the page."""
    texts = (squeezed(cell.text_content()) for cell in cells)
    said = next((text for text in texts if text and not (text.isdigit() and len(text) < 4)), "")
    return said if len(said) <= _HEADING_TEXT else ""


def _over(cell: HtmlElement, before: list[HtmlElement]) -> str:
    """What the table's first row says over a cell."""
    table = next((one for one in islice(cell.iterancestors(), 4) if one.tag == "table"), None)
    first = table.find(".//tr") if table is not None else None
    if first is None or first is cell.getparent():
        return ""
    place = sum(map(_width, before))
    for head in islice((one for one in first if one.tag in _CELLS), _MOST_CELLS):
        place -= _width(head)
        if place < 0:
            said = squeezed(head.text_content())
            return said if len(said) <= _HEADING_TEXT else ""
    return ""


def _width(cell: HtmlElement) -> int:
    spans = cell.get("colspan") or ""
    return min(int(spans), _MOST_CELLS) if spans.isdecimal() else 1
