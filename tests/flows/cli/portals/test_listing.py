"""`nianbao portals list`, and `check` of what was listed: the registry's files as they are."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import assert_one_line, nianbao, registry


def test_the_registry_is_listed_and_checked(tmp_path: Path) -> None:
    file = registry(tmp_path)
    assert "石嘴山市公安局" in nianbao("portals", "list", "--portals", file).stdout
    assert nianbao("portals", "check", "--portals", file).returncode == 0
    file.write_text("- {id: gaj}\n")
    wrong = nianbao("portals", "check", "--portals", file)
    assert wrong.returncode == 1
    assert f"{file}:1" in wrong.stdout


def test_portals_are_chosen_by_id_and_province_and_what_is_not_there_is_named(tmp_path: Path) -> None:
    file = registry(tmp_path)
    for chosen in (("--portal", "gaj"), ("--province", "宁夏")):
        assert "石嘴山市公安局" in nianbao("portals", "list", "--portals", file, *chosen).stdout
    assert_one_line(nianbao("portals", "list", "--portals", file, "--portal", "nobody"), 1, "nobody")
    assert_one_line(nianbao("portals", "list", "--portals", file, "--province", "110000"), 1, str(file))
