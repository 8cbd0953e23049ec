"""Who a whole report is by: by its titles, its preamble, its page, or the user."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity import Context, authority_of, name_in_title, report_authority, tidy_title
from pipeline.model import Portal
from pipeline.registry import load_portals
from pipeline.resources import CONFIG
from tests.support.identity import who

OBSERVED = Path(__file__).parents[2] / "fixtures" / "identity" / "observed_titles.jsonl"
SEED_TITLE = ["高青县公安局2024年政府信息公开工作年度报告"]

printed = st.text(
    alphabet=st.sampled_from("淮安市洪泽区人民政府公局街道办事处镇乡2024年度信息开工作报告（）《》 \n省a"), max_size=60
)


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


@given(printed)
def test_no_text_breaks_the_reading_of_names(text: str) -> None:
    name_in_title(text)
    report_authority([text], Context(text=text, source=text, portal_division="320813"))
    assert tidy_title([tidy_title([text])]) == tidy_title([text])
