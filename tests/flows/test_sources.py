"""The same report on several portals: a correction arrives and stays, a stale mirror undoes nothing, whatever subset of
the portals a pass looks at and however often."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from flows.journal import PassPlan
from flows.publishing import PassResult, Publication, publish
from pipeline import warehouse
from pipeline.archive import ArchiveWriter, Response
from pipeline.extraction import ExtractSettings, ExtractStore, extract_one
from pipeline.model import Kind, Portal, PortalOutcome, Snapshot
from tests.support.gold import sample_document

PAGE = sample_document("longde-gaj-2024", "html").read_text("utf-8")

OWN = Portal("own", "隆德县公安局", "640423", "http://gaj.example/")
COUNTY = Portal("county", "隆德县人民政府", "640423", "http://longde.example/")
TWIN = Portal("twin", "隆德县教育局", "640423", "http://jyj.example/")  # as near as the county's
CITY = Portal("a-city", "固原市人民政府", "640400", "http://guyuan.example/")
ELSEWHERE = Portal("a-mirror", "石嘴山市人民政府", "640200", "http://mirror.example/")


def corrected(page: str, number: str) -> str:
    """Another figure in the first cell that prints one."""
    head, cell, tail = page.partition(">0<")
    assert cell
    return f"{head}>{number}<{tail}"


def slow(*values: Portal) -> ParameterSet:
    return pytest.param(*values, marks=pytest.mark.slow)


class Passes:
    """Passes over portals whose report pages the test writes."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.pages: dict[str, str] = {}
        self._count = 0

    def over(self, *portals: Portal) -> PassResult:
        self._count += 1
        now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=self._count)
        run_id = f"r{self._count:03d}"
        store = ExtractStore(self.data / "state" / "extracts", ExtractSettings("never"))
        with ArchiveWriter(self.data / "archive", run_id) as archive:
            snapshots = [self._snapshot(portal, archive, run_id, now) for portal in portals]
        for snapshot in snapshots:
            extract_one(self.data / "archive", self.data / "state" / "extracts", ExtractSettings("never"), snapshot)
        publication = Publication(
            plan=PassPlan(run_id, now, portals),
            portals={portal.id: portal for portal in portals},
            outcomes={portal.id: PortalOutcome(portal.id, "ok", True, 1, 1, 1, 0) for portal in portals},
            snapshots=snapshots,
            allow_shrink=False,
        )
        return publish(publication, data=self.data, store=store)

    def _snapshot(self, portal: Portal, archive: ArchiveWriter, run_id: str, now: datetime) -> Snapshot:
        url = f"{portal.url}nb/2024.html"
        body = self.pages[portal.id].encode()
        archived = archive.write_response(Response(url, body, 200, {}, now))
        digest = hashlib.sha256(body).hexdigest()
        return Snapshot(
            url, portal.id, run_id, Kind.REPORT, now, 200, "text/html", len(body), digest, archived, charset="utf-8"
        )

    def held(self) -> tuple[str, int]:
        ((portal, version),) = warehouse.query(self.data, "SELECT portal_id, version FROM reports").rows
        return portal, version

    def sevens(self) -> int:
        ((count,),) = warehouse.query(self.data, "SELECT count(*) FROM facts WHERE raw = '7777'").rows
        return int(count)


@pytest.fixture
def passes(tmp_path: Path) -> Passes:
    made = Passes(tmp_path)
    made.pages = dict.fromkeys(("own", "county", "twin", "a-city", "a-mirror"), PAGE)
    return made


def test_among_equals_the_portal_nearest_to_the_authority_is_taken(passes: Passes) -> None:
    far_first = (ELSEWHERE, CITY, COUNTY, OWN)
    for count in range(1, len(far_first) + 1):
        fresh = Passes(passes.data / str(count))
        fresh.pages = passes.pages
        fresh.over(*far_first[:count])
        assert fresh.held() == (far_first[count - 1].id, 1)


def test_the_same_content_at_another_portal_changes_nothing(passes: Passes) -> None:
    passes.over(ELSEWHERE)
    for seen in ((OWN,), (ELSEWHERE, OWN), (COUNTY,), (OWN,), (ELSEWHERE, COUNTY)):
        result = passes.over(*seen)
        assert (result.record.new, result.record.changed, result.record.unchanged) == (0, 0, 1)
        assert passes.held() == ("a-mirror", 1)


