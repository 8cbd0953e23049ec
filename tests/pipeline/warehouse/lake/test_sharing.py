"""What several machines share, on a real PostgreSQL: nothing lost, nothing doubled, and checked side by side."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.model import Section
from pipeline.warehouse import Lake, Shared
from tests.pipeline.warehouse.lake.machines import counts, load, machine
from tests.pipeline.warehouse.synthetic import WHEN, make_authority, make_fact, make_report, rows

pytestmark = pytest.mark.slow


def test_what_is_shared_once_is_all_there_and_not_shared_again(lake: Lake, tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1, 2, 3])
    assert warehouse.share(data, lake) == Shared(new=3, changed=0, older=0)
    assert warehouse.share(data, lake) == Shared(0, 0, 0)
    assert counts(lake) == counts(data)


def test_a_correction_is_a_new_version_and_the_earlier_one_is_kept(lake: Lake, tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1])
    warehouse.share(data, lake)
    machine(data, [1], hour=1, add=5)
    assert warehouse.share(data, lake) == Shared(new=0, changed=1, older=0)
    assert warehouse.query(lake, "SELECT version FROM reports").rows == ((2,),)
    earlier = warehouse.query(lake, "SELECT sum(value) FROM facts", WHEN + timedelta(minutes=1)).rows[0][0]
    assert warehouse.query(lake, "SELECT sum(value) FROM facts").rows[0][0] == earlier + 5


def test_of_two_machines_the_later_state_is_the_lakes(lake: Lake, tmp_path: Path) -> None:
    late, early = machine(tmp_path / "late", [1], hour=2, add=7), machine(tmp_path / "early", [1, 2], hour=1)
    warehouse.share(late, lake)
    assert warehouse.share(early, lake) == Shared(new=1, changed=0, older=1)
    shown = "SELECT report_id, sum(value) FROM facts GROUP BY ALL"
    assert set(warehouse.query(late, shown).rows) <= set(warehouse.query(lake, shown).rows)


def _machine_at_work(name: str, lake: Lake, folder: Path, first: int, barrier: object) -> None:
    barrier.wait()  # type: ignore[attr-defined]
    for night in range(3):
        own = [first + night * 10 + number for number in range(5)]
        machine(folder / name, [*own, night], hour=night)  # the last one is the other machine's as well
        warehouse.share(folder / name, lake)


def test_two_machines_that_write_at_once_lose_and_double_nothing(lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "first", [999]), lake)
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    at_work = [
        context.Process(target=_machine_at_work, args=(name, lake, tmp_path, first, barrier))
        for name, first in (("north", 100), ("south", 200))
    ]
    for one in at_work:
        one.start()
    for one in at_work:
        one.join(240)
    assert [one.exitcode for one in at_work] == [0, 0]
    counted = "SELECT count(*), count(DISTINCT report_id) FROM reports"
    [(reports, distinct)] = warehouse.query(lake, counted).rows
    assert (reports, distinct) == (1 + 2 * 3 * 5 + 3, reports)
    each = "SELECT DISTINCT count(*) FROM facts GROUP BY report_id"
    assert warehouse.query(lake, each).rows == ((len(make_report(1).facts),),)


def test_a_report_is_checked_beside_those_that_other_machines_brought(lake: Lake, tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(0, 1200, 3))
    sections = (Section(5, "存在的主要问题及改进情况", text),)
    carried = {2024: ("carried_in", 2), 2023: ("carried_out", 3)}
    for year, (item, count) in carried.items():
        facts = (make_fact(f"requests.{item}", "total", Decimal(count)),)
        made = make_report(1, year, facts=facts, sections=sections, mentions=())
        load(tmp_path / str(year), [rows(made, ())])
        warehouse.share(tmp_path / str(year), lake)
    beside = "SELECT rule FROM checks WHERE year = 2024 AND NOT passed ORDER BY rule"
    assert warehouse.query(tmp_path / "2024", beside).rows == ()
    assert warehouse.query(lake, beside).rows == (("carried_over",), ("repeated_text",))
    assert warehouse.query(lake, "SELECT checks_failed, version FROM reports WHERE year = 2024").rows == ((2, 1),)
    assert warehouse.share(tmp_path / "2024", lake) == Shared(0, 0, 0)  # which is no correction


def test_a_government_is_held_against_the_departments_of_other_machines(lake: Lake, tmp_path: Path) -> None:
    facts = (make_fact("licensing.decisions", None, Decimal(3)),)
    government = make_authority(99, name="石嘴山市人民政府", department="government")
    load(tmp_path / "city", [rows(make_report(99, authority=government, facts=facts), ())])
    warehouse.share(tmp_path / "city", lake)
    more = [replace(make_report(number), facts=facts) for number in (1, 2)]
    load(tmp_path / "bureaus", [rows(one, ()) for one in more])
    warehouse.share(tmp_path / "bureaus", lake)
    sums = "SELECT actual, expected FROM checks WHERE rule = 'hierarchy_sum' AND NOT passed"
    assert warehouse.query(lake, sums).rows == ((3, 6),)


def test_what_is_in_quarantine_is_shared_until_it_is_right(lake: Lake, tmp_path: Path) -> None:
    one, good = tmp_path / "one", make_report(1)
    wrong = replace(good, facts=(replace(good.facts[0], value=Decimal(-3)), *good.facts[1:]))
    load(one, [rows(wrong)])
    warehouse.share(one, lake)
    assert warehouse.failures(lake) == warehouse.failures(one)
    assert counts(lake)["quarantine"] == 1
    warehouse.gather(lake, tmp_path / "whole")
    assert counts(tmp_path / "whole")["quarantine"] == 1
    load(one, [rows(good)], hour=1)
    for folder in (one, tmp_path / "whole"):  # the second one still has it
        warehouse.share(folder, lake)
        assert counts(lake)["quarantine"] == 0


def test_what_another_machine_says_of_its_portal_stays(lake: Lake, tmp_path: Path) -> None:
    one, whole = tmp_path / "one", tmp_path / "whole"
    load(one, [], crawled="ok")
    warehouse.share(one, lake)
    warehouse.gather(lake, whole)
    load(one, [], hour=1, crawled="dead")
    for folder in (one, whole):
        warehouse.share(folder, lake)
        assert warehouse.query(lake, "SELECT state FROM portals").rows == (("dead",),)


def test_files_are_kept_by_province_and_year(lake: Lake, tmp_path: Path) -> None:
    warehouse.share(machine(tmp_path / "one", [1]), lake)
    [report] = {make_report(1)}
    folder = Path(lake.files) / "main" / "facts" / f"province={report.province}" / f"year={report.year}"
    assert list(folder.glob("*.parquet"))


def test_a_lake_that_cannot_be_reached_is_one_line_without_the_password(tmp_path: Path) -> None:
    data = machine(tmp_path / "one", [1])
    with pytest.raises(WarehouseError) as raised:
        warehouse.share(data, Lake("ducklake:postgres:host=127.0.0.1 port=1 password=s3cret dbname=x", str(tmp_path)))
    assert "\n" not in str(raised.value)
    assert "s3cret" not in str(raised.value)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(WarehouseError, match="ducklake:postgres:"):
        Lake("mysql:host=x")
