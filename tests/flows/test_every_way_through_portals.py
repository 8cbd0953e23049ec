"""All 1,000 cells and every failing check, through the sample portals publishing all five seeds in one way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from data.sample.generate.sites import build_sites
from flows.sample_server import serve_sample
from pipeline import warehouse
from tests.flows.passes import run_to_end
from tests.support.gold import SEEDS, gold_of

pytestmark = pytest.mark.timeout(600)

EXTRACTORS = {"html": "html", "lines": "html", "pdf": "pdf", "docx": "docx", "scan": "scan"}


@pytest.mark.slow  # of each way the pass over all sample portals reads some
@pytest.mark.parametrize("way", EXTRACTORS)
def test_every_cell_and_every_failed_check(way: str, tmp_path: Path, prefect: Mapping[str, str]) -> None:
    build_sites(tmp_path / "sites", dict.fromkeys(SEEDS, way))
    with serve_sample(tmp_path / "sites", port=0) as sample:
        sample.write_registry(tmp_path / "sample.yaml")
        run_to_end(tmp_path / "sample.yaml", tmp_path / "data", prefect)
    for slug in SEEDS:
        assert_is_gold(tmp_path / "data", slug, EXTRACTORS[way])


def assert_is_gold(data: Path, slug: str, extractor: str) -> None:
    gold = gold_of(slug)
    ((report_id, *said),) = warehouse.query(
        data,
        f"""SELECT report_id, extractor, year, province, division, level, department, form, title FROM reports
        WHERE authority = '{gold.data["authority"]}'""",
    ).rows
    wanted = [gold.data[name] for name in ("year", "province", "division", "level", "department", "form")]
    assert said[:-1] == [extractor, *wanted]
    assert "".join(said[-1].split()) == "".join(gold.data["title"].split())
    cells = warehouse.query(
        data, f"SELECT item, applicant, coalesce(value, 0) FROM facts WHERE report_id = '{report_id}'"
    ).rows
    assert {(item, applicant): value for item, applicant, value in cells} == gold.cells
    failed = warehouse.query(
        data,
        f"""SELECT rule, applicant FROM checks
        WHERE report_id = '{report_id}' AND NOT passed AND severity = 'error'""",
    ).rows
    assert sorted(map(str, failed)) == sorted(str(tuple(one)) for one in gold.data["failed_checks"])
