"""What titles and navigation labels say: is it an annual disclosure report, does it lead to one, about which year.

The words are data, `config/titles.toml`; whoever has the content decides what a title leaves open.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.numerals import CHINESE_YEAR, year_in_digits
from pipeline.resources import CONFIG

_LONGEST = 300  # of a title that is looked at: titles come from pages that may hold anything
_LONGEST_LABEL = 40
_REMEMBERED = 4096  # titles that were looked at: a row's is asked about from several sides, a menu's on every page
_DROPPED = re.compile(r"[\s\u200b\ufeff\"'“”‘’「」『』《》<>〈〉【】]+")


@dataclass(frozen=True, slots=True)
class _Rules:
    simplify: dict[int, int]
    report: re.Pattern[str]
    report_ending: re.Pattern[str]
    tail: re.Pattern[str]
    corrected: re.Pattern[str]
    passed_on: re.Pattern[str]
    bare_report: re.Pattern[str]
    gathering: re.Pattern[str]
    never: re.Pattern[str]
    of_a_name: re.Pattern[str]
    unless_ending: re.Pattern[str]
    labels: tuple[tuple[float, re.Pattern[str]], ...]
    unit: re.Pattern[str]
    units: frozenset[str]
    unit_reports: re.Pattern[str]
    bodies: re.Pattern[str]
    rank: re.Pattern[str]
    aside: re.Pattern[str]
    hint: re.Pattern[str]
    headings: tuple[str, ...]
    enough_headings: int
    search_words: str
    in_titles: str


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = tomllib.loads((CONFIG / "titles.toml").read_text(encoding="utf-8"))
    report, look_alike, labels, units = data["report"], data["look_alike"], data["labels"], data["units"]
    disclosure, annual = _any_of(report["disclosure"]), _any_of(report["annual"])
    straight = rf"{disclosure}.{{0,{report['gap']}}}?{annual}"
    inverted = rf"{annual}.{{0,{report['inverted_gap']}}}?{disclosure}"
    suffixes = _any_of(labels["suffixes"])
    groups = [(group["score"], group.get("pattern") or _any_of(group["words"])) for group in labels["group"]]
    return _Rules(
        simplify=str.maketrans(data["traditional"], data["simplified"]),
        report=re.compile("|".join([straight, inverted, *report["also"]])),
        report_ending=re.compile(rf"{straight}(的函|全文|文本|[(（]?\d{{4}}年?度?[)）]?|[(（].{{0,12}}[)）])?$"),
        tail=re.compile("|".join(report["tails"])),
        corrected=re.compile(
            rf"[(\[][^()\[\]]{{0,16}}(?:{report['corrected']})[^()\[\]]{{0,6}}[)\]]$|(?:{report['corrected']})[版稿件]?$"
        ),
        passed_on=re.compile("|".join(report["passed_on"])),
        bare_report=re.compile(rf"(.{{0,30}}{_any_of(report['sites'])})?{disclosure}(工作)?{annual}"),
        gathering=re.compile("|".join(report["gathering"])),
        never=re.compile(_any_of(look_alike["always"])),
        of_a_name=re.compile(
            rf"{_any_of(look_alike['in_names'])}[\u4e00-\u9fff]{{0,{look_alike['name_gap']}}}?"
            rf"{_any_of(look_alike['name_endings'])}"
        ),
        unless_ending=re.compile(_any_of(look_alike["unless_ending"])),
        labels=tuple((score, re.compile(rf"{pattern}{suffixes}?")) for score, pattern in groups),
        unit=re.compile(
            rf"{units['year']}|(?!({units['menus']})$)({units['body']}|{_any_of(units['words'])})({units['reports']})?"
        ),
        units=frozenset(units["words"]),
        unit_reports=re.compile(f"{units['reports']}$"),
        bodies=re.compile(units["each"]),
        rank=re.compile(units["rank"]),
        aside=re.compile(units["aside"]),
        hint=re.compile(_any_of(units["hints"])),
        headings=tuple(data["content"]["headings"]),
        enough_headings=data["content"]["enough"],
        search_words=data["labels"]["search"],
        in_titles=data["labels"]["in_titles"],
    )


def normalised(title: str) -> str:
    """The title as the rules compare it: narrow, simplified, without spaces and quotation marks."""
    return _normalised(title[:_LONGEST])


@lru_cache(maxsize=_REMEMBERED)
def _normalised(title: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", title)).translate(_rules().simplify)


def simplified(text: str) -> str:
    """Mirrors for readers of traditional characters (…/gate/big5/…) print the same words in them."""
    return text.translate(_rules().simplify)


def is_report_title(title: str) -> bool | None:
    """True for an annual report's title, False for a look-alike's, None where the title alone cannot tell: a body's
    name, a year, the bare words 政府信息公开年报, which are as often the column's label, a letter that passes a report
    on, or a report's title that goes on with other words."""
    return _is_report_title(normalised(title))


