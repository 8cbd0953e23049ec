"""The whole way, portal to SQL, over the sample portals; and what a kill at any moment must not change."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from flows.datafolder import DataFolder
from flows.sample_server import serve_sample
from pipeline import warehouse
from pipeline.archive.checking import Check
from pipeline.archive.finding import find
from tests.flows.passes import begin, contents, kill_when, run_to_end, wait_until_free
from tests.support.gold import SEEDS, gold_of

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with serve_sample(port=0) as sample:
        path = tmp_path_factory.mktemp("registry") / "sample.yaml"
        sample.write_registry(path)
        yield path


@pytest.fixture(scope="module")
def undisturbed(registry: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of one pass that nobody disturbed."""
    data = tmp_path_factory.mktemp("undisturbed")
    run_to_end(registry, data)
    return data


# --- a pass, and the same again ----------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SEEDS)
def test_every_cell_of_the_seed_reports_is_right(undisturbed: Path, slug: str) -> None:
    gold = gold_of(slug)
    found = warehouse.query(
        undisturbed,
        f"""SELECT f.item, f.applicant, coalesce(f.value, 0) FROM facts f JOIN reports r USING (report_id)
        WHERE r.authority = '{gold.data["authority"]}' AND r.year = {gold.data["year"]}""",
    ).rows
    assert len(found) == 200
    assert {(item, applicant): value for item, applicant, value in found} == gold.cells


@pytest.mark.parametrize("slug", SEEDS)
def test_every_check_that_must_fail_does_and_no_other(undisturbed: Path, slug: str) -> None:
    gold = gold_of(slug)
    failed = warehouse.query(
        undisturbed,
        f"""SELECT c.rule, c.applicant FROM checks c JOIN reports r USING (report_id)
        WHERE NOT c.passed AND c.severity = 'error' AND r.authority = '{gold.data["authority"]}'""",
    ).rows
    assert sorted(map(str, failed)) == sorted(str(tuple(one)) for one in gold.data["failed_checks"])


def test_nothing_else_was_taken_for_a_report(undisturbed: Path) -> None:
    assert warehouse.query(undisturbed, "SELECT count(*) FROM reports").rows == ((5,),)


def test_each_came_its_own_way(undisturbed: Path) -> None:
    found = warehouse.query(undisturbed, "SELECT DISTINCT extractor FROM reports").rows
    assert {extractor for (extractor,) in found} == {"html", "pdf", "scan", "docx"}


def test_every_bit_of_it_is_in_the_archive(undisturbed: Path) -> None:
    lost = warehouse.query(undisturbed, "FROM documents WHERE outcome = 'loaded' AND warc IS NULL").rows
    assert lost == ()
    assert list((undisturbed / "archive").glob("*.warc.gz"))


def test_a_second_pass_finds_everything_unchanged_and_reads_nothing_again(
    registry: Path, undisturbed: Path, prefect: Mapping[str, str]
) -> None:
    before = contents(undisturbed)
    output = run_to_end(registry, undisturbed, prefect)
    latest = warehouse.recent_runs(undisturbed, 1)[0]
    assert (latest.new, latest.changed, latest.unchanged, latest.failed) == (0, 0, 5, 0)
    assert "reading documents: 0" in output
    assert contents(undisturbed) == before


def test_the_warehouse_is_made_again_from_the_archive_alone(
    registry: Path, undisturbed: Path, tmp_path: Path, prefect: Mapping[str, str]
) -> None:
    """Of portals that are gone. What was read is only copied to save the time."""
    gone = tmp_path / "gone.yaml"
    gone.write_text(re.sub(r"//127\.0\.0\.\d+:\d+", "//127.0.0.9:9", registry.read_text("utf-8")), "utf-8")
    data = tmp_path / "data"
    shutil.copytree(undisturbed / "archive", data / "archive", ignore=shutil.ignore_patterns("*.cdxj"))
    shutil.copytree(undisturbed / "state" / "extracts", data / "state" / "extracts")
    run_to_end(gone, data, prefect, "--from-archive")
    before, after = contents(undisturbed), contents(data)
    for name in ("reports", "facts", "sections", "checks", "mentions"):
        assert after[name] == before[name]
    documents = "SELECT DISTINCT url, portal_id, media_type, sha256, warc, kind, title FROM documents ORDER BY ALL"
    assert warehouse.query(data, documents).rows == warehouse.query(undisturbed, documents).rows
    assert not (data / "state" / "portals").exists()


