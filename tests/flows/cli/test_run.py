"""`nianbao run`: what it cannot find it names, and a crawler that cannot work is no word about the portals."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.command import NO_PREFECT, assert_one_line, nianbao, nianbao_process, registry


def test_a_wrong_setting_stops_every_pass_at_once(tmp_path: Path) -> None:
    run = nianbao("run", "--data", tmp_path / "data", NIANBAO_CRAWL_DELAY="fast")
    assert_one_line(run, 1, "NIANBAO_CRAWL_DELAY")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--portals", "nowhere.yaml"), "nowhere.yaml"),
        (("--portal", "no-such-portal"), "no-such-portal"),
        (("--province", "999999"), "999999"),
        (("--year", "1066"), "1066"),
    ],
)
def test_what_a_pass_cannot_find_is_named(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    file = registry(tmp_path)
    given = arguments if "--portals" in arguments else ("--portals", str(file), *arguments)
    assert_one_line(nianbao("run", *given, "--data", tmp_path / "data", **NO_PREFECT), 1, word)


def test_a_mistake_in_the_registry_is_named_with_its_line_while_the_server_starts(tmp_path: Path) -> None:
    file = registry(tmp_path)
    file.write_text(file.read_text() + "- {id: second, url: 3}\n")
    assert_one_line(nianbao_process("run", "--portals", file, "--data", tmp_path / "data"), 1, f"{file.name}:2")


@pytest.mark.slow
def test_a_crawler_that_cannot_work_says_nothing_of_the_portals(
    held: Path, tmp_path: Path, prefect: Mapping[str, str]
) -> None:
    (held / "state" / "portals" / "gaj.jsonl").mkdir(parents=True)  # what the crawler remembers cannot be read
    before = (held / "nianbao.duckdb").read_bytes()
    run = nianbao_process("run", "--portals", registry(tmp_path), "--data", held, **prefect)
    assert_one_line(run, 1, "nothing was published", "crawl.log")
    assert (held / "nianbao.duckdb").read_bytes() == before
    (held / "state" / "portals" / "gaj.jsonl").rmdir()
    again = nianbao_process("run", "--portals", registry(tmp_path), "--data", held, **prefect)
    assert again.stdout.count("127.0.0.9:9") == 1, again.stdout  # a portal that is down is told of once
