"""From a printed name and what is known around it to the authority: legal name, division, level, department, id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

from pipeline.divisions import CENTRAL, MUNICIPALITIES, Divisions, divisions
from pipeline.identity.departments import Departments, departments
from pipeline.identity.names import ParsedName, parse_name
from pipeline.identity.titles import name_in_title
from pipeline.model import Authority, Division

_READ = 4000  # characters of a preamble that are searched for names
_GOVERNMENT_BODIES = ("人民政府", "行政公署")
_OFFICE = ("办公", "信息公开")  # the office of the government itself, not one of its departments
_QUOTED_TITLE = re.compile(r"《([^《》]{4,80})》")
_OF_A_DEPARTMENT = re.compile(r"[我本](?:局|委|厅|镇|乡|街道|中心|支队|大队)")
_BODY = r"([\u3400-\u9fff]{1,25}?(?:人民政府(?:办公[室厅])?|委员会|办事处|[局厅委]))"
_SIGNED = (
    re.compile(rf"由{_BODY}(?:负责)?(?:编制|公布|发布)"),
    re.compile(rf"(?:19|20)\d\d\s*年度?[，,]\s*{_BODY}"),
    re.compile(rf"(?:请与|请联系|请径向|可向){_BODY}"),
)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a printed name. Everything is optional."""

    portal_authority: str = ""
    portal_division: str | None = None
    text: str = ""  # the preamble, as far as it is known
    source: str = ""  # who published, by the page's metadata (ContentSource)
    province: str | None = None  # the user's word: places are looked for there
    authority: str | None = None  # the user's word: this name instead of the printed one
    year: int | None = None


def report_authority(titles: Sequence[str], context: Context) -> Authority | None:
    """Who a report is by: the user's word, the first title that names somebody, then what the preamble quotes or
    says of itself, the metadata's source, and the portal's own authority."""
    for name in _names(titles, context):
        authority = authority_of(name, context=context)
        if authority is not None:
            return authority
    return None


def _names(titles: Sequence[str], context: Context) -> list[str]:
    if context.authority:
        return [context.authority]
    text = context.text[:_READ]
    in_titles = [name for title in titles if (name := name_in_title(title))]
    names = in_titles + [name for quoted in _QUOTED_TITLE.findall(text) if (name := name_in_title(quoted))]
    names += [found[1] for pattern in _SIGNED if (found := pattern.search(text)) and _is_body(found[1])]
    if _is_body(context.source):
        names.append(context.source)
    if not in_titles and _may_speak_for(context.portal_authority, text):
        names.append(context.portal_authority)  # a title that names an unknown body is not the portal's own
    return [name for name in names if name]


def _may_speak_for(portal_authority: str, text: str) -> bool:
    """A government's portal carries its departments' reports too; one that says 我局 is not the government's own."""
    return not (portal_authority.endswith(_GOVERNMENT_BODIES) and _OF_A_DEPARTMENT.search(text))


def _is_body(name: str) -> bool:
    parsed = parse_name(name, divisions(), departments())
    if parsed is None or not (parsed.body or parsed.township):
        return False
    return bool(parsed.township) or departments().code_of(parsed.body) != "other"


def authority_of(name: str, *, context: Context) -> Authority | None:
    """The authority behind a printed name; nothing when its place stays unknown or ambiguous.

    The place: the one in the name; for 市公安局 or 商务局 the one that the text prints in front of that body, else the
    portal's own or the one above it of that kind. Namesakes (鼓楼区) are told apart by the enclosing name printed with
    them, the user's province, the portal and the text, in this order.

    The name: a place stands in it in full (黔东南苗族侗族自治州), and a district of a city always with its city in
    front, as its own seal has it (淮安市洪泽区人民政府), whether a report prints the city or not; counties and
    county-level cities stand alone unless their city is printed. A province in front of a city is left out. Branches
    of central systems and development zones keep the place as they print it (深圳海事局).

    The id depends on the division and the body alone, so that none of these variants changes it. The code is that of
    today where the place kept its name."""
    known, kinds = divisions(), departments()
    parsed = parse_name(name, known, kinds)
    if parsed is None:
        return None
    if _is_central(parsed, kinds, context):
        return _authority(CENTRAL, "central", parsed, parsed.printed, kinds)
    place = _place(parsed, context, known)
    if place is None:
        return None
    if parsed.township:
        return _township_authority(place, parsed, known, kinds)
    full = _full_name(place, parsed, known, kinds)
    return _authority(place.code, place.level, parsed, full, kinds)


def _is_central(parsed: ParsedName, kinds: Departments, context: Context) -> bool:
    if parsed.places or parsed.generic or parsed.township:
        return False
    if parsed.printed.startswith(kinds.central.beginnings):
        return True
    return parsed.printed.startswith(kinds.central.names)


def _authority(
    division: str, level: str, parsed: ParsedName, name: str, kinds: Departments, township: str = ""
) -> Authority:
    body = _body(parsed)
    department = kinds.code_of(body)
    key = township + body
    digest = blake2s(key.encode(), digest_size=4).hexdigest()
    aliases = tuple(sorted({parsed.printed} - {name}))
    return Authority(f"{division}-{digest}", name, division, level, department, aliases)


def _body(parsed: ParsedName) -> str:
    """What is left of a name when its place is gone, the same for all ways to write it."""
    body = parsed.body
    if not parsed.township and not body:
        last = parsed.places[-1].name if parsed.places else ""
        return "行政公署" if last.endswith(("盟", "地区")) else "人民政府"
    for government in (*_GOVERNMENT_BODIES, "政府"):
        rest = body.removeprefix(government)
        if rest != body and rest and not rest.startswith(_OFFICE):
            return departments().spelled_out(rest)  # 人民政府外事办公室 is 外事办公室
    return body


