"""Titles of reports: putting a title together from its printed lines, and finding the authority that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.identity.departments import departments
from pipeline.numerals import CHINESE_YEAR
from pipeline.titles import simplified

_CJK = r"\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_SPACE = re.compile(r"[\s\u00a0\u3000]+")
_ASCII_SEAM = re.compile(r"[A-Za-z]$")


_MAX_TITLE = 300  # nothing longer is a title
_SUBJECT = re.compile(r"(?:政府|政务)?信息(?:主动)?公开|政务公开")
_REPORT = re.compile(r"年?度?报告?|年报")
_YEAR = re.compile(rf"(?:19|20)\d\d(?:[-—至](?:19|20)?\d\d)?(?:年度?|年份)?|(?:{CHINESE_YEAR}|二[〇○零][一二]?十)年度?")
_SEPARATOR = re.compile(r"[|｜>＞_＿:：]|\s[-—–]+\s|——|[【】]")
_QUOTES = re.compile(r"[《》〈〉<>“”\"'‘’「」『』]")
_BRACKETED_END = re.compile(r"[（(][^（）()]*[）)]$")
_LEAD = re.compile(r"^(?:转发|关于|发布|公布|公开|印发|报送|上报|呈报|提交)+")
_TRAIL = re.compile(r"(?:关于|的|年度?|[-—、，,。])+$")
_FORMAT_NOTICE = re.compile(r"国务院办公厅|印发|格式")
_BODY_END = re.compile(
    r"(?:人民政府|政府|公署|行署|办事处|街道办?|委员会|管委会|[局厅委院所办署]|办公[室厅]|总队|支队|大队|中心|分行|部门|海关)$"
)


def tidy_title(lines: Sequence[str]) -> str:
    """One title from its printed lines. White space between two Chinese characters is layout and goes; between a
    Chinese character and a digit it is kept as printed."""
    title = ""
    for line in lines:
        line = _SPACE.sub(" ", line).strip()
        seam = " " if title and _ASCII_SEAM.search(title) and re.match(r"[A-Za-z]", line) else ""
        title += seam + line
    return _GAP.sub("", title)


def name_in_title(title: str) -> str | None:
    """The authority as a report's title prints it, in full or short; nothing if the title names none.

    What stands before the subject (政府信息公开) and is not the year is the name. A title that is only a name
    (市教育局, as link texts are, or 市教育局2024年) names itself."""
    if len(title) > _MAX_TITLE:
        return None
    title = simplified(title)
    for part in _SEPARATOR.split(tidy_title([title])):
        part = _QUOTES.sub("", _SPACE.sub("", part))
        subject = _SUBJECT.search(part)
        if subject and _REPORT.search(part, subject.end()):
            return _before_subject(part[: subject.start()], subject[0])
    whole = re.sub(rf"^(?:{_YEAR.pattern})|(?:{_YEAR.pattern})$", "", _QUOTES.sub("", _SPACE.sub("", title)))
    return whole if len(whole) <= 30 and _BODY_END.search(whole) and departments().code_of(whole) != "other" else None


def _before_subject(head: str, subject: str) -> str | None:
    if _FORMAT_NOTICE.search(head):
        return None
    name = _LEAD.sub("", _TRAIL.sub("", _YEAR.sub("", _LEAD.sub("", head))))
    name = re.sub(r"^\d+|\d+$", "", name)
    if name.endswith("人民") and subject.startswith("政府"):
        name += "政府"  # 二道区人民政府信息公开: one 政府 printed for two
    name = _BRACKETED_END.sub("", name)
    if name == "中华人民共和国" or not 2 <= len(name) <= 40:
        return None
    return name
