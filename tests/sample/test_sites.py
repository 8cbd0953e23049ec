"""The sample sites are what the builder makes, hang together, and publish any seed in any way."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from data.sample.generate.seeds import SLUGS, Seed
from data.sample.generate.sites import build_sites
from data.sample.generate.sites.plan import default_sites
from flows.sample_server import Sample, serve_sample
from pipeline.resources import SAMPLE
from tests.sample.client import get

DOCUMENTS = SAMPLE / "documents"
LOOK_ALIKES = ("政府工作报告", "法治政府建设年度报告", "年度报告格式", "报表", "部门决算", "指南", "解", "制度")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def links(content: bytes, base: str) -> list[str]:
    tree = html.fromstring(content.decode("utf-8"))
    found = [*tree.xpath("//a/@href"), *tree.xpath("//link/@href"), *tree.xpath("//script/@src")]
    return [urljoin(base, link) for link in found if not link.startswith(("javascript:", "#"))]


def reachable(home: str) -> dict[str, bytes]:
    """Every page of the site that links lead to, by address, scripts not run."""
    host = urlsplit(home).netloc
    pages: dict[str, bytes] = {}
    waiting = [home]
    while waiting:
        address = waiting.pop()
        if address in pages or urlsplit(address).netloc != host:
            continue
        answer = get(address)
        assert answer.status == 200, address
        pages[address] = answer.body
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            waiting += links(answer.body, address)
    return pages


@pytest.fixture(scope="module")
def sample() -> Sample:
    with serve_sample(port=0) as running:
        yield running


def home(sample: Sample, portal: str) -> str:
    return next(one.url for one in sample.portals if portal in one.id)


def test_the_committed_sites_are_what_the_builder_makes(tmp_path: Path) -> None:
    build_sites(tmp_path / "sites")
    assert files(tmp_path / "sites") == files(SAMPLE / "sites")


def test_no_page_asks_another_host_for_anything() -> None:
    for path, content in files(SAMPLE / "sites").items():
        if path.endswith((".html", ".htm")):
            assert not re.search(rb"(src|<link[^>]+href)=[\"']?(https?:)?//", content), path


@pytest.mark.parametrize(("portal", "column"), [("ningxia", "/zwgk/zfxxgk/zfxxgknb/"), ("gaoqing", "/zfxxgknb.htm")])
def test_the_column_is_found_by_following_links_none_of_which_is_dead(sample: Sample, portal: str, column: str) -> None:
    assert any(urlsplit(address).path.endswith(column) for address in reachable(home(sample, portal)))


def test_paging_is_scripted_from_zero_in_the_manner_of_trs(sample: Sample) -> None:
    column = home(sample, "ningxia") + "zwgk/zfxxgk/zfxxgknb/"
    first = get(column).body.decode()
    assert 'createPageHTML(3, 0, "index", "html")' in first
    assert 'createPageHTML(3, 2, "index", "html")' in get(column + "index_2.html").body.decode()
    assert get(column + "index_3.html").status == 404
    assert "石嘴山" in get(column + "index_2.html").body.decode()
    assert "石嘴山市公安局2022" not in first


def test_pages_are_counted_backwards_in_the_manner_of_vsb(sample: Sample) -> None:
    base = home(sample, "gaoqing") + "zwgk/zfxxgk/zfxxgknb"
    assert "_simple_list_gotopage_fun(3,'u12_goto',2)" in get(base + ".htm").body.decode()
    assert f"{base}/2.htm" in links(get(base + ".htm").body, base + ".htm")
    assert f"{base}/1.htm" in links(get(base + "/2.htm").body, base + "/2.htm")
    assert get(base + "/3.htm").status == 404
    report = Seed("gaoqing-gaj-2024").title
    assert report in get(base + "/2.htm").body.decode()
    assert f'title="{report}"' not in get(base + ".htm").body.decode()


def test_without_scripts_the_hanweb_site_shows_neither_navigation_nor_list(sample: Sample) -> None:
    address = home(sample, "huaiyuan")
    shown = reachable(address)
    assert not any("/col/" in page or "/art/" in page for page in shown)
    assert b"4011" not in get(address).body


def test_a_browser_draws_the_hanweb_navigation_and_both_pages_of_the_list(sample: Sample) -> None:
    from playwright.sync_api import sync_playwright

    address = home(sample, "huaiyuan")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("link", name="政府信息公开年报").click()
        page.wait_for_selector("#list li")
        assert Seed("huaiyuan-gaj-2024").title in page.inner_text("#list")
        page.locator("#pager a").click()
        page.wait_for_selector("#list li")
        assert "2022年度部门决算" in page.inner_text("#list")
        browser.close()


def test_every_column_has_its_look_alikes(sample: Sample) -> None:
    assert {site.folder for site in default_sites()} == {path.name for path in (SAMPLE / "sites").iterdir()}
    for site in default_sites():
        listed = "".join(
            content.decode()
            for path, content in files(SAMPLE / "sites" / site.folder).items()
            if path.endswith((".html", ".htm", ".xml"))
        )
        assert [kind for kind in LOOK_ALIKES if kind not in listed] == []


@pytest.mark.parametrize("way", ["html", "lines", "pdf", "scan", "docx"])
def test_a_plan_publishes_every_seed_in_the_way_it_names(tmp_path: Path, way: str) -> None:
    build_sites(tmp_path, dict.fromkeys(SLUGS, way))
    published = files(tmp_path)
    attached = {"pdf": ".pdf", "scan": ".scan.pdf", "docx": ".docx"}
    for slug in SLUGS:
        seed = Seed(slug)
        pages = [
            content.decode()
            for path, content in published.items()
            if re.search(r"/(t\d{8}_\d+|art_\d+_\d+|\d{5,})\.html?$", path)
            and f"<title>{seed.title}".encode() in content.replace(b"TITLE>", b"title>")
        ]
        assert len(pages) == 1
        if way in attached:
            assert (DOCUMENTS / f"{slug}{attached[way]}").read_bytes() in published.values()
            assert f"{seed.title}.{attached[way].rpartition('.')[2]}" in pages[0]
        elif way == "lines":
            assert seed.text.strip().split("\n")[-1].strip() in html.fromstring(pages[0]).text_content()
            assert "<pre" in pages[0]
        else:
            assert len(html.fromstring(pages[0]).xpath("//tr")) > 40


def test_a_plan_that_names_an_unknown_seed_or_way_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="oracle"):
        build_sites(tmp_path, {"longde-gaj-2024": "oracle"})
    with pytest.raises(ValueError, match="atlantis"):
        build_sites(tmp_path, {"atlantis-2024": "html"})


def test_every_route_leads_to_a_file_that_is_there() -> None:
    for site in (SAMPLE / "sites").iterdir():
        for route in json.loads((site / "routes.json").read_text(encoding="utf-8")):
            assert (site / route.get("file", route.get("redirect", "")).lstrip("/")).is_file()
