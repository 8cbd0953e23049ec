"""Bodies and places over the years: what reforms renamed is one, what they put together is several."""

from __future__ import annotations

import pytest

from pipeline.identity import Context
from tests.support.identity import who


@pytest.mark.parametrize(
    "names",
    [
        {2015: "洪泽县人民政府", 2020: "淮安市洪泽区人民政府"},
        {2012: "洪泽县公安局", 2022: "淮安市公安局洪泽分局", 2018: "淮安市洪泽区公安局"},
        {2012: "富阳市人民政府", 2019: "杭州市富阳区人民政府"},
        {2013: "蓟县环境保护局", 2023: "天津市蓟州区生态环境局"},
        {2012: "洪泽县国土资源局", 2020: "淮安市洪泽区自然资源和规划局"},
        {2012: "石嘴山市卫生局", 2016: "石嘴山市卫计委", 2018: "石嘴山市卫生健康委员会", 2021: "石嘴山市卫生健康局"},
        {2016: "江苏省环境保护厅", 2022: "江苏省生态环境厅"},
        {2015: "石嘴山市安监局", 2022: "石嘴山市应急管理局"},
        {2018: "石嘴山市扶贫办", 2022: "石嘴山市乡村振兴局"},
        {2016: "淮安市国家税务局", 2022: "国家税务总局淮安市税务局"},
        {2020: "中国银行保险监督管理委员会宁夏监管局", 2023: "国家金融监督管理总局宁夏监管局"},
        {2009: "襄樊市人民政府", 2012: "襄阳市人民政府"},
        {2016: "环境保护部", 2020: "生态环境部"},
        {2016: "国家卫生和计划生育委员会", 2020: "国家卫生健康委员会"},
    ],
    ids=lambda names: names[min(names)],
)
def test_a_body_is_one_over_the_years_whatever_reforms_called_it(names: dict[int, str]) -> None:
    bodies = [who(name, Context(year=year)) for year, name in names.items()]
    assert len({body.authority_id for body in bodies}) == 1
    assert len({body.name for body in bodies}) == len(bodies)  # each under its name of the year


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石嘴山市工商行政管理局", "石嘴山市市场监督管理局"),
        ("石嘴山市人口和计划生育委员会", "石嘴山市卫生健康委员会"),
        ("淮安市地方税务局", "国家税务总局淮安市税务局"),
        ("石嘴山市城市管理局", "石嘴山市综合行政执法局"),
        ("莱芜市人民政府", "济南市莱芜区人民政府"),
        ("中国证券监督管理委员会宁夏监管局", "国家金融监督管理总局宁夏监管局"),
        ("中国人民银行石嘴山市分行", "国家金融监督管理总局石嘴山监管分局"),
    ],
)
def test_bodies_that_went_into_a_new_one_or_stand_beside_each_other_are_several(one: str, other: str) -> None:
    assert who(one).authority_id != who(other).authority_id


@pytest.mark.parametrize(
    ("year", "name", "division"),
    [(2012, "洪泽县公安局", "320829"), (2020, "淮安市洪泽区公安局", "320813"), (2012, "富阳市公安局", "330183")],
)
def test_a_report_stands_under_the_code_of_its_year(year: int, name: str, division: str) -> None:
    assert who(name, Context(year=year)).division == division


@pytest.mark.parametrize(
    ("printed", "year", "name", "division"),
    [
        ("思茅市人民政府办公室", 2008, "普洱市人民政府办公室", "530800"),
        ("深圳市光明新区管理委员会", 2016, "深圳市光明新区管理委员会", "440300"),
        ("重庆两江新区管理委员会", 2022, "重庆两江新区管理委员会", "500000"),
        ("天津市静海县人民政府", 2014, "天津市静海县人民政府", "120223"),
        ("上海市南汇区人民政府", 2008, "上海市南汇区人民政府", "310119"),
    ],
)
def test_a_place_is_the_years_own_whatever_it_is_called_later(
    printed: str, year: int, name: str, division: str
) -> None:
    found = who(printed, Context(year=year))
    assert (found.name, found.division) == (name, division)


def test_a_place_whose_code_another_place_has_now_is_not_that_one() -> None:
    """232701 was 加格达奇区 until 2009 and is 漠河市 since 2018."""
    then = who("加格达奇区人民政府", Context(year=2008))
    now = who("大兴安岭地区加格达奇区人民政府", Context(year=2022))
    assert then.division == "232701"
    assert then.authority_id == now.authority_id
    assert who("漠河市人民政府", Context(year=2022)).authority_id != now.authority_id
    assert who("漠河市人民政府", Context(year=2008)).division == "232723"
