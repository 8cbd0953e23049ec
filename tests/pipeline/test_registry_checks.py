"""Mistakes that keep no pass from running are found all the same, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.registry import load_portals
from pipeline.registry_checks import check_portals

COUNTY = {"id": "longde", "authority": "隆德县人民政府", "division": '"640423"', "url": "http://www.longde.gov.cn/"}
CITY = {"id": "guyuan", "authority": "固原市人民政府", "division": '"640400"', "url": "http://www.guyuan.gov.cn/"}


def entry(values: dict[str, str], **changes: str) -> str:
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in (values | changes).items()) + "\n"


def problems(folder: Path, *entries: str, name: str = "portals.yaml") -> list[str]:
    path = folder / name
    path.write_text("".join(entries), encoding="utf-8")
    found = check_portals([path])
    assert len(load_portals([path])) == len(entries), "what is found here keeps no pass from running"
    return [str(problem).removeprefix(f"{path}:") for problem in found]


def test_an_entry_belongs_into_its_provinces_file(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, entry(CITY), entry(COUNTY), name="370000-shandong.yaml")[:1]
    assert problem.startswith("1: ") and "does not belong to this file's 370000" in problem
    assert problems(tmp_path, entry(CITY), entry(COUNTY), name="640000-ningxia.yaml") == []
    assert problems(tmp_path, entry(CITY), entry(COUNTY), name="mine.yaml") == []


@pytest.mark.parametrize("url", ["http://www.guyuan.gov.cn/longde/", "https://guyuan.gov.cn/index.html?a=1"])
def test_one_server_is_not_registered_for_two_governments(tmp_path: Path, url: str) -> None:
    (problem,) = problems(tmp_path, entry(CITY), entry(COUNTY, url=url))
    assert problem.startswith("5: ") and "two governments: guyuan" in problem


def test_a_government_and_its_departments_may_share_a_server(tmp_path: Path) -> None:
    bureau = entry(CITY, id="guyuan-gaj", authority="固原市公安局", url="http://www.guyuan.gov.cn/gaj/")
    assert problems(tmp_path, entry(CITY), bureau) == []


def test_two_ports_are_two_servers(tmp_path: Path) -> None:
    first, second = entry(CITY, url="http://127.0.0.1:81/"), entry(COUNTY, url="http://127.0.0.1:82/")
    assert problems(tmp_path, first, second) == []


@pytest.mark.parametrize(
    "url", ["https://guyuan.gov.cn", "http://m.guyuan.gov.cn/index.html", "http://www.guyuan.gov.cn:80/"]
)
def test_an_address_is_not_registered_twice_in_whatever_form(tmp_path: Path, url: str) -> None:
    (problem,) = problems(tmp_path, entry(CITY), entry(CITY, id="again", authority="固原市公安局", url=url))
    assert problem.startswith("5: ") and "registered already: guyuan" in problem


def test_findings_of_several_files_come_file_by_file_and_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "370000-a.yaml").write_text(entry(CITY) + entry(COUNTY, url="x"), encoding="utf-8")
    (tmp_path / "370000-b.yaml").write_text(entry(COUNTY, id="c"), encoding="utf-8")
    found = [(problem.file.name, problem.line) for problem in check_portals([tmp_path])]
    assert found == [("370000-a.yaml", 1), ("370000-a.yaml", 8), ("370000-b.yaml", 1)]
