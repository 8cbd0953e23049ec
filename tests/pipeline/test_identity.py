"""Who a report is by: names taken apart, places resolved, the same id for every way to print a body."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity import Context, authority_of, name_in_title, report_authority, tidy_title
from pipeline.identity.departments import departments
from pipeline.model import Authority, Portal
from pipeline.registry import load_portals
from pipeline.resources import CONFIG

OBSERVED = Path(__file__).parent.parent / "fixtures" / "identity" / "observed_titles.jsonl"
NOWHERE = Context()


def who(name: str, context: Context = NOWHERE) -> Authority:
    found = authority_of(name, context=context)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("printed", "name", "division", "level", "department"),
    [
        ("隆德县公安局", "隆德县公安局", "640423", "county", "public_security"),
        ("中卫市公安局", "中卫市公安局", "640500", "city", "public_security"),
        ("石嘴山市公安局", "石嘴山市公安局", "640200", "city", "public_security"),
        ("高青县公安局", "高青县公安局", "370322", "county", "public_security"),
        ("怀远县公安局", "怀远县公安局", "340321", "county", "public_security"),
        ("洪泽区人民政府", "淮安市洪泽区人民政府", "320813", "county", "government"),
        ("宁夏公安厅", "宁夏回族自治区公安厅", "640000", "province", "public_security"),
        ("天津市", "天津市人民政府", "120000", "province", "government"),
        ("北京市大兴区教育委员会", "北京市大兴区教育委员会", "110115", "county", "education"),
        ("上海市浦东新区", "上海市浦东新区人民政府", "310115", "county", "government"),
        ("水利部", "水利部", "000000", "central", "water"),
        ("国家外汇管理局", "国家外汇管理局", "000000", "central", "financial_regulation"),
        ("国家税务总局银川市税务局", "国家税务总局银川市税务局", "640100", "city", "taxation"),
        ("国家统计局湖北调查总队", "国家统计局湖北调查总队", "420000", "province", "statistics"),
        ("中国人民银行石嘴山市分行", "中国人民银行石嘴山市分行", "640200", "city", "financial_regulation"),
        ("苏州市公安局工业园区分局", "苏州市公安局工业园区分局", "320500", "city", "public_security"),
        ("新疆生产建设兵团第八师", "新疆生产建设兵团第八师", "650000", "province", "other"),
        ("北京经济技术开发区管理委员会", "北京经济技术开发区管理委员会", "110000", "province", "development_zone"),
        ("济南市市中区财政局", "济南市市中区财政局", "370103", "county", "finance"),
        ("莫力达瓦旗人民政府", "莫力达瓦达斡尔族自治旗人民政府", "150722", "county", "government"),
        ("东莞市长安镇人民政府", "东莞市长安镇人民政府", "441900119", "township", "government"),
        ("大武口区水务局", "石嘴山市大武口区水务局", "640202", "county", "water"),
        ("内江市隆昌生态环境局", "内江市隆昌生态环境局", "511083", "county", "ecology"),
        ("深圳海事局", "深圳海事局", "440300", "city", "maritime"),
        ("四川省成都市双流区气象局", "成都市双流区气象局", "510116", "county", "meteorology"),
        ("黔东南州人民政府（州政府办公室）", "黔东南苗族侗族自治州人民政府", "522600", "city", "government"),
        ("银川市人民政府办公室", "银川市人民政府办公室", "640100", "city", "government_office"),
        (
            "中国（上海）自由贸易试验区临港新片区管理委员会",
            "中国（上海）自由贸易试验区临港新片区管理委员会",
            "310000",
            "province",
            "development_zone",
        ),
        (
            "中国(福建)自由贸易试验区厦门片区管委会",
            "中国（福建）自由贸易试验区厦门片区管理委员会",
            "350200",
            "city",
            "development_zone",
        ),
        ("西安高新技术产业开发区管理委员会", "西安高新技术产业开发区管理委员会", "610100", "city", "development_zone"),
        (
            "陕西省西咸新区开发建设管理委员会",
            "陕西省西咸新区开发建设管理委员会",
            "610000",
            "province",
            "development_zone",
        ),
        ("九华山风景区管委会", "九华山风景区管理委员会", "341700", "city", "development_zone"),
        ("曹妃甸工业区管理委员会", "曹妃甸工业区管理委员会", "130209", "county", "development_zone"),
        ("第八师石河子市", "第八师石河子市", "659001", "county", "government"),
        ("洛阳市伊滨区人民政府", "洛阳市伊滨区人民政府", "410300", "city", "government"),
        ("湖南省住房和城乡建设厅本级", "湖南省住房和城乡建设厅", "430000", "province", "housing"),
        (
            "中国银行保险监督管理委员会宁波监管局",
            "中国银行保险监督管理委员会宁波监管局",
            "330200",
            "city",
            "financial_regulation",
        ),
        ("中国人民银行成都分行", "中国人民银行成都分行", "510100", "city", "financial_regulation"),
        ("上海市公安局浦东分局", "上海市公安局浦东分局", "310115", "county", "public_security"),
        ("江苏省卫生健康委", "江苏省卫生健康委员会", "320000", "province", "health"),
        ("上海市公安局青浦分局", "上海市公安局青浦分局", "310118", "county", "public_security"),
        ("西宁经济技术开发区", "西宁经济技术开发区管理委员会", "630100", "city", "development_zone"),
        ("盂县教育科技局", "盂县教育科技局", "140322", "county", "education"),
        ("金凤区住房城乡建设和交通局", "银川市金凤区住房城乡建设和交通局", "640106", "county", "housing"),
        ("某某县大寨镇人民政府", "某某县大寨镇人民政府", "", "", ""),
    ],
)
def test_a_printed_name_gives_the_authority(
    printed: str, name: str, division: str, level: str, department: str
) -> None:
    found = authority_of(printed, context=NOWHERE)
    if not division:
        assert found is None
        return
    assert found is not None
    assert (found.name, found.division, found.level, found.department) == (name, division, level, department)


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


@pytest.mark.parametrize("year", ["二00八", "二〇〇八", "二○○八", "二０○八", "二零零八", "二OO八", "二ＯＯ八"])
def test_a_year_in_chinese_digits_is_no_part_of_a_name(year: str) -> None:
    assert name_in_title(f"咸阳市审计局{year}年政府信息公开工作年度报告") == "咸阳市审计局"


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


def test_the_preamble_says_who_reports_when_no_title_does() -> None:
    quoted = Context(text="现发布《中卫市公安局 2024 年政府信息公开工作年度报告》，本报告统计数据从…")
    assert report_authority(["2024年政府信息公开工作年度报告"], quoted) == who("中卫市公安局")
    contact = Context(text="如有疑问，请与怀远县公安局办公室联系（地址：…）。")
    assert report_authority([], contact) == who("怀远县公安局")
    compiled = Context(text="本报告由淮安市洪泽区人民政府办公室编制。")
    assert report_authority([], compiled) == who("淮安市洪泽区人民政府")


def test_a_department_on_its_governments_portal_is_not_taken_for_the_government() -> None:
    portal = Context(portal_authority="新乐市人民政府", portal_division="130184")
    bare = ["2023年政府信息公开工作年度报告"]
    assert report_authority(bare, portal) == who("新乐市人民政府")
    assert report_authority(bare, replace(portal, text="2023年，我局认真贯彻条例。")) is None
    assert report_authority(bare, replace(portal, source="新乐市审计局")) == who("新乐市审计局")
    site_name = [*bare, "新乐市人民政府"]
    assert report_authority(site_name, replace(portal, source="新乐市审计局")) == who("新乐市审计局")
    assert report_authority(["鼓楼区教育局2023年政府信息公开工作年度报告"], portal) is None


def test_the_users_word_comes_before_the_print() -> None:
    context = Context(authority="石嘴山市公安局", text="《隆德县公安局2024年政府信息公开工作年度报告》")
    assert report_authority(["隆德县公安局2024年政府信息公开工作年度报告"], context) == who("石嘴山市公安局")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["隆德县公安局 2024 年政府信息公开工作 年度报告"], "隆德县公安局 2024 年政府信息公开工作年度报告"),
        (["", "中卫市公安局", "", "2024 年政府信息公开工作年度报告"], "中卫市公安局2024 年政府信息公开工作年度报告"),
        (["怀远县公安局2024年政府信息公开工作", "年度报告"], "怀远县公安局2024年政府信息公开工作年度报告"),
        (["石嘴山市公安局 2022 年政府信息公开工作年度报告"], "石嘴山市公安局 2022 年政府信息公开工作年度报告"),
        (["衡水市水利局　2023年  政府信息公开工作年度 报 告"], "衡水市水利局 2023年政府信息公开工作年度报告"),
        ([], ""),
    ],
)
def test_a_title_is_put_together_without_layout_gaps(lines: list[str], title: str) -> None:
    assert tidy_title(lines) == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("隆德县公安局 2024 年政府信息公开工作 年度报告", "隆德县公安局"),
        ("2023年度石嘴山市教育局政府信息公开工作年度报告", "石嘴山市教育局"),
        ("关于××局2020年政府信息公开年度报告的函", "××局"),
        ("渭南市水务局 关于2014年度政府信息公开年度报告的函", "渭南市水务局"),
        ("二〇二三年长春市二道区人民政府信息公开工作年度报告", "长春市二道区人民政府"),
        ("四平市公安局政府信息公开工作2021年度报告", "四平市公安局"),
        ("2008年度衡阳市政府信息公开工作年度报告", "衡阳市"),
        ("西藏自治区人民政府2009年政府信息公開年度報告", "西藏自治区人民政府"),
        ("市教育局", "市教育局"),
        ("2024年政府信息公开工作年度报告", None),
        ("《中华人民共和国政府信息公开工作年度报告格式》", None),
        ("中华人民共和国政府信息公开条例", None),
        ("政府信息公开年报", None),
        ("", None),
    ],
)
def test_the_name_in_a_title(title: str, name: str | None) -> None:
    assert name_in_title(title) == name


def observed_reports() -> list[dict[str, str]]:
    lines = [json.loads(line) for line in OBSERVED.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["kind"] == "report"]


def test_observed_titles_lead_to_the_authority_that_is_known_for_the_page() -> None:
    """Ten of the 211 name nobody. Of the eight that lead elsewhere, six print the government where the collection has
    its office: there the title is right."""
    portals: dict[str, Portal] = {}
    for portal in load_portals([CONFIG / "portals"]):
        portals |= dict.fromkeys((urlsplit(portal.url).netloc, *portal.hosts), portal)
    named = right = 0
    for line in observed_reports():
        portal_of_page = portals.get(urlsplit(line["url"]).netloc)
        division = portal_of_page.division if portal_of_page else None
        province = line["province"] if line["province"] != "000000" else None
        expected = authority_of(line["authority"], context=Context(province=province, portal_division=division))
        name = name_in_title(line["title"])
        if name is None:
            continue
        named += 1
        found = authority_of(name, context=Context(portal_division=division))
        right += found is not None and expected is not None and found.authority_id == expected.authority_id
    assert named >= 201
    assert right / named >= 0.95


def test_every_department_has_one_code_and_titles_in_two_languages() -> None:
    kinds = departments()
    assert len(kinds.codes) == len(set(kinds.codes)) >= 60
    assert {"public_security", "government", "education", "finance", "market_regulation"} <= set(kinds.codes)
    assert all(one.zh and one.en and one.names for one in kinds.department)


printed = st.text(
    alphabet=st.sampled_from("淮安市洪泽区人民政府公局街道办事处镇乡2024年度信息开工作报告（）《》 \n省a"), max_size=60
)


@given(printed)
def test_no_text_breaks_the_reading_of_names(text: str) -> None:
    name_in_title(text)
    report_authority([text], Context(text=text, source=text, portal_division="320813"))
    assert tidy_title([tidy_title([text])]) == tidy_title([text])


SEED_TITLE = ["高青县公安局2024年政府信息公开工作年度报告"]


def test_a_body_that_nobody_knows_is_taken_by_the_users_name_in_the_place_of_the_report() -> None:
    authority = report_authority(SEED_TITLE, Context(authority="某某测试中心"))
    assert authority is not None
    assert (authority.name, authority.division) == ("某某测试中心", "370322")


def test_the_users_province_wins_over_the_reports_own() -> None:
    authority = report_authority(SEED_TITLE, Context(province="620000"))
    assert authority is not None
    assert (authority.name, authority.division) == ("高青县公安局", "620000")
    agreeing = report_authority(SEED_TITLE, Context(province="370000"))
    assert agreeing is not None and agreeing.division == "370322"


def test_the_users_name_needs_a_place_from_somewhere() -> None:
    titles = ["2024年政府信息公开工作年度报告"]
    assert report_authority(titles, Context(authority="某某测试中心")) is None
    placed = report_authority(titles, Context(authority="某某测试中心", province="640000"))
    assert placed is not None and (placed.division, placed.level) == ("640000", "province")