def test_every_fact_leads_by_sql_to_the_record_it_was_read_from(undisturbed: Path) -> None:
    sql = "SELECT DISTINCT a.warc, a.sha256 FROM facts JOIN archived a USING (report_id)"
    places = warehouse.query(undisturbed, sql).rows
    assert len(places) == 5
    for place, sha256 in places:
        [found] = find(undisturbed / "archive", place)
        assert hashlib.sha256(found.body).hexdigest() == sha256
    assert list(Check(undisturbed / "archive", warehouse.archive_references(undisturbed)).problems()) == []


def test_a_finished_pass_leaves_no_journal_and_no_process(undisturbed: Path) -> None:
    assert list(DataFolder(undisturbed).passes.iterdir()) == []
    wait_until_free(undisturbed)


def test_a_portal_that_is_down_is_listed_and_the_others_are_published(
    registry: Path, undisturbed: Path, tmp_path: Path, prefect: Mapping[str, str]
) -> None:
    shutil.copytree(undisturbed / "state" / "extracts", tmp_path / "data" / "state" / "extracts")
    down = '- {id: down, authority: 青铜峡市公安局, division: "640381", url: "http://127.0.0.9:9/"}\n'
    (tmp_path / "portals.yaml").write_text(registry.read_text("utf-8") + down, "utf-8")
    output = run_to_end(tmp_path / "portals.yaml", tmp_path / "data", prefect)
    assert "\ndown: dead" in output
    assert warehouse.query(tmp_path / "data", "SELECT state FROM portals WHERE id = 'down'").rows == (("dead",),)
    assert warehouse.query(tmp_path / "data", "SELECT count(*) FROM reports").rows == ((5,),)


# --- killed ------------------------------------------------------------------------------------------------


def lines_of(data: Path, name: str) -> int:
    return sum(path.read_bytes().count(b"\n") for path in DataFolder(data).passes.glob(f"*/{name}"))


def extracts(data: Path) -> set[Path]:
    return set((data / "state" / "extracts").glob("*/*/*.json"))


def scanned(data: Path) -> set[Path]:
    """Those that take longest to make."""
    return {path for path in extracts(data) if b'"extractor":"scan"' in path.read_bytes()}


MOMENTS: dict[str, Callable[[Path], bool]] = {
    "some pages are fetched": lambda data: lines_of(data, "fetches.jsonl") >= 5,
    "a portal is done": lambda data: lines_of(data, "portals.jsonl") >= 1,
    "documents are being read": lambda data: len(extracts(data)) > 1,
    "the warehouse is being written": lambda data: (data / "nianbao.duckdb.next").exists(),
    "it is published but not tidied up": lambda data: (data / "nianbao.duckdb").exists(),
}


# Crawls are killed by tests of their own, reading in the pass over the archive, too.
SLOW = {"some pages are fetched", "a portal is done", "documents are being read", "it is published but not tidied up"}


@pytest.mark.slow
def test_killed_while_it_reads_the_archive_again_a_pass_is_run_again(
    registry: Path, undisturbed: Path, tmp_path: Path, prefect: Mapping[str, str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(undisturbed / "archive", data / "archive")
    process = begin(registry, data, prefect, "--from-archive")
    kill_when(process, lambda: len(extracts(data)) > 1)
    wait_until_free(data)
    run_to_end(registry, data, prefect, "--from-archive")
    for name in ("reports", "facts", "sections", "checks", "mentions"):
        assert contents(data)[name] == contents(undisturbed)[name]
    assert list(DataFolder(data).passes.iterdir()) == []


@pytest.mark.parametrize("moment", [pytest.param(one, marks=[pytest.mark.slow] * (one in SLOW)) for one in MOMENTS])
def test_killed_and_run_again_the_warehouse_is_the_same(
    registry: Path, undisturbed: Path, tmp_path: Path, moment: str, prefect: Mapping[str, str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(undisturbed / "state" / "extracts", data / "state" / "extracts")  # elsewhere reading is only time
    if moment == "documents are being read":
        for path in extracts(data) - scanned(data):
            path.unlink()
        assert len(extracts(data)) == 1
    kill_when(begin(registry, data), lambda: MOMENTS[moment](data))  # and its own Prefect server must go with it
    wait_until_free(data)
    run_to_end(registry, data, prefect)
    assert contents(data) == contents(undisturbed)
    assert warehouse.query(data, "SELECT url, run_id FROM documents GROUP BY ALL HAVING count(*) > 1").rows == ()
    assert list(DataFolder(data).passes.iterdir()) == []
    assert not list(data.glob("*.next*"))
    assert list(Check(data / "archive", warehouse.archive_references(data)).problems()) == []
