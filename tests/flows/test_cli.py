"""The command line: a user's mistake is one line on standard error and an exit code, and changes nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from flows.cli import export
from flows.datafolder import DataFolder
from pipeline import warehouse
from pipeline.resources import SAMPLE
from tests.support.archives import rar5_of

SEED = next((SAMPLE / "seeds").glob("隆德*.txt"))
NIANBAO = [sys.executable, "-c", "import sys; from flows.cli import main; sys.exit(main())"]

Run = subprocess.CompletedProcess[str]


def nianbao(*arguments: object, before: Callable[[], None] | None = None, **environment: str) -> Run:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    return subprocess.run(
        [*NIANBAO, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=inherited | {"PYTHONPATH": str(SAMPLE.parent.parent)} | environment,
        preexec_fn=before,
        timeout=120,
    )


def assert_one_line(run: Run, code: int, *words: str) -> None:
    assert run.returncode == code, run
    assert len(run.stderr.strip().splitlines()) == 1, run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    for word in words:
        assert word in run.stderr, run.stderr


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one seed report in it."""
    data = tmp_path_factory.mktemp("published")
    assert nianbao("ingest", SEED, "--data", data).returncode == 0
    return data


def registry(folder: Path) -> Path:
    path = folder / "portals.yaml"
    path.write_text('- {id: gaj, authority: 石嘴山市公安局, division: "640200", url: "http://127.0.0.9:9/"}\n')
    return path


# --- usage -----------------------------------------------------------------------------------------------


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


def test_the_version_is_told() -> None:
    assert nianbao("--version").stdout.startswith("nianbao 0.")


def test_help_names_every_command_that_works_and_no_other() -> None:
    text = nianbao("--help").stdout
    for command in ("run", "ingest", "schedule", "query", "export", "diff", "status", "portals", "doctor", "demo"):
        assert nianbao(command, "--help").returncode == 0
        assert f"  {command} " in text


# --- mistakes --------------------------------------------------------------------------------------------


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
    assert_one_line(nianbao("run", *given, "--data", tmp_path / "data"), 1, word)


def test_a_mistake_in_the_registry_is_named_with_its_line(tmp_path: Path) -> None:
    file = registry(tmp_path)
    file.write_text(file.read_text() + "- {id: second, url: 3}\n")
    assert_one_line(nianbao("run", "--portals", file, "--data", tmp_path / "data"), 1, f"{file.name}:2")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("nowhere.pdf",), "nowhere.pdf"),
        ((str(SEED), "--province", "999999"), "999999"),
        ((str(SEED), "--year", "1066"), "1066"),
    ],
)
def test_what_an_ingest_cannot_use_is_named(tmp_path: Path, arguments: tuple[str, ...], word: str) -> None:
    assert_one_line(nianbao("ingest", *arguments, "--data", tmp_path / "data"), 1, word)


def test_a_broken_pdf_leaves_the_published_file_as_it_was(published: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n1 0 obj <<")
    before = (published / "nianbao.duckdb").read_bytes()
    assert_one_line(nianbao("ingest", broken, "--data", published), 1, "broken.pdf")
    assert (published / "nianbao.duckdb").read_bytes() == before
    assert list(DataFolder(published).passes.iterdir()) == []


def test_a_broken_pdf_among_others_is_listed_and_the_others_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj <<")
    run = nianbao("ingest", tmp_path / "broken.pdf", SEED, "--data", tmp_path / "data")
    assert run.returncode == 0, run
    assert "broken.pdf" in run.stdout


def test_what_a_missing_program_would_read_is_listed_with_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "年报.rtf").write_bytes(b"{\\rtf1 report}")
    (tmp_path / "年报.rar").write_bytes(rar5_of({"a.txt": b"report"}))
    data = tmp_path / "data"
    run = nianbao("ingest", tmp_path / "年报.rtf", tmp_path / "年报.rar", SEED, "--data", data, PATH=str(tmp_path))
    assert (run.returncode, run.stderr) == (0, ""), run
    reasons = dict(warehouse.query(data, "SELECT media_type, reason FROM documents WHERE outcome = 'failed'").rows)
    assert "LibreOffice" in str(reasons.pop("application/rtf"))
    (reason,) = reasons.values()
    assert "unar" in str(reason)


def test_a_file_that_holds_no_report_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("会议通知\n请于周一参加。\n")
    assert_one_line(nianbao("ingest", tmp_path / "note.txt", "--data", tmp_path / "data"), 1, "no report")


