"""A body's printed name, taken apart: the system it is a branch of, its place, its township, and what is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.divisions import Divisions, Printed
from pipeline.identity.departments import Departments

_MAX_NAME = 60
_KINDS = ("省", "市", "区", "县", "旗", "州", "盟")
_NOISE = re.compile(r"[\s\u3000\u00a0《》〈〉“”\"'‘’]")
_BRACKETED_END = re.compile(r"[（(][^（）()]*[）)]$")
_WIDE = str.maketrans("()", "（）")
_AS_A_WHOLE = re.compile(r"(?<=[局厅委院会室])(?:机关)?本级$|(?<=人民政府)(?:机关)?本级$")
_SYSTEM = re.compile(
    r"^(?:国家税务总局|国家统计局|中国人民银行|国家金融监督管理总局|中国证券监督管理委员会|中国银行保险监督管理委员会"
    r"|中国银行业监督管理委员会|国家能源局|中国（(?=[^（）]{2,6}）自由贸易)|国家外汇管理局|国家矿山安全监察局|国家粮食和物资储备局|中华人民共和国)(?=.)"
)
_BRANCH = re.compile(r"([\u3400-\u9fff]{2,10})局([\u3400-\u9fff]{2,8}?)分局")
_FREE_TRADE_PART = re.compile(r"自由贸易试验区([\u3400-\u9fff]{2,6})片区")
_OWN_WORD = re.compile(r"^(?:本|我)(?=[省市州盟区县旗局委])")
_GENERIC = re.compile(r"^(自治区|自治州|自治县|省|市|州|盟|区|县|旗)(?!场|政(?!府)|容|域|划|直)(?=..)")
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

    @property
    def place_is_bare(self) -> bool:
        """Whether the innermost place is printed without its kind: 深圳海事局, 内江市隆昌生态环境局."""
        return bool(self.places) and not self.places[-1].name.endswith(_KINDS)


def parse_name(printed: str, divisions: Divisions, departments: Departments) -> ParsedName | None:
    name = _OWN_WORD.sub("", _BRACKETED_END.sub("", _NOISE.sub("", printed[:_MAX_NAME]).translate(_WIDE)))
    name = _AS_A_WHOLE.sub("", name)
    if len(name) < 2:
        return None
    system = _SYSTEM.match(name)
    prefix = system[0] if system else ""
    places = _leading_places(name[len(prefix) :], divisions, departments)
    if not places:
        prefix = ""
    rest = name[len(prefix) + sum(len(place.name) for place in places) :]
    generic = None if places or departments.begins_with_stem(rest) else _GENERIC.match(rest)
    if generic:
        rest = rest[generic.end() :]
    branch = _branch(rest, places, divisions)
    if branch:
        places, body, township = [*places, branch], _BRANCH.sub(r"\1分局", rest), ""
    else:
        township, body = _township(rest)
    if not township:
        body = departments.spelled_out(body)
    codes = places[-1].codes if places else ()
    return ParsedName(name, prefix, tuple(places), codes, generic[1] if generic else "", township, body)


def _leading_places(text: str, divisions: Divisions, departments: Departments) -> list[Printed]:
    """The places at the start, each with those of its codes that lie inside the one before."""
    places: list[Printed] = []
    position = 0
    while following := divisions.at(text, position):
        inner = _inside(places, following, divisions)
        if inner is None:
            break
        places.append(inner)
        position = inner.stop
    if len(places) == 1 and divisions.province_short(places[0].name) and departments.is_zone(text[position:]):
        cities = tuple(division.code for division in divisions.cities_called(places[0].name))
        places = [replace(places[0], codes=places[0].codes + cities)]  # 吉林经济技术开发区 is 吉林市's
    seat = departments.seat_of(text[position:])
    if seat:
        return [*places, Printed("", 0, 0, (seat,))]
    bare = _bare_place(text[position:], divisions, departments)
    if bare and not places:
        cities = tuple(code for code in bare.codes if _is_city(code, divisions))
        bare = replace(bare, codes=cities or bare.codes)  # 西安高新技术产业开发区 is 西安市's, of no 西安区
    inner = _inside(places, bare, divisions) if bare else None
    return [*places, inner] if inner else places


def _is_city(code: str, divisions: Divisions) -> bool:
    division = divisions.get(code)
    return division is not None and division.level == "city"


def _inside(places: Sequence[Printed], place: Printed, divisions: Divisions) -> Printed | None:
    if not places:
        return place
    outer = places[-1].codes
    codes = tuple(code for code in place.codes if code not in outer and any(divisions.belongs(code, o) for o in outer))
    codes = codes or tuple(code for code in place.codes if any(_governs(one, code, divisions) for one in outer))
    return replace(place, codes=codes) if codes else None


def _governs(outer: str, code: str, divisions: Divisions) -> bool:
    """伊犁哈萨克自治州 governs prefectures, which the code book puts beside it."""
    around, inner = divisions.get(outer), divisions.get(code)
    if around is None or inner is None or around.parent != inner.parent:
        return False
    return around.name.endswith("自治州") and inner.name.endswith("地区")


def _branch(rest: str, places: Sequence[Printed], divisions: Divisions) -> Printed | None:
    """The place inside 公安局青浦分局, 生态环境局襄州分局, 自由贸易试验区厦门片区管理委员会."""
    found = _BRANCH.fullmatch(rest) or _FREE_TRADE_PART.search(rest)
    if not found or not places:
        return None
    codes = tuple(division.code for division in divisions.named(found[found.re.groups]))
    return _inside(places, Printed("", 0, 0, codes), divisions)


def _bare_place(text: str, divisions: Divisions, departments: Departments) -> Printed | None:
    """A place without its kind (深圳海事局, 西宁经济技术开发区), believed only where a body begins right after it."""
    for length in range(min(8, len(text) - 2), 1, -1):
        codes = tuple(division.code for division in divisions.named(text[:length]))
        after = text[length:]
        if codes and (departments.begins_body(after) or departments.is_zone(departments.spelled_out(after))):
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
