"""From a printed name to the authority: legal name, place, level, department, the same id for every way to print it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.identity import Context, authority_of
from tests.support.identity import NOWHERE, who

PRINTED = Path(__file__).parents[2] / "fixtures" / "identity" / "printed_names.csv"


def printed_names() -> list[dict[str, str]]:
    with PRINTED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("line", printed_names(), ids=lambda line: line["printed"])
def test_a_printed_name_gives_the_authority(line: dict[str, str]) -> None:
    found = who(line["printed"])
    told = {"name": found.name, "division": found.division, "level": found.level, "department": found.department}
    assert {"printed": line["printed"], **told} == line


@pytest.mark.parametrize(
    ("printed", "name", "division"),
    [
        ("荣昌区河包镇人民政府", "重庆市荣昌区河包镇人民政府", "500153109"),
        ("天津市滨海新区新港街", "天津市滨海新区新港街道办事处", "120116"),
        ("北京市朝阳区人民政府朝外街道办事处", "北京市朝阳区人民政府朝外街道办事处", "110105"),
        ("西秀区东街街道办事处", "安顺市西秀区东街街道办事处", "520402"),
    ],
)
def test_townships_and_streets_have_nine_digits_and_their_own_level(printed: str, name: str, division: str) -> None:
    found = who(printed)
    assert found.name == name
    assert found.division.startswith(division)
    assert len(found.division) == 9
    assert (found.level, found.department) == ("township", "government")


def test_every_way_to_print_a_body_gives_one_id() -> None:
    assert (
        len({who(name).authority_id for name in ("洪泽区人民政府", "淮安市洪泽区人民政府", "江苏省淮安市洪泽区政府")})
        == 1
    )
    assert len({who(name).authority_id for name in ("江苏省卫生健康委", "江苏省卫生健康委员会", "江苏省卫健委")}) == 1
    zone = ("石嘴山高新区管委会", "石嘴山高新技术产业开发区管理委员会", "石嘴山市高新区管委会", "石嘴山高新区")
    assert len({who(name).authority_id for name in zone}) == 1
    assert len({who(name).authority_id for name in ("重庆市公安局渝中区分局", "重庆市渝中区公安分局")}) == 1
    assert who("中卫市公安局").authority_id != who("石嘴山市公安局").authority_id
    assert who("银川市人民政府").authority_id != who("银川市人民政府办公室").authority_id
    assert who("石嘴山市公安局").authority_id == "640200-b1c207e2"  # in published warehouses: must never change


def test_a_name_that_was_printed_shorter_is_kept_as_an_alias() -> None:
    assert who("洪泽区人民政府").aliases == ("洪泽区人民政府",)
    assert who("淮安市洪泽区人民政府").aliases == ()


@pytest.mark.parametrize(
    ("printed", "division"),
    [("市公安局", "640200"), ("自治区公安厅", "640000"), ("区教育局", "640202"), ("教育局", "640202")],
)
def test_a_short_name_takes_its_place_from_the_portal(printed: str, division: str) -> None:
    found = who(printed, Context(portal_division="640202", portal_authority="石嘴山市大武口区人民政府"))
    assert found.division == division


@pytest.mark.parametrize("printed", ["县政府", "县人民政府"])
def test_a_government_is_one_body_however_short_a_row_calls_it(printed: str) -> None:
    found = who(printed, Context(portal_division="341824", portal_authority="绩溪县人民政府"))
    assert found.authority_id == who("绩溪县人民政府").authority_id


def test_a_short_name_takes_its_place_from_the_text_before_the_portal() -> None:
    text = "本报告由新泰市应急管理局编制。2022年，新泰市应急管理局认真落实山东省应急管理厅部署。"
    assert who("应急管理局", Context(text=text)).division == "370982"
    assert who("应急管理局", Context(text=text, portal_division="370900")).division == "370982"
    assert who("应急管理局", Context(text=text, portal_division="640202")).division == "640202"


def test_a_text_of_nothing_but_places_is_read_in_bounded_time() -> None:
    assert authority_of("公安局", context=Context(text="江苏省淮安市洪泽区" * 2000 + "公安局")) is None


def test_an_unknown_place_is_not_guessed() -> None:
    assert authority_of("商务局", context=NOWHERE) is None
    assert authority_of("商务局", context=Context(province="650000")) is None
    assert authority_of("鼓楼区教育局", context=NOWHERE) is None
    assert who("鼓楼区教育局", Context(portal_division="350100")).division == "350102"
    assert who("鼓楼区教育局", Context(province="410000")).name == "开封市鼓楼区教育局"
    assert authority_of("某某县大寨镇人民政府", context=NOWHERE) is None