# --- the data folder -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("run",), ("ingest", SEED)])
def test_a_folder_in_use_is_left_alone(published: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    extra = ("--portals", registry(tmp_path)) if command == ("run",) else ()
    before = (published / "nianbao.duckdb").read_bytes()
    with DataFolder(published).locked():
        assert_one_line(nianbao(*command, *extra, "--data", published), 1, str(os.getpid()), "--wait")
    assert (published / "nianbao.duckdb").read_bytes() == before


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert_one_line(nianbao("ingest", SEED, "--data", tmp_path / "file"), 1, "cannot write")


def test_a_full_disk_leaves_the_published_file_as_it_was(published: Path) -> None:
    """No file may grow beyond what a first file system block or two can hold, as on a disk with no room."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    other = next((SAMPLE / "seeds").glob("高青*.txt"))
    before = (published / "nianbao.duckdb").read_bytes()
    assert_one_line(nianbao("ingest", other, "--data", published, before=no_room), 1)
    assert (published / "nianbao.duckdb").read_bytes() == before
    assert nianbao("ingest", other, "--data", published).returncode == 0


@pytest.mark.parametrize("command", ["run", "ingest"])
@pytest.mark.parametrize("place", ["archive", "state", "state/portals", "state/extracts", "state/prefect", "logs"])
def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path, command: str, place: str) -> None:
    misplaced = tmp_path / "data" / place
    misplaced.parent.mkdir(parents=True)
    misplaced.write_text("")
    given = (SEED,) if command == "ingest" else ("--portals", registry(tmp_path))
    assert_one_line(nianbao(command, *given, "--data", tmp_path / "data"), 1, "not a folder", str(misplaced))


@pytest.mark.parametrize("place", ["state/lock", "state/warehouse.lock", "logs/nianbao.log", "nianbao.duckdb"])
def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "data" / place).mkdir(parents=True)
    run = nianbao("ingest", SEED, "--data", tmp_path / "data")
    assert_one_line(run, 1, "a folder where a file should be", place)


def test_a_log_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """As on a disk that fills up meanwhile; /dev/full refuses every byte."""
    (tmp_path / "data" / "logs").mkdir(parents=True)
    (tmp_path / "data" / "logs" / "nianbao.log").symlink_to("/dev/full")
    run = nianbao("ingest", SEED, "--data", tmp_path / "data")
    assert (run.returncode, run.stderr) == (0, "")


def test_a_crawler_that_cannot_work_says_nothing_of_the_portals(
    published: Path, tmp_path: Path, prefect: Mapping[str, str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(published, data)
    (data / "state" / "portals" / "gaj.jsonl").mkdir(parents=True)  # what the crawler remembers cannot be read
    before = (data / "nianbao.duckdb").read_bytes()
    run = nianbao("run", "--portals", registry(tmp_path), "--data", data, **prefect)
    assert_one_line(run, 1, "nothing was published", "crawl.log")
    assert (data / "nianbao.duckdb").read_bytes() == before
    (data / "state" / "portals" / "gaj.jsonl").rmdir()
    again = nianbao("run", "--portals", registry(tmp_path), "--data", data, **prefect)
    assert again.stdout.count("127.0.0.9:9") == 1, again.stdout  # a portal that is down is told of once


# --- query, status, portals ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql", ["DELETE FROM reports", "SELECT nothing FROM reports", "SELEC 1", "COPY reports TO 'x'"]
)
def test_a_query_that_cannot_be_answered_is_one_line(published: Path, sql: str) -> None:
    assert_one_line(nianbao("query", sql, "--data", published), 1)


def test_a_query_without_a_warehouse_says_so(tmp_path: Path) -> None:
    assert_one_line(nianbao("query", "SELECT 1", "--data", tmp_path), 1, "nothing has been published")


def test_answers_come_as_table_csv_and_json(published: Path) -> None:
    sql = "SELECT authority, year, 0.5::DECIMAL(20,4) AS half, NULL AS nothing FROM reports WHERE year = 2024 LIMIT 1"
    authority = "隆德县公安局"
    table = nianbao("query", sql, "--data", published).stdout
    assert authority in table
    rows = list(csv.DictReader(io.StringIO(nianbao("query", sql, "--format", "csv", "--data", published).stdout)))
    assert rows == [{"authority": authority, "year": "2024", "half": "0.5", "nothing": ""}]
    answer = json.loads(nianbao("query", sql, "--format", "json", "--data", published).stdout)
    assert answer == [{"authority": authority, "year": 2024, "half": 0.5, "nothing": None}]


def test_json_is_json_whatever_the_values(published: Path) -> None:
    sql = "SELECT 1 AS a, 2 AS a, 'nan'::DOUBLE AS b, [1, '-inf'::DOUBLE] AS c, 'x\\xFF'::BLOB AS d"
    text = nianbao("query", sql, "--format", "json", "--data", published).stdout

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    answer = json.loads(text, parse_constant=refuse)
    assert answer == [{"a": 1, "a_1": 2, "b": None, "c": [1.0, None], "d": "78ff"}]


@pytest.mark.parametrize("form", ["csv", pytest.param("table", marks=pytest.mark.slow)])
def test_a_reader_that_stops_reading_is_no_error(published: Path, form: str) -> None:
    process = subprocess.Popen(
        [*NIANBAO, "query", "SELECT * FROM range(200000)", "--format", form, "--data", str(published)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(SAMPLE.parent.parent)},
    )
    assert process.stdout and process.stderr
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


# --- export ----------------------------------------------------------------------------------------------


def test_an_export_tells_its_version_and_the_next_one_what_changed(published: Path, tmp_path: Path) -> None:
    first = nianbao("export", tmp_path / "first", "--format", "csv", "--data", published)
    assert (first.returncode, first.stderr) == (0, ""), first
    assert "version 20" in first.stdout
    more = ("--province", "宁夏", "--year", "2024", "--previous", tmp_path / "first")
    second = nianbao("export", tmp_path / "second", *more, "--data", published)
    assert "added 0, " in second.stdout and "gone 0" in second.stdout
    assert list((tmp_path / "second").rglob("data/facts/province=640000/year=2024/data.parquet"))


def test_the_formats_are_those_of_the_warehouse() -> None:
    assert export.FORMATS == warehouse.FORMATS


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--province", "999999"), "999999"),
        (("--year", "1999"), "nothing to export"),
        (("--previous", "/nowhere"), "not a release"),
    ],
)
def test_what_an_export_cannot_do_is_one_line_and_leaves_nothing(
    published: Path, tmp_path: Path, arguments: tuple[str, ...], word: str
) -> None:
    assert_one_line(nianbao("export", tmp_path / "out", *arguments, "--data", published), 1, word)
    assert list(tmp_path.iterdir()) == []


def test_an_export_needs_a_folder_of_its_own_and_a_warehouse(published: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    assert_one_line(nianbao("export", tmp_path / "full", "--data", published), 1, "not empty", str(tmp_path / "full"))
    assert_one_line(nianbao("export", tmp_path / "full" / "mine", "--data", published), 1, "not a folder")
    assert_one_line(nianbao("export", tmp_path / "out", "--data", tmp_path / "full"), 1, "nothing has been published")
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "mine"]


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx", "dta"])
def test_an_export_to_a_full_disk_is_one_line_and_leaves_nothing(published: Path, tmp_path: Path, form: str) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, 4_000))

    run = nianbao("export", tmp_path / "out", "--format", form, "--data", published, before=no_room)
    assert_one_line(run, 1, "the disk is full", str(tmp_path / "out"))
    assert list(tmp_path.iterdir()) == []


def test_status_tells_runs_and_coverage(published: Path) -> None:
    status = json.loads(nianbao("status", "--json", "--data", published).stdout)
    assert status["runs"][-1]["new"] == 1
    assert {(row["province"], row["year"]) for row in status["coverage"]} >= {("640000", 2024)}
    assert "640000" in nianbao("status", "--data", published).stdout


def test_the_registry_is_listed_and_checked(tmp_path: Path) -> None:
    file = registry(tmp_path)
    assert "石嘴山市公安局" in nianbao("portals", "list", "--portals", file).stdout
    assert nianbao("portals", "check", "--portals", file).returncode == 0
    file.write_text("- {id: gaj}\n")
    wrong = nianbao("portals", "check", "--portals", file)
    assert wrong.returncode == 1
    assert f"{file}:1" in wrong.stdout


def test_the_doctor_names_what_is_broken_and_how_to_mend_it(published: Path, tmp_path: Path) -> None:
    well = nianbao("doctor", "--data", published)
    assert "warehouse: 1 reports" in well.stdout or "warehouse: 2 reports" in well.stdout
    (tmp_path / "file").write_text("")
    ill = nianbao("doctor", "--data", tmp_path / "file")
    assert ill.returncode == 1
    assert "FAIL 数据目录 data folder" in ill.stdout
