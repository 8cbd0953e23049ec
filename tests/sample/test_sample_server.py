"""The sample's server answers as a portal's would."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from data.sample.generate.seeds import SLUGS
from data.sample.generate.sites import build_sites
from flows.sample_server import Request, Sample, serve_sample
from pipeline.errors import NianbaoError
from pipeline.resources import SAMPLE
from tests.sample.client import get

ARTICLE = "zwgk/zfxxgk/zfxxgknb/202501/t20250124_4805117.html"
DOWNLOAD = "system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1745968423&wbfileid=7378763"


@pytest.fixture
def sample() -> Iterator[Sample]:
    with serve_sample(port=0) as running:
        yield running


def url(sample: Sample, portal: str) -> str:
    return next(one.url for one in sample.portals if portal in one.id)


def test_every_site_is_a_host_of_its_own(sample: Sample) -> None:
    hosts = [portal.url.split("//")[1].split(":")[0] for portal in sample.portals]
    assert hosts == ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
    assert [get(portal.url).status for portal in sample.portals] == [200, 200, 200]
    assert all(portal.authority in get(portal.url).body.decode() for portal in sample.portals)


def test_content_types_follow_the_file_and_a_download_hides_its_type(sample: Sample) -> None:
    ningxia, gaoqing, huaiyuan = (portal.url for portal in sample.portals)
    assert get(ningxia + ARTICLE).headers["Content-Type"] == "text/html; charset=utf-8"
    assert get(ningxia + "robots.txt").headers["Content-Type"] == "text/plain"
    assert get(huaiyuan + "module/navigation/channels.json").headers["Content-Type"].startswith("application/json")
    download = get(gaoqing + DOWNLOAD)
    assert download.headers["Content-Type"] == "application/octet-stream"
    assert "filename*=UTF-8''%E9%AB%98" in download.headers["Content-Disposition"]
    assert download.body == (SAMPLE / "documents/gaoqing-gaj-2024.docx").read_bytes()


def test_a_script_answers_by_its_parameters_in_any_order_and_by_post(sample: Sample) -> None:
    gaoqing, huaiyuan = url(sample, "gaoqing"), url(sample, "huaiyuan")
    shuffled = "system/_content/download.jsp?wbfileid=7378763&owner=1745968423&urltype=news.DownloadAttachUrl&x=1"
    assert get(gaoqing + shuffled).body == get(gaoqing + DOWNLOAD).body
    assert get(gaoqing + "system/_content/download.jsp?wbfileid=1").status == 404
    proxy = huaiyuan + "module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=8&perpage=8"
    posted = get(proxy, method="POST", form="col=1&appid=1&columnid=4011&unitid=9321")
    assert posted.status == 200
    assert "怀远县公安局2024年政府信息公开工作年度报告" in posted.body.decode()
    assert get(proxy, method="POST", headers={"Content-Length": "999999999"}).status == 400


def test_other_query_strings_are_ignored(sample: Sample) -> None:
    column = url(sample, "huaiyuan") + "col/col4011/index.html"
    assert get(column + "?uid=9321&pageNum=2").body == get(column).body


def test_a_known_version_is_answered_with_304_and_no_body(sample: Sample) -> None:
    address = url(sample, "ningxia") + ARTICLE
    first = get(address)
    for known in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-None-Match": f'W/{first.headers["ETag"]}, "other"'},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = get(address, headers=known)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    stale = {"If-None-Match": '"another"', "If-Modified-Since": first.headers["Last-Modified"]}
    assert get(address, headers=stale).status == 200


def test_validators_change_with_the_content_alone(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "sites", tmp_path / "sites")
    page = tmp_path / "sites/ningxia" / ARTICLE
    with serve_sample(tmp_path / "sites", port=0) as sample:
        address = url(sample, "ningxia") + ARTICLE
        before = get(address).headers
        page.touch()
        assert get(address).headers["ETag"] == before["ETag"]
        assert get(address).headers["Last-Modified"] == before["Last-Modified"]
        page.write_bytes(page.read_bytes() + b"<!-- corrected -->")
        after = get(address).headers
    assert after["ETag"] != before["ETag"]
    assert after["Last-Modified"] != before["Last-Modified"]


def test_head_tells_the_length_and_sends_nothing(sample: Sample) -> None:
    address = url(sample, "ningxia") + ARTICLE
    answer = get(address, method="HEAD")
    assert answer.body == b""
    assert int(answer.headers["Content-Length"]) == len(get(address).body)


@pytest.mark.parametrize(
    "path", ["no/such/page.html", "../sites.toml", "%2e%2e/%2e%2e/sites.toml", "..%2fgaoqing/index.htm", "routes.json",
             "a" * 300, "%00", "/etc/passwd"]
)  # fmt: skip
def test_what_is_not_there_or_not_the_sites_is_a_404_page(sample: Sample, path: str) -> None:
    answer = get(url(sample, "ningxia") + path)
    assert answer.status == 404
    assert "不存在" in answer.body.decode()


def test_a_folder_without_its_slash_redirects_to_the_one_with(sample: Sample) -> None:
    answer = get(url(sample, "ningxia") + "zwgk/zfxxgk")
    assert (answer.status, answer.headers["Location"]) == (301, "/zwgk/zfxxgk/")


def test_a_hanweb_attachment_stands_behind_a_redirect(tmp_path: Path) -> None:
    build_sites(tmp_path, dict.fromkeys(SLUGS, "pdf"))
    stored = next((tmp_path / "huaiyuan/attach/0").iterdir())
    with serve_sample(tmp_path, port=0) as sample:
        home = url(sample, "huaiyuan")
        answer = get(f"{home}module/download/downfile.jsp?classid=0&filename={stored.name}")
        assert (answer.status, answer.headers["Location"]) == (302, f"/attach/0/{stored.name}")
        assert get(f"{home}attach/0/{stored.name}").body.startswith(b"%PDF")


def test_requests_are_kept_in_order_with_host_and_status(sample: Sample) -> None:
    get(url(sample, "gaoqing") + "zwgk.htm?a=1")
    get(url(sample, "huaiyuan") + "nothing")
    assert sample.requests == [
        Request("127.0.0.3", "/zwgk.htm?a=1", 200),
        Request("127.0.0.4", "/nothing", 404),
    ]


def test_the_registry_lists_the_portals_with_their_ports(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "config" / "sample.yaml"
    sample.write_registry(path)
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert [one["url"] for one in listed] == [portal.url for portal in sample.portals]
    assert listed[0]["division"] == "640000"
    assert listed[0]["expect"] == {"min_reports": 3}


def test_a_taken_port_is_one_clear_error_and_leaves_nothing_listening(sample: Sample) -> None:
    port = int(sample.portals[1].url.rstrip("/").rpartition(":")[2])
    with pytest.raises(NianbaoError, match=f"端口已被占用 / port is in use: 127.0.0.3:{port}"), serve_sample(port=port):
        pass
    with pytest.raises(ConnectionRefusedError):
        get(f"http://127.0.0.2:{port}/")


def test_a_folder_without_the_sites_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NianbaoError, match="no such sample site"), serve_sample(tmp_path, port=0):
        pass
