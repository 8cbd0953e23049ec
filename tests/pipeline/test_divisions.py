"""Places by code and by name, their history, and how namesakes are told apart."""

from __future__ import annotations

import csv
import time

import pytest

from pipeline.divisions import CENTRAL, Divisions, divisions
from pipeline.model import Division
from pipeline.resources import REFERENCE


@pytest.fixture(scope="module")
def known() -> Divisions:
    return divisions()


def find(known: Divisions, text: str, **hints: object) -> Division | None:
    """The first place of a text, as narrowly as the names that follow without a gap say it."""
    first = next(known.places(text), None)
    if first is None:
        return None
    codes, name, following = first.codes, first.name, known.at(text, first.stop)
    while following:
        inner = [one for one in following.codes if any(known.belongs(one, outer) for outer in codes)]
        codes, name, following = tuple(inner), following.name, known.at(text, following.stop)
    return known.choose(codes, name=name, text=text, **hints)  # type: ignore[arg-type]


def code(known: Divisions, text: str, **hints: object) -> str | None:
    found = find(known, text, **hints)
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("隆德县公安局", "640423"),
        ("石嘴山市公安局", "640200"),
        ("高青县", "370322"),
        ("洪泽区人民政府", "320813"),
        ("淮安市洪泽区人民政府办公室", "320813"),
        ("宁夏回族自治区公安厅", "640000"),
        ("宁夏公安厅", "640000"),
        ("黔东南州", "522600"),
        ("张家川县", "620525"),
        ("积石山县", "622927"),
        ("海南州教育局", "632500"),
        ("吉林市公安局", "220200"),
        ("地址：山东省淄博市高青县黄河路85号", "370322"),
    ],
)
def test_a_place_is_found_by_its_full_or_short_name(known: Divisions, text: str, expected: str) -> None:
    assert code(known, text) == expected


def test_namesakes_without_a_hint_are_nobody(known: Divisions) -> None:
    assert code(known, "鼓楼区教育局") is None
    assert code(known, "朝阳区教育局") is None


@pytest.mark.parametrize(
    ("within", "expected"),
    [("320000", "320106"), ("350100", "350102"), ("410202", "410204"), ("320302", "320302")],
)
def test_namesakes_are_told_apart_by_the_place_around_them(known: Divisions, within: str, expected: str) -> None:
    """Inside 江苏 there are two 鼓楼区, of which the province alone cannot choose."""
    found = code(known, "鼓楼区", within=[within])
    assert found == (None if within == "320000" else expected)


def test_namesakes_are_told_apart_by_the_enclosing_name(known: Divisions) -> None:
    assert code(known, "北京市朝阳区教育局") == "110105"
    assert code(known, "长春市朝阳区教育局") == "220104"
    namesakes = [one.code for one in known.named("鼓楼区")]
    chosen = known.choose(namesakes, text="联系地址：福州市鼓楼区津泰路98号")
    assert chosen is not None
    assert chosen.code == "350102"


def test_a_county_that_became_a_district_stands_until_the_year_of_the_change(known: Divisions) -> None:
    assert known.in_force("320829", 2015)
    assert known.in_force("320829", 2016)
    assert not known.in_force("320829", 2017)
    assert not known.in_force("320813", 2015)
    assert known.in_force("320813", 2016)
    assert known.in_force("640423", 2024)


def test_a_namesake_that_was_abolished_is_meant_only_in_its_years(known: Divisions) -> None:
    assert code(known, "桥东区", within=["130100"], year=2012) == "130103"
    assert code(known, "桥东区", within=["130000"], year=2022) == "130702"
    renamed = find(known, "邢台市桥东区教育局")
    assert renamed is not None
    assert (renamed.code, renamed.name, renamed.valid_to) == ("130502", "桥东区", 2020)


def test_a_code_of_the_past_leads_to_todays_of_the_same_place(known: Divisions) -> None:
    assert known.today("512081") == "510185"  # 简阳市, from 资阳 to 成都
    assert known.today("320829") == "320813"  # 洪泽县, a district since 2016
    assert known.today("320802") == "320802"  # 清河区 went into 清江浦区 with another one


