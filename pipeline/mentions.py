"""Numbers that the narrative states: each with its unit, its sentence, where it stands and what it counts.

Numbers are found by `numerals`; units, metrics and phrases that state a zero are patterns in `config/metrics.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigError
from pipeline.model import Mention
from pipeline.numerals import PrintedNumber, find_numbers, parse_number
from pipeline.resources import CONFIG

MAX_TEXT = 400_000  # of one section; what is behind is not read
MAX_SENTENCE = 2_000
LONGEST_HEADING = 50
REACH = 120  # characters before a number that may say what it counts


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Metric(_Strict):
    metric: tuple[str, ...]
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    units: tuple[str, ...]
    unless: re.Pattern[str] | None = None
    context: re.Pattern[str] | None = None
    each: bool = False


class StatedZero(_Strict):
    metric: tuple[str, ...]
    unit: str
    pattern: re.Pattern[str]


class Metrics(_Strict):
    units: tuple[str, ...]
    masks: tuple[str, ...]
    counting_verbs: re.Pattern[str]
    no_count_after: re.Pattern[str]
    metrics: tuple[Metric, ...]
    zeros: tuple[StatedZero, ...]

    @cached_property
    def unit(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(unit) for unit in sorted(self.units, key=len, reverse=True)))

    @cached_property
    def mask(self) -> re.Pattern[str]:
        return re.compile("|".join(self.masks))


@lru_cache(maxsize=1)
def load_metrics() -> Metrics:
    path = CONFIG / "metrics.toml"
    try:
        return Metrics.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{path.name}: {error}") from error


def mentions(section_number: int, text: str) -> list[Mention]:
    """What a section's text states in numbers, by position; a phrase that states a zero is one too."""
    known = load_metrics()
    text = text[:MAX_TEXT]
    found = [
        mention
        for start, stop in _sentences(text)
        for reader in (_numbers, _zeros)
        for mention in reader(section_number, text, start, stop, known)
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.stop))


# --- Sentences -----------------------------------------------------------------------------------------

_MARKER = r"[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[）)、.．]"
_HEADING = re.compile(rf"\s{{0,8}}{_MARKER}[^，。；]{{0,30}}")
_BREAK = re.compile(rf"[。！？!?；;]{{1,3}}[”’）)]?|\n[ \t\u3000]{{0,8}}(?={_MARKER}(?![0-9]))|\n")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each sentence. A line's end parts sentences only behind a heading or before a numbered
    line: pages cut paragraphs in two."""
    start = 0
    for match in _BREAK.finditer(text):
        if match[0] == "\n" and not (
            match.start() - start < LONGEST_HEADING and _HEADING.fullmatch(text, start, match.start())
        ):
            continue
        yield from _pieces(start, match.end())
        start = match.end()
    yield from _pieces(start, len(text))


def _pieces(start: int, stop: int) -> Iterator[tuple[int, int]]:
    """A text without punctuation is no sentence; bounded pieces keep every pattern's work bounded."""
    for at in range(start, stop, MAX_SENTENCE):
        yield at, min(stop, at + MAX_SENTENCE)


def _readable(sentence: str) -> str:
    return re.sub(r"\s*\n\s*", "", sentence).strip()


# --- Numbers -------------------------------------------------------------------------------------------

_RANGE = re.compile(r"\s*(?:-|—|–|~|～|至|到)\s*")
_CLAUSE_END = re.compile(r"[，,。；;！？]")
_STOPS_BEHIND = re.compile(r"\s*(?:[，,。；;、：:！？）)]|$)")


@dataclass(frozen=True, slots=True)
class _Count:
    """A number with its measure word, offsets in the sentence."""

    value: Decimal
    unit: str
    start: int
    stop: int
    unit_stop: int
    approximate: bool
    in_range: bool  # one end of 3至5件


_TORN = re.compile(r"(?<=[0-9,.])[ \t]{0,4}\n[ \t]{0,4}(?=[0-9])|(?<=[0-9])[ \t]{0,4}\n[ \t]{0,4}(?=[,.][0-9])")


def _numbers(section: int, text: str, start: int, stop: int, known: Metrics) -> Iterator[Mention]:
    """A number that a line's end tore in two is one."""
    sentence, at = text[start:stop], 0
    if not _TORN.search(sentence):
        yield from _numbers_of(section, sentence, known, start)
        return
    places: list[int] = []  # of each remaining character in the text
    for torn in _TORN.finditer(sentence):
        places += range(start + at, start + torn.start())
        at = torn.end()
    places += range(start + at, stop + 1)
    whole = _TORN.sub("", sentence)
    for mention in _numbers_of(section, whole, known, 0):
        yield replace(mention, start=places[mention.start], stop=places[mention.stop - 1] + 1)


