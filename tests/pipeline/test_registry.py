"""The registry: what the contract allows is read, everything else is one line with its place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import ConfigError
from pipeline.registry import load_portals, province_code
from pipeline.registry_checks import check_portals
from pipeline.resources import CONFIG

WHOLE = """\
# a comment
- id: shizuishan-gaj
  authority: 石嘴山市公安局
  division: "640200"
  url: http://gaj.shizuishan.gov.cn/
  hosts: [www.shizuishan.gov.cn, 127.0.0.2:8801]
  platform: auto
  columns: [http://www.shizuishan.gov.cn/nb/]
  render: never
  tls: legacy
  encoding: gbk
  expect: {min_reports: 3}
  verified: 2026-11
  evidence: http://gaj.shizuishan.gov.cn/nb/1.html
- id: longde
  authority: 隆德县人民政府
  division: "640423"
  url: http://127.0.0.3:8801/
  hosts: []
  columns:
"""


def write(folder: Path, text: str, name: str = "portals.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def messages(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path}:") for problem in check_portals([path])]


def entry(**changes: str) -> str:
    values = {"id": "a", "authority": "隆德县人民政府", "division": '"640423"', "url": "http://a.gov.cn/"} | changes
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in values.items()) + "\n"


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    first, second = load_portals([path])
    assert first.id == "shizuishan-gaj"
    assert (first.authority, first.division, first.province) == ("石嘴山市公安局", "640200", "640000")
    assert first.hosts == ("www.shizuishan.gov.cn", "127.0.0.2:8801")
    assert first.columns == ("http://www.shizuishan.gov.cn/nb/",)
    assert (first.render, first.tls, first.encoding, first.min_reports) == ("never", "legacy", "gbk", 3)
    assert (first.verified, first.evidence) == ("2026-11", "http://gaj.shizuishan.gov.cn/nb/1.html")
    assert first.defined_in == f"{path}:2"
    assert (second.platform, second.columns, second.min_reports, second.verified) == ("auto", (), 1, None)


def test_the_portals_that_come_with_the_project_are_sound() -> None:
    assert check_portals([CONFIG / "portals"]) == []
    portals = load_portals([CONFIG / "portals"])
    assert len(portals) >= 370
    assert len({portal.province for portal in portals}) == 32
    assert len(load_portals([CONFIG / "portals" / "640000-ningxia.yaml"])) >= 7
    for portal in portals:
        assert Path(portal.defined_in.rpartition(":")[0]).name.startswith(portal.province)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (entry(colour="red"), 5, "unknown key 'colour'"),
        (entry(division='"640499"'), 3, "division"),
        (entry(division="宁夏"), 3, "division"),
        (entry(url="ftp://a.gov.cn/"), 4, "url"),
        (entry(url="a.gov.cn"), 4, "url"),
        (entry(url="http://user:secret@a.gov.cn/"), 4, "url"),
        (entry(url="http://a.gov.cn:99999/"), 4, "url"),
        (entry(url="http://[a.gov.cn/"), 4, "url"),
        (entry(id="../a"), 1, "id"),
        (entry(id="[a, b]"), 1, "single value"),
        (entry(render="sometimes"), 5, "auto, never, always"),
        (entry(tls="ssl3"), 5, "default, legacy"),
        (entry(encoding="utf-99"), 5, "encoding"),
        (entry(expect="3"), 5, "min_reports"),
        (entry(expect="{min_reports: many}"), 5, "min_reports"),
        (entry(verified="2026-13"), 5, "month"),
        (entry(hosts="www.a.gov.cn"), 5, "list"),
        (entry(hosts='["a b"]'), 5, "host"),
        (entry(columns="[http://b.gov.cn/nb/]"), 5, "is on no host of this portal"),
        ("- id: a\n  id: b\n", 2, "stands twice"),
        ("- id: a\n", 1, "'authority' is missing"),
        ("portals: []\n", 1, "must be a list"),
        ("- a\n", 1, "must be a portal"),
        ("- id: a\n bad: [", 2, "YAML"),
        ("- !!python/object/apply:os.system [ls]\n", 1, "must be a portal"),
        ("", 1, "must be a list"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = messages(write(tmp_path, text))
    assert any(message.startswith(f"{line}: ") and says in message for message in found), found
    with pytest.raises(ConfigError) as raised:
        load_portals([tmp_path / "portals.yaml"])
    assert len(str(raised.value).splitlines()) == 1


def test_all_mistakes_are_collected(tmp_path: Path) -> None:
    found = messages(write(tmp_path, entry(division='"1"', render="x") + entry(id="b", url="x")))
    assert [message.partition(":")[0] for message in found] == ["3", "5", "9"]


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    write(tmp_path, entry(), "1.yaml")
    second = write(tmp_path, "\n" + entry(), "2.yml")
    (problem,) = check_portals([tmp_path])
    assert (problem.file, problem.line) == (second, 2)
    assert "1.yaml:1" in problem.message


def test_an_entry_with_other_mistakes_is_compared_too(tmp_path: Path) -> None:
    found = messages(write(tmp_path, entry(url="x") + entry(division='"1"')))
    assert [message.partition(":")[0] for message in found] == ["4", "5", "7"]
    assert "is taken" in found[1]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, entry())
    assert len(load_portals([path, tmp_path])) == 1


def test_missing_empty_large_and_undecodable_paths_are_one_line_each(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file or folder"):
        load_portals([tmp_path / "nowhere.yaml"])
    with pytest.raises(ConfigError, match="no portal files"):
        load_portals([tmp_path])
    large = write(tmp_path, "# " + "x" * (5 * 1024 * 1024))
    assert "larger than" in messages(large)[0]
    binary = tmp_path / "binary.yaml"
    binary.write_bytes(b"- id: \xff\xfe")
    assert "cannot be read" in str(check_portals([binary])[0])


def test_hostile_nesting_and_anchors_are_refused_or_harmless(tmp_path: Path) -> None:
    assert check_portals([write(tmp_path, "[" * 200_000)])
    assert check_portals([write(tmp_path, "&a [*a]\n")])


def test_a_province_is_given_by_code_or_name() -> None:
    assert province_code("640000") == "640000"
    assert province_code(" 宁夏 ") == "640000"
    assert province_code("宁夏回族自治区") == "640000"
    assert province_code("000000") == "000000"
    for wrong in ("99", "640200", "石嘴山市", "", "六十四"):
        with pytest.raises(ConfigError, match="640000 宁夏回族自治区"):
            province_code(wrong)