@pytest.mark.parametrize(
    ("year", "within", "meant"),
    [
        (2010, "520000", "522401"),  # the county, which is 七星关区 now
        (2011, "520000", "520500"),  # the prefecture that took the county's name in this year
        (2011, "520500", "520500"),
        (2011, "520502", "520502"),
        (2018, "520000", "520500"),
        (None, "520000", "520500"),
    ],
)
def test_the_seat_of_a_prefecture_went_on_under_another_name_when_that_became_a_city(
    known: Divisions, year: int | None, within: str, meant: str
) -> None:
    found = find(known, "毕节市人民政府", within=[within], year=year)
    assert found is not None
    assert found.code in (meant, known.today(meant, "毕节市"))
    assert known.today("522401", "毕节市") == "520502"


@pytest.mark.parametrize(
    ("code", "year", "printed", "then"),
    [
        ("320813", 2012, "洪泽区", "320829"),  # a page titled today over a report of 2012
        ("320813", 2015, "洪泽县", "320829"),
        ("320813", 2016, "洪泽县", "320829"),
        ("320813", 2016, "洪泽区", "320813"),
        ("320813", 2020, "洪泽区", "320813"),
        ("330111", 2010, "富阳市", "330183"),
        ("330112", 2018, "临安区", "330112"),
        ("120119", 2014, "蓟县", "120225"),
        ("520502", 2010, "毕节市", "522401"),
        ("520502", 2015, "", "520502"),
        ("370113", 2023, "长清区", "370113"),
        ("371200", 2016, "莱芜市", "371200"),  # a prefecture, which its districts did not go on
    ],
)
def test_a_place_has_the_code_that_stood_in_the_year(
    known: Divisions, code: str, year: int, printed: str, then: str
) -> None:
    place = known.as_of(code, year, printed)
    assert place is not None
    assert place.code == then
    assert known.in_force(then, year)


def test_every_succession_leads_from_a_former_code_to_one_that_stands(known: Divisions) -> None:
    with (REFERENCE / "successions.csv").open(encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) > 400
    used_again = {line["later"] for line in lines}  # 410307 was 洛龙区 and is 偃师区
    for line in lines:
        today = known.get(known.today(line["code"]))
        assert today is not None
        assert not known.in_force(line["code"], 2026) or line["code"] in used_again, line
        assert known.in_force(line["later"], int(line["year"]) + 1), line


def test_children_and_lineage_follow_the_parents(known: Divisions) -> None:
    assert {one.code for one in known.children("640200")} >= {"640202", "640205", "640221"}
    assert [one.code for one in known.lineage("640423")] == ["640423", "640400", "640000"]
    assert [one.code for one in known.lineage("110105")] == ["110105", "110000"]


def test_every_parent_is_known_and_every_span_is_in_order(known: Divisions) -> None:
    for row in known.rows:
        assert row.parent is None or known.get(row.parent) is not None, row
        assert row.valid_from is None or row.valid_to is None or row.valid_from <= row.valid_to, row
        assert len(row.code) == 6
    now = [row for row in known.rows if row.valid_to is None]
    assert sum(row.level == "province" for row in now) == 34
    assert sum(row.level == "city" for row in now) == 333
    assert 2840 <= sum(row.level == "county" for row in now) <= 2860
    assert known.get(CENTRAL) is not None


def test_townships_are_known_by_county_and_name(known: Divisions) -> None:
    street = known.township("520402", "东街街道办事处")
    assert street is not None
    assert street.level == "township"
    assert street.code.startswith("520402")
    assert known.township("520402", "东街街道") == street
    assert known.get(street.code) == street
    assert known.township("640423", "东街街道") is None
    assert len(known.townships()) > 40_000


def test_a_thousand_searches_take_less_than_a_second(known: Divisions) -> None:
    started = time.perf_counter()
    for _ in range(1000):
        list(known.places("根据国务院条例，江苏省淮安市洪泽区人民政府办公室编制本年度报告。" * 3))
    assert time.perf_counter() - started < 1
