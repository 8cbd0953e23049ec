"""A body's printed name, taken apart: the system it is a branch of, its place, its township, and what is left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.divisions import Divisions, Printed
from pipeline.identity.departments import Departments

_MAX_NAME = 60
_NOISE = re.compile(r"[\s\u3000\u00a0《》〈〉“”\"'‘’]")
_BRACKETED_END = re.compile(r"[（(][^（）()]*[）)]$")
_SYSTEM = re.compile(
    r"^(?:国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|中国证券监督管理委员会|中国银行保险监督管理委员会"
    r"|中国银行业监督管理委员会|国家外汇管理局|国家矿山安全监察局|国家粮食和物资储备局|中华人民共和国)(?=.)"
)
_OWN_WORD = re.compile(r"^(?:本|我)(?=[省市州盟区县旗局委])")
_GENERIC = re.compile(r"^(自治区|自治州|自治县|省|市|州|盟|区|县|旗)(?!场|政|容|域|划|直)(?=..)")
_OF_GOVERNMENT = re.compile(r"^(?:人民政府|政府|行政公署|行署)(?=.)")
_TOWNSHIP = re.compile(
    r"^(?P<name>[\u3400-\u9fff]{1,14}?(?:街道|苏木|[镇乡]|(?<!大)街))(?P<body>人民政府|政府|办事处|办)?$"
)


@dataclass(frozen=True, slots=True)
class ParsedName:
    """淮安市洪泽区黄集街道办事处: places (淮安市, 洪泽区), township 黄集街道, body 街道办事处."""

    printed: str
    system: str  # 国家税务总局, of a branch
    places: tuple[Printed, ...]  # from the outside in
    codes: tuple[str, ...]  # divisions that the innermost place can be
    generic: str  # 市, where 市教育局 leaves the place to the reader
    township: str
    body: str  # spelled out, without place; empty for a bare place

    @property
    def place(self) -> str:
        return "".join(place.name for place in self.places)


def parse_name(printed: str, divisions: Divisions, departments: Departments) -> ParsedName | None:
    name = _OWN_WORD.sub("", _BRACKETED_END.sub("", _NOISE.sub("", printed[:_MAX_NAME])))
    if len(name) < 2:
        return None
    system = _SYSTEM.match(name)
    prefix = system[0] if system else ""
    places, codes = _leading_places(name[len(prefix) :], divisions, departments)
    rest = name[len(prefix) + sum(len(place.name) for place in places) :]
    if not places:
        prefix, rest = "", name
    generic = None if places else _GENERIC.match(rest)
    if generic and not departments.begins_with_stem(rest):
        rest = rest[generic.end() :]
    else:
        generic = None
    township, body = _township(rest)
    if not township:
        body = departments.spelled_out(body)
    return ParsedName(name, prefix, places, codes, generic[1] if generic else "", township, body)


def _leading_places(
    text: str, divisions: Divisions, departments: Departments
) -> tuple[tuple[Printed, ...], tuple[str, ...]]:
    """The places at the start, each inside the one before."""
    first = divisions.at(text, 0)
    if first is None:
        bare = _bare_place(text, divisions, departments)
        return ((bare,), bare.codes) if bare else ((), ())
    places, codes = [first], first.codes
    while following := divisions.at(text, places[-1].stop):
        inner = tuple(code for code in following.codes if any(divisions.belongs(code, outer) for outer in codes))
        if not inner:
            break
        places.append(following)
        codes = inner
    if places[-1].stop < len(text) and divisions.province_short(places[-1].name):
        bare = _bare_place(text[places[-1].stop :], divisions, departments)
        inner = (
            tuple(code for code in bare.codes if any(divisions.belongs(code, outer) for outer in codes)) if bare else ()
        )
        if bare and inner:
            places.append(bare)
            codes = inner
    return tuple(places), codes


def _bare_place(text: str, divisions: Divisions, departments: Departments) -> Printed | None:
    """A place without its kind (深圳海事局, 西宁经济技术开发区), believed only where a body begins right after it."""
    for length in range(min(8, len(text) - 2), 1, -1):
        codes = tuple(division.code for division in divisions.named(text[:length]))
        after = text[length:]
        if codes and (departments.begins_with_stem(after) or departments.is_zone(departments.spelled_out(after))):
            return Printed(text[:length], 0, length, codes)
    return None


def _township(rest: str) -> tuple[str, str]:
    """(township, body) when the rest names one; else ("", body)."""
    inner = _OF_GOVERNMENT.sub("", rest)
    found = _TOWNSHIP.match(inner)
    if not found:
        return "", rest
    name = found["name"]
    if name.endswith("街"):
        name += "道"
    return name, "街道办事处" if name.endswith("街道") else "人民政府"
