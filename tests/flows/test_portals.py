"""`nianbao portals` as a user types it: over portals that are real servers on this machine, and files as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from crawlers.browser import chromium
from flows.cli import main
from flows.cli.portals.address import refuse_silent
from flows.sample_server import serve_sample
from pipeline import warehouse
from pipeline.errors import NianbaoError
from pipeline.model import Kind, Portal, PortalOutcome
from pipeline.registry import load_portals
from tests.flows.passes import run_to_end
from tests.support.crawling import job_in, run
from tests.support.examples import examples_in
from tests.support.portal_site import AUTHORITY, YEARS, portal_site, title
from tests.support.sites import Answer, Site, serve

DEAD = "http://127.0.0.9:9/"
ENTRY = '- {{id: {id}, authority: {authority}, division: "640423", url: "{url}"}}\n'

Printed = tuple[int, str]


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NIANBAO_CRAWL_DELAY", "0")
        environment.setenv("NIANBAO_CRAWL_RETRIES", "0")
        yield


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve(Site(portal_site()), "127.0.5.1") as served:
        yield served


@pytest.fixture(scope="module")
def blocked() -> Iterator[Site]:
    with serve(Site({"/": Answer("no", 412)}), "127.0.5.2") as served:
        yield served


def printed(*arguments: object) -> Printed:
    out = StringIO()
    with redirect_stdout(out):
        code = main(["portals", *map(str, arguments)])
    return code, out.getvalue()


def registry(folder: Path, *urls: str) -> Path:
    path = folder / "portals.yaml"
    entries = (ENTRY.format(id=f"p{n}", authority=AUTHORITY, url=url) for n, url in enumerate(urls))
    path.write_text("".join(entries), encoding="utf-8")
    return path


# --- probe -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def probed(site: Site, quick: None) -> str:
    code, text = printed("probe", site.url)
    assert code == 0
    return text


def test_a_probe_shows_platform_columns_and_first_reports(probed: str, site: Site) -> None:
    lines = [" ".join(line.split()) for line in probed.splitlines()]
    assert f"门户 portal {AUTHORITY} {site.url}" in lines
    assert "平台 platform trs" in lines
    assert "浏览器 browser 不需要 / not needed" in lines
    assert f"1. 政府信息公开年报 {site.url}gk/nb/" in lines
    assert "2 页，9 份年报 / 2 pages, 9 reports listed [trs]" in lines
    assert lines[lines.index("首批年报 / first reports") + 1] == f"1. 2024 {title(2024)}"
    assert f"附件 attachment: {site.url}gk/202501/P020250120.pdf (application/pdf)" in lines


def test_a_probe_tells_what_kept_it_out_and_what_lies_elsewhere(probed: str, site: Site) -> None:
    assert f"{site.url}closed/t20250101_1.html (robots.txt does not allow it)" in probed
    assert "http://zwgk.longde.gov.cn/nb/ (--host)" in probed
    assert not any(path.startswith("/closed/") for path in site.paths)


def test_a_probe_keeps_the_delay_that_the_portal_asks_for(probed: str) -> None:
    assert "0.1 s apart" in probed


def test_a_probe_brings_a_few_reports_and_lists_all(probed: str, site: Site) -> None:
    assert sum(path.startswith("/gk/20") and path.endswith(".html") for path in site.paths) == 5


def test_the_entry_is_sound_and_a_crawl_of_it_finds_what_was_seen(
    probed: str, site: Site, tmp_path: Path, quick: None
) -> None:
    path = tmp_path / "640000-ningxia.yaml"
    path.write_text(probed[probed.index("- id: ") :], encoding="utf-8")
    assert printed("check", "--portals", path, "--offline")[0] == 0
    (portal,) = load_portals([path])
    assert (portal.authority, portal.division, portal.url) == (AUTHORITY, "640423", site.url)
    assert portal.columns == (f"{site.url}gk/nb/",)
    assert portal.verified == datetime.now(UTC).strftime("%Y-%m")
    crawled = run(job_in(tmp_path, [portal]))
    found = [one for one in crawled.of(portal.id, Kind.REPORT).values() if not one.error]
    assert {one.title for one in found} == {title(year) for year in YEARS}
    assert crawled.outcomes[portal.id].state == "ok"


def test_where_nothing_answers_it_is_one_line_and_code_1(quick: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["portals", "probe", DEAD]) == 1
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert "dead" in said and DEAD in said


def test_where_a_portal_has_moved_to_another_host_that_is_advised() -> None:
    asked = Portal(id="p", authority="?", division="000000", url="http://a.gov.cn/")
    reason = "the start page cannot be read: https://www.b.gov.cn/a/ www.b.gov.cn does not belong to the portal"
    with pytest.raises(NianbaoError, match=r"add --host www\.b\.gov\.cn"):
        refuse_silent(asked, PortalOutcome("p", "moved", False, 2, 0, 0, 1, reason=reason))
    with pytest.raises(NianbaoError) as raised:
        refuse_silent(asked, PortalOutcome("p", "moved", False, 2, 0, 0, 1, reason="http://a.gov.cn/ HTTP 404"))
    assert "--host" not in str(raised.value)


@pytest.mark.parametrize("option", ["--pages=0", "--pages=many", "--host=http://b.gov.cn/", "--tls=ssl3"])
def test_wrong_options_are_wrong_usage_in_a_line(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["portals", "probe", "a.gov.cn", option])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err) < 200


@pytest.mark.parametrize("address", ["ftp://a.gov.cn/", "http://", "http://me:secret@a.gov.cn/", "http://a:b/"])
def test_what_is_no_address_is_wrong_usage(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["portals", "probe", address])
    assert ended.value.code == 2
    assert "http(s)" in capsys.readouterr().err


# --- record ------------------------------------------------------------------------------------------------


def test_a_recorded_portal_is_an_example_like_the_others(site: Site, tmp_path: Path, quick: None) -> None:
    code, _ = printed("record", site.url, "--into", tmp_path)
    assert code == 0
    examples = {example.path.name: example for example in examples_in(tmp_path)}
    assert set(examples) == {"home.html", "column.html", "column_2.html", "report.html"}
    for example in examples.values():
        assert example.platform == "trs"
        assert example.found() == example.wanted()
        head = example.path.read_text(encoding="utf-8")[:300]
        assert f"Recorded from {example.expected['url']} on {example.expected['recorded']}" in head
    assert len(examples["column.html"].expected["rows"]) == 5
    assert examples["report.html"].expected["attachments"] == [f"{site.url}gk/202501/P020250120.pdf"]
    column = examples["column.html"].path.read_text(encoding="utf-8")
    assert "createPageHTML" in column and "visits" not in column
    assert 'charset="utf-8"' in column, "it came in another encoding"
    assert 20 < column.count("<li>") < 40, "some look-alikes stay, most of a long listing goes"


# --- sample ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sampled(site: Site, blocked: Site, quick: None, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    path = registry(tmp_path_factory.mktemp("sampled"), site.url, blocked.url, DEAD)
    site.asked.clear()
    return printed("sample", "--portals", path, "--format", "json")


def test_a_sample_is_one_report_of_each_portal_and_honest_about_the_others(sampled: Printed) -> None:
    code, text = sampled
    answered, shut, dead = json.loads(text)
    assert code == 1
    assert (answered["state"], answered["platform"], answered["report"]) == ("ok", "trs", title(2024))
    assert (shut["state"], shut["report"]) == ("blocked", "") and "412" in shut["reason"]
    assert (dead["state"], dead["report"]) == ("dead", "")


def test_a_sample_asks_for_no_more_than_it_needs(sampled: Printed, site: Site) -> None:
    assert site.paths == ["/", "/gk/nb/", "/gk/202501/t20250120_2024.html", "/gk/202501/P020250120.pdf"]


# --- check -------------------------------------------------------------------------------------------------


def test_a_check_names_the_portals_that_do_not_answer(site: Site, blocked: Site, quick: None, tmp_path: Path) -> None:
    path = registry(tmp_path, site.url, blocked.url, DEAD)
    site.asked.clear()
    code, text = printed("check", "--portals", path)
    assert code == 1
    assert f"{path}:3: p2: dead" in text and f"{path}:2: p1: blocked" in text
    assert "1 个可访问，1 个拦截，1 个不通" in text
    assert site.paths == ["/"]


@pytest.mark.slow
def test_a_check_takes_a_registry_of_which_nothing_answers_for_one_without_a_network(
    quick: None, tmp_path: Path
) -> None:
    code, text = printed("check", "--portals", registry(tmp_path, DEAD))
    assert code == 0 and "perhaps there is no network" in text


@pytest.mark.slow
def test_of_many_portals_a_few_are_asked_first_whether_there_is_a_network(quick: None, tmp_path: Path) -> None:
    code, text = printed("check", "--portals", registry(tmp_path, *(f"http://127.0.0.9:{n}/" for n in range(9, 60))))
    assert code == 0 and "no network" in text and "asking portals" not in text


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_pass_over_the_pasted_entry_loads_what_the_probe_saw(site: Site, quick: None, tmp_path: Path) -> None:
    path = tmp_path / "640000-ningxia.yaml"
    path.write_text(printed("probe", site.url, "--yaml")[1], encoding="utf-8")
    run_to_end(path, tmp_path / "data")
    held = warehouse.query(tmp_path / "data", "SELECT year, authority, division FROM reports ORDER BY year").rows
    assert [tuple(row) for row in held] == [(year, AUTHORITY, "640423") for year in YEARS]


def test_without_a_network_only_the_files_count(tmp_path: Path) -> None:
    code, text = printed("check", "--portals", registry(tmp_path, "http://www.nowhere.invalid/"))
    assert code == 0 and "no network" in text


def test_a_platform_that_nobody_knows_is_a_mistake(tmp_path: Path) -> None:
    path = registry(tmp_path, "http://a.gov.cn/")
    path.write_text(path.read_text("utf-8").replace("}", ", platform: trss}"), encoding="utf-8")
    code, text = printed("check", "--portals", path, "--offline")
    assert code == 1 and f"{path}:1: platform: 'trss'" in text


# --- a portal that is drawn by scripts ---------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
def test_a_drawn_portal_is_probed_and_recorded_as_a_browser_shows_it(quick: None, tmp_path: Path) -> None:
    with serve_sample(port=0) as sample:
        url = next(one.url for one in sample.portals if one.id == "sample-huaiyuan-gaj")
        code, text = printed("probe", url)
        assert code == 0
        assert "需要 / some pages need one" in " ".join(text.split())
        assert "render: auto  # " in text and "怀远县公安局2024年政府信息公开工作年度报告" in text
        assert printed("record", url, "--into", tmp_path)[0] == 0
    examples = {example.path.name: example for example in examples_in(tmp_path)}
    assert all(example.found() == example.wanted() for example in examples.values())
    assert "as a browser showed it" in examples["column.html"].path.read_text(encoding="utf-8")[:400]