def _numbers_of(section: int, sentence: str, known: Metrics, offset: int) -> Iterator[Mention]:
    """Places count from `offset`."""
    behind = 0  # where the previous count's unit ended
    readable = _readable(sentence)
    for count in _counts(sentence, known):
        before = re.sub(r"\s", "", sentence[max(behind, count.start - REACH) : count.start])
        after = re.sub(r"\s", "", _CLAUSE_END.split(sentence[count.unit_stop : count.unit_stop + REACH])[0])
        metrics = () if count.in_range else _metrics(count, before, after, sentence, known)
        for metric in metrics or (None,):
            yield Mention(
                section,
                metric,
                count.value,
                count.unit,
                count.approximate or count.in_range,
                readable,
                offset + count.start,
                offset + count.stop,
            )
        behind = count.unit_stop


def _counts(sentence: str, known: Metrics) -> Iterator[_Count]:
    masked = known.mask.sub(lambda match: "#" * len(match[0]), sentence)
    numbers = list(find_numbers(masked))
    joined = [bool(_RANGE.fullmatch(masked, one.stop, two.start)) for one, two in pairwise(numbers)]
    for place, number in enumerate(numbers):
        opens, closes = place < len(joined) and joined[place], place > 0 and joined[place - 1]
        match = known.unit.match(masked, numbers[place + 1].unit_at if opens else number.unit_at)
        if number.share:
            unit, unit_stop = "%", number.stop
        elif match is None:
            unit, unit_stop = "", number.unit_at
        else:
            unit, unit_stop = match[0].replace("％", "%"), number.stop if opens else match.end()
        if not _is_count(number, unit, unit_stop, masked, known):
            continue
        value, unit, stop = _in_printed_money(number, unit, masked)
        yield _Count(value, unit, number.start, stop, unit_stop, number.approximate, opens or closes)


def _is_count(number: PrintedNumber, unit: str, unit_stop: int, text: str, known: Metrics) -> bool:
    if not unit:  # 关注人数达50.9万
        return not number.chinese and text[number.stop - 1] in "万亿"
    if number.share or not number.chinese:
        return True
    if known.no_count_after.match(text, unit_stop):
        return False
    if number.value >= 10 or number.approximate:
        return True
    return bool(_STOPS_BEHIND.match(text, unit_stop) or known.counting_verbs.search(text, 0, number.start))


def _in_printed_money(number: PrintedNumber, unit: str, text: str) -> tuple[Decimal, str, int]:
    """Of 1.2万元 the unit is 万元 and the number 1.2; of 1.2万件 the number is 12000."""
    if unit != "元" or number.chinese or text[number.stop - 1] not in "万亿":
        return number.value, unit, number.stop
    stop = number.start + len(text[number.start : number.stop - 1].rstrip())
    value = parse_number(text[number.start : stop])
    return (number.value, unit, number.stop) if value is None else (value, text[number.stop - 1] + unit, stop)


def _metrics(count: _Count, before: str, after: str, sentence: str, known: Metrics) -> tuple[str, ...]:
    clauses = re.split("[，,]", before)
    window, own = "，".join(clauses[-2:]), clauses[-1]
    for metric in known.metrics:
        if (
            count.unit in metric.units
            and (metric.before is None or metric.before.search(window))
            and (metric.after is None or metric.after.match(after))
            and (metric.unless is None or not metric.unless.search(own + "#" + after.split("、")[0]))
            and (count.value == 0 or metric.context is None or metric.context.search(sentence))
            and (len(metric.metric) == 1 or metric.each or count.value == 0)
        ):
            return metric.metric
    return ()


# --- Stated zeros --------------------------------------------------------------------------------------


def _zeros(section: int, text: str, start: int, stop: int, known: Metrics) -> Iterator[Mention]:
    sentence = text[start:stop]
    compact = "".join(sentence.split())  # a line's end may part 行政 and 复议
    found = [(stated, match) for stated in known.zeros for match in stated.pattern.finditer(compact)]
    if not found:
        return
    printed = [place for place, character in enumerate(sentence) if not character.isspace()]
    readable = _readable(sentence)
    for stated, match in found:
        first, last = start + printed[match.start()], start + printed[match.end() - 1] + 1
        for metric in stated.metric:
            yield Mention(section, metric, Decimal(0), stated.unit, False, readable, first, last)
