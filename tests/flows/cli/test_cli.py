"""Wrong usage is one line on standard error and an exit code; what there is, help tells."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.command import IN_A_PROCESS, assert_one_line, environment_of_user, nianbao, nianbao_process


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("crawl",),
        ("run", "--speed", "9"),
        ("run", "--workers", "0"),
        ("run", "--year", "last"),
        ("run", "--full", "--from-archive"),
        ("archive",),
        ("query",),
        ("query", "SELECT 1", "--format", "xml"),
        ("export",),
        ("export", "out", "--format", "xls"),
        ("ingest",),
        ("portals",),
    ],
)
def test_wrong_usage_is_one_line_and_code_2(arguments: tuple[str, ...]) -> None:
    assert_one_line(nianbao(*arguments), 2, "--help")


def test_exit_codes_and_lines_are_those_of_the_process() -> None:
    assert_one_line(nianbao_process("crawl"), 2, "--help")
    assert_one_line(nianbao_process("query", "SELECT 1", "--data", "/nowhere"), 1, "nothing has been published")
    assert nianbao_process("--version").stdout.startswith("nianbao 0.")


def test_help_names_every_command_that_works_and_no_other() -> None:
    commands = {
        "run",
        "ingest",
        "schedule",
        "query",
        "export",
        "diff",
        "status",
        "archive",
        "portals",
        "lake",
        "doctor",
        "demo",
    }
    assert set(re.findall(r"^    (\w+) ", nianbao("--help").stdout, re.M)) == commands
    assert {nianbao(command, "--help").returncode for command in commands} == {0}


@pytest.mark.parametrize("form", ["csv", pytest.param("table", marks=pytest.mark.slow)])
def test_a_reader_that_stops_reading_is_no_error(published: Path, form: str) -> None:
    process = subprocess.Popen(
        [*IN_A_PROCESS, "query", "SELECT * FROM range(200000)", "--format", form, "--data", str(published)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment_of_user({}),
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0
