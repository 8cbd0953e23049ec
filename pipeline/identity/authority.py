"""From a printed name and what is known around it to the authority: legal name, division, level, department, id."""

from __future__ import annotations

from hashlib import blake2s

from pipeline.divisions import CENTRAL, MUNICIPALITIES, Divisions, divisions
from pipeline.identity.context import Context
from pipeline.identity.departments import OTHER, Departments, departments
from pipeline.identity.names import ParsedName, parse_name
from pipeline.identity.places import place_of
from pipeline.identity.successions import lasting
from pipeline.model import Authority, Division

_GOVERNMENTS = ("人民政府", "行政公署", "政府")
_OFFICE = ("办公", "信息公开")  # the office of the government itself, not one of its departments


def authority_of(name: str, *, context: Context) -> Authority | None:
    """The authority behind a printed name; nothing when its place stays unknown or ambiguous.

    The place: the one in the name; for 市公安局 or 商务局 the one that the text prints in front of that body, else the
    portal's own or the one above it of that kind. Namesakes (鼓楼区) are told apart by the enclosing name printed with
    them, the user's province, the portal and the text, in this order.

    The name: a place stands in it in full (黔东南苗族侗族自治州), and a district of a city always with its city in
    front, as its own seal has it (淮安市洪泽区人民政府), whether a report prints the city or not; counties and
    county-level cities stand alone unless their city is printed. A province in front of a city is left out. Branches
    of central systems and development zones keep the place as they print it (深圳海事局).

    The id depends on the place and the body alone, so that none of these variants changes it, nor does another code of
    the place (撤县设区) or another name of the body (`successions`). Code and name are those of the year."""
    known, kinds = divisions(), departments()
    parsed = parse_name(name, known, kinds)
    if parsed is None:
        return None
    if _is_central(parsed, kinds):
        return _authority(CENTRAL, CENTRAL, "central", parsed, parsed.printed, kinds)
    found = place_of(parsed, context, known)
    if found is None:
        return None
    seat = known.today(found.code, found.name)
    printed = parsed.places[-1].name if parsed.places else ""
    place = known.as_of(seat, context.year, printed) if context.year else found
    assert place is not None
    if parsed.township:
        return _township_authority(place, parsed, known, kinds)
    full = _full_name(place, parsed, known, kinds)
    return _authority(seat, place.code, place.level, parsed, full, kinds)


def government_of(place: Division) -> Authority:
    """The people's government of a division, or the office that stands for one in a prefecture, under the name and the
    id that its own reports get: by the place's name and code in the years of this row."""
    body = _government_body(place.name)
    name = _printed_place(place, divisions(), city_printed=False) + body
    seat = divisions().today(place.code, place.name)
    return Authority(f"{seat}-{name_digest(lasting(body))}", name, place.code, place.level, departments().code_of(body))


def _is_central(parsed: ParsedName, kinds: Departments) -> bool:
    if parsed.places or parsed.generic or parsed.township or kinds.is_zone(parsed.body):
        return False
    return parsed.printed.startswith((*kinds.central.beginnings, *kinds.central.names))


def _authority(
    seat: str, division: str, level: str, parsed: ParsedName, name: str, kinds: Departments, township: str = ""
) -> Authority:
    """`seat` is the place's code today, by which it is one body over the years."""
    body = _body(parsed)
    department = kinds.code_of(body)
    if department == OTHER and parsed.system:  # 中国人民银行 … 分行 and 国家金融监督管理总局 … 分局 are two bodies
        body = parsed.system + body
        department = kinds.code_of(body)
    key = township + lasting(body)
    aliases = tuple(sorted({parsed.printed} - {name}))
    return Authority(f"{seat}-{name_digest(key)}", name, division, level, department, aliases)


def name_digest(name: str) -> str:
    """What stands for a name in ids."""
    return blake2s(name.encode(), digest_size=4).hexdigest()


def _body(parsed: ParsedName) -> str:
    """What is left of a name when its place is gone, the same for all ways to write it."""
    body = parsed.body
    if not parsed.township and not body:
        return _government_body(parsed.places[-1].name if parsed.places else "")
    for government in _GOVERNMENTS:
        rest = body.removeprefix(government)
        if rest != body and rest and not rest.startswith(_OFFICE):
            return departments().spelled_out(rest)  # 人民政府外事办公室 is 外事办公室
    return body


def _government_body(place: str) -> str:
    return "行政公署" if place.endswith(("盟", "地区")) else "人民政府"


def _full_name(place: Division, parsed: ParsedName, known: Divisions, kinds: Departments) -> str:
    body = parsed.body
    if parsed.places and not parsed.places[-1].name and not kinds.seat_of(body):
        return kinds.spelled_out(parsed.printed)  # 公安局青浦分局 has its place inside
    if _keeps_its_place(parsed, kinds):
        return parsed.system + parsed.place + body
    if not body:
        body = _government_body(place.name)
    elif body.startswith("政府"):
        body = _body(parsed)  # 自治区政府国资委
    return _printed_place(place, known, city_printed=_city_is_printed(place, parsed)) + body


def _keeps_its_place(parsed: ParsedName, kinds: Departments) -> bool:
    """Whether the place is a part of the name itself: of zones, and of branches that are no local government's."""
    if parsed.system or kinds.is_zone(parsed.body) or kinds.seat_of(parsed.body):
        return True
    if not parsed.place_is_bare:
        return False
    department = kinds.stem_in(parsed.body)
    own = department is not None and department.own_places and not parsed.body.endswith("厅")
    own = own or parsed.places[-1].name.endswith("兵团")  # 新疆生产建设兵团 is a body and a place at once
    return own or len(parsed.places) > 1


def _city_is_printed(place: Division, parsed: ParsedName) -> bool:
    return any(place.parent in outer.codes for outer in parsed.places[:-1])


def _printed_place(place: Division, known: Divisions, *, city_printed: bool) -> str:
    around = known.get(place.parent) if place.parent else None
    if around is None or place.level != "county":
        return place.name
    if _is_district(place, around) or city_printed:
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
    county = place if known.today(place.code) == county.code else county  # under its name of the year
    city_printed = _city_is_printed(county, parsed)
    around = parsed.place if zone else _printed_place(county, known, city_printed=city_printed)
    government = "人民政府" if "人民政府" in parsed.printed and parsed.body == "街道办事处" else ""
    name = parsed.township.removesuffix("街道") if parsed.body == "街道办事处" else parsed.township
    full = around + government + name + parsed.body
    if township is not None:
        return _authority(township.code, township.code, "township", parsed, full, kinds)
    return _authority(known.today(county.code), county.code, "township", parsed, full, kinds, parsed.township)


def _known_township(place: Division, name: str, known: Divisions) -> Division | None:
    """In the county named; on a city's or province's portal the one township of that name below it."""
    home = known.today(place.code)
    found = known.township(home, name) or known.township(place.code, name)
    if found is not None or place.level == "county":
        return found
    below = [one for one in known.townships_named(name) if one.parent and known.belongs(one.parent, home)]
    return below[0] if len(below) == 1 else None