# --- the place -----------------------------------------------------------------------------------------------


def _place(parsed: ParsedName, context: Context, known: Divisions) -> Division | None:
    hints = tuple(code for code in (context.province, context.portal_division) if code and known.get(code))
    if parsed.codes:
        name = parsed.places[-1].name
        return known.choose(parsed.codes, name=name, within=hints, text=context.text[:_READ], year=context.year)
    printed = _place_in_text(parsed, context, known, hints)
    if printed is not None:
        return printed
    if parsed.generic and hints:
        return _above(hints[-1], parsed.generic, known)
    if context.portal_division:
        return known.get(context.portal_division)
    if hints and (parsed.township or parsed.body.endswith("厅")):
        return known.get(hints[-1])
    return None  # a province alone does not say whose 商务局


def _above(home: str, generic: str, known: Divisions) -> Division | None:
    """市 of 市教育局, seen from the portal: its own division, or the first around it of that kind."""
    for division in known.lineage(home):
        if _is_called(division, generic):
            return division
    return None


def _is_called(division: Division, generic: str) -> bool:
    """Whether its own bodies call it so: 区 is a district, an autonomous region is 自治区."""
    return division.name.endswith(generic) and (generic != "区" or division.level == "county")


def _place_in_text(parsed: ParsedName, context: Context, known: Divisions, hints: Sequence[str]) -> Division | None:
    """The place that the source or the text prints directly before the same body, most often where there are several;
    never one outside the portal's division."""
    body = parsed.township or parsed.body
    if len(body) < 2:
        return None
    text = f"{context.source}。{context.portal_authority}。{context.text[:_READ]}"
    votes: dict[str, int] = {}
    for place in known.places(text):
        if not text.startswith(body, place.stop):
            continue
        around = text[max(0, place.start - 20) : place.stop]
        division = _innermost(around, known, hints, context)
        if division is None or (parsed.generic and not _is_called(division, parsed.generic)):
            continue
        if all(known.belongs(division.code, hint) or known.belongs(hint, division.code) for hint in hints):
            votes[division.code] = votes.get(division.code, 0) + 1
    if not votes:
        return None
    return known.get(max(votes, key=lambda code: votes[code]))


def _innermost(around: str, known: Divisions, hints: Sequence[str], context: Context) -> Division | None:
    """The last place of a run of places that ends the string."""
    run = list(known.places(around))
    chain = [run[-1]]
    for place in reversed(run[:-1]):
        if place.stop != chain[0].start:
            break
        chain.insert(0, place)
    codes = chain[0].codes
    for place in chain[1:]:
        inner = tuple(code for code in place.codes if any(known.belongs(code, outer) for outer in codes))
        codes = inner or place.codes
    return known.choose(codes, name=run[-1].name, within=hints, year=context.year)


# --- the full name -------------------------------------------------------------------------------------------


def _full_name(place: Division, parsed: ParsedName, known: Divisions, kinds: Departments) -> str:
    body = parsed.body
    department = kinds.stem_in(_body(parsed))
    own_places = parsed.system or parsed.of_branch or kinds.is_zone(body)
    own_places = own_places or (department is not None and department.own_places)
    if own_places and (parsed.places or kinds.is_zone(body)):
        inside = not parsed.places or parsed.places[-1].name  # else the place stands in the body: 公安局青浦分局
        return parsed.system + parsed.place + body if inside else parsed.printed
    if not body:
        body = "行政公署" if place.name.endswith(("盟", "地区")) else "人民政府"
    elif body.startswith("政府"):
        body = _body(parsed)  # 自治区政府国资委
    return _printed_place(place, parsed, known) + body


def _printed_place(place: Division, parsed: ParsedName, known: Divisions) -> str:
    around = known.get(place.parent) if place.parent else None
    if around is None or place.level != "county":
        return place.name
    city_printed = any(around.code in outer.codes for outer in parsed.places[:-1])
    if _is_district(place, around) or (city_printed and around.level == "city"):
        return around.name + place.name
    return place.name


def _is_district(place: Division, around: Division) -> bool:
    """A district of a city; 特区 and 林区 are counties by another name."""
    of_city = around.code in MUNICIPALITIES or (around.level == "city" and around.name.endswith("市"))
    return of_city and place.name.endswith("区") and not place.name.endswith(("特区", "林区"))


def _township_authority(place: Division, parsed: ParsedName, known: Divisions, kinds: Departments) -> Authority | None:
    """Under its nine-digit code where the reference files know it; else under its county's, told apart by its name."""
    township = _known_township(place, parsed.township, known)
    zone = kinds.is_zone(parsed.township)  # 西咸新区底张街道 has its place in its name
    if township is None and place.level == "province" and not (parsed.places or zone):
        return None
    county = known.get(township.parent) if township and township.parent else place
    assert county is not None
    around = parsed.place if zone else _printed_place(county, parsed, known)
    government = "人民政府" if "人民政府" in parsed.printed and parsed.body == "街道办事处" else ""
    name = parsed.township.removesuffix("街道") if parsed.body == "街道办事处" else parsed.township
    full = around + government + name + parsed.body
    if township is not None:
        return _authority(township.code, "township", parsed, full, kinds)
    return _authority(county.code, "township", parsed, full, kinds, township=parsed.township)


def _known_township(place: Division, name: str, known: Divisions) -> Division | None:
    """In the county named; on a city's or province's portal the one township of that name below it."""
    found = known.township(place.code, name)
    if found is not None or place.level == "county":
        return found
    below = [one for one in known.townships_named(name) if one.parent and known.belongs(one.parent, place.code)]
    return below[0] if len(below) == 1 else None
