"""What both READMEs promise: every answer, command, setting and key in them is that of the program."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pytest

from flows.cli import main
from flows.cli.output import print_rows
from flows.sample_server import serve_sample
from flows.settings import DEFAULTS
from pipeline import warehouse
from pipeline.model import Portal
from pipeline.registry import load_portals
from pipeline.registry_values import READERS, REQUIRED
from pipeline.resources import ROOT
from pipeline.warehouse.documentation import relations
from tests.flows.passes import run_to_end

DEMO = Path("data/demo")  # where `make run` puts it, and where the questions look
READMES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")}
SOURCES = [
    path for folder in ("flows", "pipeline") for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".sql")
]

both = pytest.mark.parametrize("text", READMES.values(), ids=READMES.keys())

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_INLINE = re.compile(r"`([^`\n]+)`")
_COMMAND = re.compile(r"\bnianbao ([a-z]+)([^\n#]*)")


@dataclass(frozen=True)
class Question:
    sql: str
    answer: str


def fenced(text: str, language: str) -> list[str]:
    return [block for named, block in _FENCED.findall(text) if named == language]


def questions(text: str) -> list[Question]:
    blocks = _FENCED.findall(text)
    following = zip(blocks, [*blocks[1:], ("", "")], strict=True)
    return [
        Question(sql, answer if told == "text" else "") for (kind, sql), (told, answer) in following if kind == "sql"
    ]


QUESTIONS = questions(READMES["README.md"])


def lines(printed: str) -> list[str]:
    """What is to be read: a terminal's table comes with blank lines and padding."""
    return [line.rstrip() for line in printed.splitlines() if line.strip()]


# --- answers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SamplePass:
    home: Path  # the folder from which `make run` was called
    output: str


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SamplePass]:
    home = tmp_path_factory.mktemp("home")
    with serve_sample(port=0) as served:
        served.write_registry(home / "sample.yaml")
        yield SamplePass(home, run_to_end(home / "sample.yaml", home / DEMO))


def answer(sql: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """In the layout of `nianbao query`; files are read by DuckDB alone, as the README tells its reader to."""
    if "read_parquet" in sql:
        with duckdb.connect() as db:
            found = db.execute(sql)
            columns, rows = [column[0] for column in found.description or ()], found.fetchall()
        print_rows(columns, rows)
    else:
        result = warehouse.query(DEMO, sql)
        print_rows(result.columns, result.rows)
    return lines(capsys.readouterr().out)


def test_there_are_ten_questions_and_each_is_answered() -> None:
    assert len(QUESTIONS) == 10
    assert [question.sql for question in QUESTIONS if not question.answer] == []


def test_the_chinese_readme_asks_the_same_and_shows_the_same_answers() -> None:
    assert questions(READMES["README.zh.md"]) == QUESTIONS


@pytest.mark.timeout(600)
@pytest.mark.parametrize("question", QUESTIONS, ids=range(1, len(QUESTIONS) + 1))
def test_the_sample_gives_the_answer_that_is_printed(
    sample: SamplePass, question: Question, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(sample.home)
    assert answer(question.sql, capsys) == lines(question.answer)


@pytest.mark.timeout(600)
@both
def test_make_run_prints_what_is_shown_of_it(
    text: str, sample: SamplePass, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(sample.home)
    summary, query = fenced(text, "text")[0].split("…\n")
    printed = [" ".join(line.split()) for line in sample.output.splitlines()]
    assert [line for line in summary.splitlines() if " ".join(line.split()) not in printed] == []
    sql, _, shown = query.partition("\n\n")
    assert any(sql in source.read_text(encoding="utf-8") for source in SOURCES)
    assert lines(shown) == answer(sql, capsys)[:-1]  # but for the count of rows


# --- commands ----------------------------------------------------------------------------------------------


def code(text: str) -> str:
    """Everything that is set as code."""
    return "\n".join([block for _, block in _FENCED.findall(text)] + _INLINE.findall(_FENCED.sub("", text)))


def help_of(*command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*command, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


@both
def test_every_command_and_option_that_is_named_exists(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    named = _COMMAND.findall(code(text))
    commands = set(re.findall(r"^    ([a-z]+) ", help_of(capsys=capsys), re.M))
    assert {command for command, _ in named} == commands - {"demo"}, "demo is what `make run` calls"
    for command, rest in named:
        known = help_of(command, capsys=capsys)
        action = re.match(r"\s+([a-z]+)", rest)
        if action and re.search(rf"^    {action[1]} ", known, re.M):
            known += help_of(command, action[1], capsys=capsys)
        for option in re.findall(r"--[a-z]+", rest):
            assert re.search(rf"{option}\b", known), f"nianbao {command}{rest}"
    for action in re.findall(r"nianbao portals (\w+)", code(text)):
        assert re.search(rf"^    {action} ", help_of("portals", capsys=capsys), re.M)


@both
def test_every_make_target_that_is_named_exists(text: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"^make (\w+)", code(text), re.M))
    assert {"run", "test"} <= named <= targets


def test_both_readmes_show_the_same_commands() -> None:
    def shown(text: str) -> list[str]:
        return [line.split("#")[0].rstrip() for block in fenced(text, "") for line in block.splitlines()]

    assert shown(READMES["README.md"]) == shown(READMES["README.zh.md"])


# --- settings, tables, keys --------------------------------------------------------------------------------


@both
def test_every_setting_stands_there_with_its_default(text: str) -> None:
    sections = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    defaults = {f"{section}.{key}": value for section, keys in sections.items() for key, value in keys.items()}
    rows = rf"^\| `((?:{'|'.join(sections)})\.\w+)` \| `?([^`|]+)`? \|"
    told = dict(re.findall(rows, text, re.M))
    assert told.keys() == defaults.keys()
    in_words = {"crawl.user_agent", *(key for key, value in defaults.items() if value == "")}
    wrong = [key for key in defaults.keys() - in_words if told[key].strip() != str(defaults[key]).lower()]
    assert wrong == []


@both
def test_every_table_and_view_is_named(text: str) -> None:
    data = {one.name for one in relations() if not one.name.startswith("nianbao_")}
    assert data <= set(_INLINE.findall(_FENCED.sub("", text)))


@both
def test_the_portal_entry_has_every_key_and_the_defaults_it_speaks_of(text: str, tmp_path: Path) -> None:
    (entry,) = fenced(text, "yaml")
    assert re.findall(r"^[- ] (\w+):", entry, re.M) == list(READERS)
    assert tuple(READERS)[:4] == REQUIRED
    (tmp_path / "portals.yaml").write_text(entry, encoding="utf-8")
    (portal,) = load_portals([tmp_path])
    without_default = {*REQUIRED, "verified", "evidence", "defined_in"}
    for field in fields(Portal):
        if field.name not in without_default:
            assert getattr(portal, field.name) == field.default, field.name


def test_each_readme_links_the_other_at_its_top() -> None:
    english, chinese = READMES.values()
    assert "](README.zh.md)" in "".join(english.splitlines()[:4])
    assert "](README.md)" in "".join(chinese.splitlines()[:4])