@lru_cache(maxsize=_REMEMBERED)
def _is_report_title(text: str) -> bool | None:
    rules = _rules()
    passed_on = rules.passed_on.search(text)
    judged = text if passed_on is None else text[: passed_on.start()] + passed_on[passed_on.lastindex or 0]
    if rules.never.search(rules.of_a_name.sub("", judged)):
        return False
    if passed_on is not None or (rules.gathering.search(text) and rules.report.search(text)):
        return None
    if rules.unless_ending.search(text) and not rules.report_ending.search(text):
        return False
    if rules.bare_report.fullmatch(text):
        return None
    found = rules.report.search(text)
    return True if found and rules.tail.fullmatch(text, found.end()) else None


def column_score(text: str) -> float:
    """How near a navigation label brings us to a column of annual reports: 1 is its own name, 0 leads nowhere. The
    title of a report is no label."""
    return _column_score(normalised(text))


@lru_cache(maxsize=_REMEMBERED)
def _column_score(text: str) -> float:
    label = text.strip(">»-·•.|:：/()（）[]")
    rules = _rules()
    if (
        not label
        or len(label) > _LONGEST_LABEL
        or rules.never.search(rules.of_a_name.sub("", label))
        or _is_report_title(text)
    ):
        return 0.0
    return max((score for score, pattern in rules.labels if pattern.fullmatch(label)), default=0.0)


def is_column_label(text: str) -> bool:
    """Whether this is the name of an annual-report column itself, not only of the way to it."""
    return column_score(text) >= 0.8


def search_words() -> str:
    """What a portal's own search is asked for."""
    return _rules().search_words


def word_in_titles() -> str:
    """A word without which no title is a report's."""
    return _rules().in_titles


def is_unit_label(text: str) -> bool:
    """Whether a row names only a year or a body, as rows of annual-report columns do: 2024年, 市教育局, 乡镇年报."""
    rules, label = _rules(), normalised(text)
    return any(rules.unit.fullmatch(one) for one in (label, rules.aside.sub("", label)))


def body_of_label(text: str) -> str:
    """The one body that a row or a listing is called after; "" for years, 部门 and 乡镇."""
    rules = _rules()
    label = _YEAR_AROUND.sub("", rules.unit_reports.sub("", _YEAR_AROUND.sub("", normalised(text))))
    is_group = rules.aside.sub("", label).removeprefix("各") in rules.units or label.startswith("历年")
    return label if rules.unit.fullmatch(label) and not is_group else ""


def names_bodies(text: str) -> bool:
    """Whether a menu's label leads to the bodies of a government, each with what it discloses: 部门信息公开."""
    label = normalised(text)
    return len(label) <= _LONGEST_LABEL and bool(_rules().bodies.fullmatch(label))


def without_rank(body: str) -> str:
    """市教育局 is called 教育局 as well."""
    return _rules().rank.sub("", normalised(body))


def names_nobody(title: str) -> bool:
    """Whether a report's title, or a row that is only a year, leaves to the listing whose it is."""
    rest = _YEAR_AROUND.sub("", normalised(title))
    return not rest or bool(_rules().report.match(rest))


def passes_on_report(title: str) -> bool:
    """Whether a letter's or notice's title has a report's in it: it may be the report, or only ask for one."""
    found = _rules().passed_on.search(normalised(title))
    return found is not None and is_report_title(found[found.lastindex or 0]) is True


def is_correction(title: str) -> bool:
    """Whether a report says that it takes an earlier one's place: …年度报告（更正）."""
    return bool(_rules().corrected.search(normalised(title)))


def without_correction(title: str) -> str:
    """The normalised title that the report was called before it was corrected."""
    return _rules().corrected.sub("", normalised(title))


def hints_at_report(text: str) -> bool:
    """Whether a title that tells nothing for sure is worth a look in a column of annual reports."""
    return bool(_rules().hint.search(normalised(text)))


def before_headings(text: str) -> int:
    """How much of a report's text stands before the first of its headings; all of it where there is none."""
    found = (text.find(heading) for heading in _rules().headings)
    return min((place for place in found if place >= 0), default=len(text))


@lru_cache(maxsize=8)  # a page is judged from several sides
def reads_like_report(text: str) -> bool:
    """Whether a page's text carries the section headings of a report."""
    rules = _rules()
    compact = "".join(text.split())
    return sum(heading in compact for heading in rules.headings) >= rules.enough_headings


_YEAR_AROUND = re.compile(r"^(19|20)\d\d年?(年?度)?|(19|20)\d\d年?(年?度)?$")
_YEAR_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_YEAR_ALONE = re.compile(r"(?<![\dA-Za-z])((?:19|20)\d\d)(?!\d)")
_YEAR_CHINESE = re.compile(rf"({CHINESE_YEAR})年?")


def year_of_title(title: str) -> int | None:
    """The year a title names: 2024年, ２０２４年度, 二〇二四年; a bare 2024 where no year is marked as one."""
    text = normalised(title)
    named = _YEAR_NAMED.search(text) or _YEAR_CHINESE.search(text) or _YEAR_ALONE.search(text)
    if named is None:
        return None
    year = int(year_in_digits(named[1]))
    return year if 1990 <= year <= 2100 else None