@pytest.mark.parametrize("stale", [ELSEWHERE, *(slow(one) for one in (CITY, TWIN))], ids=["a-mirror", "a-city", "twin"])
def test_a_correction_stays_whatever_stale_mirror_is_seen_afterwards(passes: Passes, stale: Portal) -> None:
    passes.over(stale, COUNTY)
    passes.pages["county"] = corrected(PAGE, "7777")
    passes.over(COUNTY)
    after = passes.held()
    assert (after[0], passes.sevens()) == ("county", 1)
    for seen in ((stale, COUNTY), (stale,), (COUNTY,), (stale, COUNTY)):
        assert passes.over(*seen).record.changed == 0
        assert (passes.held(), passes.sevens()) == (after, 1)


@pytest.mark.parametrize(("first", "other"), [slow(COUNTY, TWIN), (TWIN, COUNTY)], ids=["county", "twin"])
def test_a_correction_arrives_in_a_pass_over_all_from_whichever_of_two_equals(
    passes: Passes, first: Portal, other: Portal
) -> None:
    passes.over(first)
    passes.over(first, other)
    passes.pages[other.id] = corrected(PAGE, "7777")
    assert passes.over(first, other).record.changed == 1
    assert (passes.held(), passes.sevens()) == ((other.id, 2), 1)
    for seen in ((first,), (first, other), (other,)):
        assert passes.over(*seen).record.changed == 0
    passes.pages[first.id] = corrected(PAGE, "7777")  # the mirror follows: nothing new
    for seen in ((first,), (first, other)):
        assert passes.over(*seen).record.changed == 0
    assert passes.held() == (other.id, 2)


def test_a_page_that_calls_itself_a_correction_goes_before_one_as_near(passes: Passes) -> None:
    passes.over(COUNTY)
    passes.pages["twin"] = corrected(PAGE, "7777")
    passes.over(TWIN)
    assert passes.held()[0] == "county"
    passes.pages["county-2"] = corrected(PAGE, "7777").replace("年度报告<", "年度报告（更正）<")
    passes.over(replace(COUNTY, id="county-2", url="http://longde.example/gz/"))
    assert (passes.held()[0], passes.sevens()) == ("county-2", 1)


def test_a_correction_at_a_farther_portal_does_not_go_before_a_nearer_one(passes: Passes) -> None:
    passes.over(OWN, ELSEWHERE)
    passes.pages["a-mirror"] = corrected(PAGE, "7777")
    for seen in ((ELSEWHERE,), (OWN, ELSEWHERE)):
        assert passes.over(*seen).record.changed == 0
    assert (passes.held(), passes.sevens()) == (("own", 1), 0)


def test_a_nearer_portal_that_says_otherwise_goes_before_what_is_held(passes: Passes) -> None:
    passes.over(ELSEWHERE)
    passes.pages["own"] = corrected(PAGE, "7777")
    passes.over(ELSEWHERE, OWN)
    assert (passes.held(), passes.sevens()) == (("own", 2), 1)


def test_a_page_whose_wording_changes_every_day_takes_nothing_back(passes: Passes) -> None:
    passes.over(TWIN, COUNTY)
    passes.pages["county"] = corrected(PAGE, "7777")
    passes.over(TWIN, COUNTY)
    held = passes.held()
    for day in range(3):
        passes.pages["twin"] = PAGE.replace("</p>", f"，浏览{day}次</p>", 1)
        for seen in ((TWIN,), (TWIN, COUNTY)):
            assert passes.over(*seen).record.changed == 0
    assert (passes.held(), passes.sevens()) == (held, 1)


def test_documents_of_the_places_that_were_not_taken_are_duplicates(passes: Passes) -> None:
    passes.over(ELSEWHERE, OWN)
    found = warehouse.query(passes.data, "SELECT portal_id, outcome FROM documents ORDER BY portal_id").rows
    assert found == (("a-mirror", "duplicate"), ("own", "loaded"))


def test_what_is_not_known_is_null(passes: Passes) -> None:
    passes.over(OWN)
    texts = [name for name, kind, *_ in warehouse.query(passes.data, "DESCRIBE reports").rows if kind == "VARCHAR"]
    for name in texts:
        assert warehouse.query(passes.data, f"SELECT count(*) FROM reports WHERE {name} = ''").rows == ((0,),), name
    assert warehouse.query(passes.data, "SELECT file_url FROM reports").rows == ((None,),)


def test_townships_have_names(passes: Passes) -> None:
    passes.pages["county"] = PAGE.replace("隆德县公安局", "隆德县城关镇人民政府")
    passes.over(COUNTY)
    found = warehouse.query(passes.data, "SELECT length(division), division_name FROM reports").rows
    assert found == ((9, "城关镇"),)
