"""The entry that a probe proposes: whose portal it takes it for, how sure it is of that, and that it is sound YAML
whatever a site says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawlers.probing import Findings, FirstReport, Site
from flows.proposing import guessed, proposed_entry, proposed_id, registered
from pipeline.model import Portal, PortalOutcome
from pipeline.registry import load_portals

HERE = Portal(id="probed", authority="?", division="000000", url="http://www.example.gov.cn/")
OUTCOME = PortalOutcome("probed", "ok", True, 9, 9, 1, 0)
TODAY = date(2026, 11, 21)


def findings(site: Site, *titles: str, url: str = HERE.url) -> Findings:
    reports = tuple(FirstReport(title, f"{url}{n}.html", 2024, None, ()) for n, title in enumerate(titles))
    return Findings(replace(HERE, url=url), OUTCOME, site, (), reports, False, 1.0, (), (), ())


def of(url: str, portal_id: str = "a") -> Portal:
    return replace(HERE, id=portal_id, url=url)


# --- whose it is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "authority", "division"),
    [
        ("首页_石嘴山市公安局", "石嘴山市公安局", "640200"),
        ("石嘴山市公安局 - 网站首页", "石嘴山市公安局", "640200"),
        ("石嘴山市公安局政府网站", "石嘴山市公安局", "640200"),
        ("石嘴山市公安局政府信息公开平台", "石嘴山市公安局", "640200"),
        ("欢迎访问隆德县人民政府门户网站！", "隆德县人民政府", "640423"),
        ("隆德县人民政府信息公开", "隆德县人民政府", "640423"),
        ("中国·石嘴山", "石嘴山市人民政府", "640200"),
        ("中国石嘴山市政府网", "石嘴山市人民政府", "640200"),
        ("银川市兴庆区政府门户网站", "银川市兴庆区人民政府", "640104"),
        ("中华人民共和国商务部", "商务部", "000000"),
        ("政府信息公开年报-宁夏回族自治区公安厅", "宁夏回族自治区公安厅", "640000"),
    ],
)
def test_the_body_is_what_the_site_calls_itself(title: str, authority: str, division: str) -> None:
    guess = guessed(findings(Site(title=title)))
    assert (guess.authority, guess.division, guess.sure) == (authority, division, True)


def test_the_declared_name_goes_before_the_windows_title() -> None:
    assert guessed(findings(Site(name="隆德县人民政府", title="石嘴山市公安局"))).authority == "隆德县人民政府"


def test_the_sites_code_tells_namesakes_apart() -> None:
    assert guessed(findings(Site(title="鼓楼区人民政府", code="3201060001"))).division == "320106"
    assert guessed(findings(Site(title="市公安局", code="6402000023"))).authority == "石嘴山市公安局"


def test_a_code_of_another_place_leaves_doubt() -> None:
    guess = guessed(findings(Site(title="石嘴山市公安局", code="3201060001")))
    assert not guess.sure and "please check" in guess.why


def test_a_site_without_a_name_is_taken_for_that_of_the_body_whose_reports_it_has() -> None:
    found = findings(Site(title="首页"), *(f"石嘴山市公安局{year}年政府信息公开工作年度报告" for year in (2023, 2024)))
    guess = guessed(found)
    assert (guess.authority, guess.division, guess.sure) == ("石嘴山市公安局", "640200", False)
    assert "2 reports, please check" in guess.why


def test_what_nobody_can_tell_is_said_and_not_made_up() -> None:
    guess = guessed(findings(Site(title="Welcome"), "2024年政府信息公开工作年度报告"))
    assert (guess.division, guess.sure) == ("000000", False)
    assert "put the publishing body here" in guess.why


# --- the entry -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        '"',
        "x: y # z",
        "- a\n- b",
        "}{][",
        "'",
        "\x00\x1b[31m",
        "null",
        "2024",
        "名" * 5000,
        "&a *a",
        "! !!str",
        "%TAG",
        "@",
    ],
)
def test_the_entry_is_sound_whatever_a_site_says_of_itself(name: str, tmp_path: Path) -> None:
    url = f"http://a.gov.cn/nb?q={{{name[:40]}}}" if name.isprintable() and " " not in name else "http://a.gov.cn/"
    path = tmp_path / "portals.yaml"
    path.write_text(proposed_entry(findings(Site(name=name, title=name), url=url), (), TODAY), encoding="utf-8")
    (portal,) = load_portals([path])
    assert portal.id == "a" and portal.verified is None


def test_columns_stand_there_with_the_hosts_that_they_need(tmp_path: Path) -> None:
    columns = ("http://example.gov.cn/nb/", "http://www.example.gov.cn/nb?a=[1]|*2,3#x", "http://example.gov.cn/{nb}/")
    found = replace(findings(Site(title="隆德县人民政府"), "年报"), starting_points=columns)
    path = tmp_path / "portals.yaml"
    path.write_text(proposed_entry(found, (), TODAY), encoding="utf-8")
    (portal,) = load_portals([path])
    assert portal.columns == (*columns[:2], "http://example.gov.cn/%7Bnb%7D/")
    assert portal.hosts == ("example.gov.cn",)


def test_only_what_brought_a_report_is_called_verified(tmp_path: Path) -> None:
    path = tmp_path / "portals.yaml"
    path.write_text(proposed_entry(findings(Site(title="隆德县人民政府"), "年报"), (), TODAY), encoding="utf-8")
    (portal,) = load_portals([path])
    assert (portal.verified, portal.evidence) == ("2026-11", "http://www.example.gov.cn/0.html")


@pytest.mark.parametrize(
    ("url", "proposed"),
    [
        ("http://gaj.shizuishan.gov.cn/", "shizuishan-gaj"),
        ("https://www.xqq.gov.cn/", "xqq"),
        ("http://m.safe.gov.cn/", "safe"),
        ("https://www.gov.cn/", "gov-cn"),
        ("http://127.0.0.5:8000/", "127-0-0-5-8000"),
        ("http://www.taken.gov.cn/jyj/index.html", "taken-jyj"),
        ("http://www.taken.gov.cn/", "taken-2"),
    ],
)
def test_the_id_comes_from_the_host_and_is_free(url: str, proposed: str) -> None:
    assert proposed_id(url, [of("http://x.gov.cn/", "taken")]) == proposed


def test_entries_on_the_same_server_are_known() -> None:
    known = [of("http://www.a.gov.cn/nb/"), of("http://b.gov.cn/"), of("http://a.gov.cn:81/")]
    assert registered("https://a.gov.cn/", known) == known[:1]
