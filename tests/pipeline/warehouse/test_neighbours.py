"""The rules that look at other reports: whatever comes, and in whatever order, they answer for what is then held."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest

from pipeline import warehouse
from pipeline.model import Report, Section
from pipeline.warehouse import ReportRows
from tests.pipeline.warehouse.conftest import Load, Sql
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_authority, make_fact, make_report, make_run, rows

PROBLEMS = "".join(chr(0x4E00 + place) for place in range(0, 1200, 3))  # some text of its own
OTHER_PROBLEMS = "".join(chr(0x5E00 + place) for place in range(0, 1200, 3))


def report(number: int, year: int, text: str = "", **amounts: int) -> Report:
    """Undivided items by their code with underscores for dots; `new`, `carried_in` and `carried_out` are requests."""
    facts = tuple(
        make_fact(f"requests.{name}", "total", Decimal(value))
        if name in {"new", "carried_in", "carried_out"}
        else make_fact(name.replace("__", "."), None, Decimal(value))
        for name, value in amounts.items()
    )
    sections = (Section(1, "总体情况", "全年公开信息。"), Section(5, "存在的主要问题及改进情况", text))
    return make_report(number, year, facts=facts, sections=sections)


def government(year: int, **amounts: int) -> Report:
    made = report(99, year, **amounts)
    return replace(made, authority=make_authority(99, name="石嘴山市人民政府", department="government"))


def bare(*reports: Report) -> list[ReportRows]:
    return [rows(one, ()) for one in reports]


def verdicts(sql: Sql, rule: str) -> list[tuple[object, ...]]:
    return sql(
        f"""
        SELECT authority, reports.year, passed FROM checks JOIN reports USING (report_id)
        WHERE rule = '{rule}' ORDER BY ALL
        """
    )


def test_an_earlier_year_that_comes_later_is_held_against_the_following_one(load: Load, sql: Sql) -> None:
    load(bare(report(1, 2024, PROBLEMS, carried_in=2, licensing__decisions=500, normative_documents__in_force=4)))
    assert verdicts(sql, "carried_over") == [("第1局", 2024, None)]
    result = load(bare(report(1, 2023, PROBLEMS, carried_out=3, licensing__decisions=20)))
    assert result.partitions > 0
    assert verdicts(sql, "carried_over") == [("第1局", 2023, None), ("第1局", 2024, False)]
    assert verdicts(sql, "outlier") == [("第1局", 2023, None), ("第1局", 2024, False)]
    assert verdicts(sql, "repeated_text") == [("第1局", 2023, None), ("第1局", 2024, False)]
    assert sql("SELECT year, checks_failed, version FROM reports ORDER BY year") == [(2023, 0, 1), (2024, 3, 1)]


def test_a_correction_of_last_year_mends_what_failed_this_year(load: Load, sql: Sql) -> None:
    load(bare(report(1, 2023, carried_out=3), report(1, 2024, carried_in=2)))
    load(bare(report(1, 2023, carried_out=2)))
    assert verdicts(sql, "carried_over")[1] == ("第1局", 2024, True)
    assert sql("SELECT version, checks_failed FROM reports WHERE year = 2024") == [(1, 0)]


def test_a_department_that_comes_later_is_held_against_its_government(load: Load, sql: Sql) -> None:
    load(bare(government(2024, new=5), report(1, 2024, new=4)))
    assert ("石嘴山市人民政府", 2024, True) in verdicts(sql, "hierarchy_sum")
    load(bare(report(2, 2024, new=3)))
    rule = "SELECT passed, expected, actual FROM checks WHERE rule = 'hierarchy_sum' AND item IS NOT NULL"
    assert sql(rule) == [(False, 7, 5)]


@pytest.mark.parametrize("changes", [{"department": "taxation"}, {"division": "640205", "level": "county"}])
def test_branches_of_central_systems_and_bodies_below_are_no_departments(
    load: Load, sql: Sql, changes: dict[str, str]
) -> None:
    outside = replace(report(1, 2024, new=9), authority=make_authority(1, **changes))
    load(bare(government(2024, new=5), outside))
    assert ("石嘴山市人民政府", 2024, None) in verdicts(sql, "hierarchy_sum")


def test_two_authorities_of_a_division_with_one_text_are_both_told_whoever_comes_first(load: Load, sql: Sql) -> None:
    load(bare(report(1, 2024, PROBLEMS), report(2, 2024, OTHER_PROBLEMS)))
    assert {passed for _, _, passed in verdicts(sql, "repeated_text")} == {True}
    load(bare(report(3, 2024, PROBLEMS)))
    assert verdicts(sql, "repeated_text") == [("第1局", 2024, False), ("第2局", 2024, True), ("第3局", 2024, False)]
    load(bare(report(3, 2024, OTHER_PROBLEMS[::-1])))
    assert {passed for _, _, passed in verdicts(sql, "repeated_text")} == {True}


def test_the_run_counts_the_failures_of_its_reports_with_those_beside_neighbours(load: Load, sql: Sql) -> None:
    load(bare(report(1, 2023, carried_out=3)))
    assert load(bare(report(1, 2024, carried_in=2))).run.checks_failed == 1


REPORTS = bare(
    report(1, 2022, PROBLEMS, carried_out=1, licensing__decisions=10),
    report(1, 2023, OTHER_PROBLEMS, carried_in=1, carried_out=3, licensing__decisions=300),
    report(1, 2024, PROBLEMS, carried_in=2, new=5, licensing__decisions=12),
    report(2, 2024, PROBLEMS, new=1),
    government(2024, new=5),
)


def test_the_order_in_which_reports_come_does_not_matter(tmp_path: Path) -> None:
    said = set()
    for number, order in enumerate([REPORTS, *list(permutations(REPORTS))[7::41]]):
        data = tmp_path / str(number)
        cut = number % len(order)
        for run, batch in enumerate((order[:cut], order[cut:])):
            warehouse.load(
                data, reports=batch, documents=(), portals=(), outcomes=(), run=make_run(f"r{run}"), divisions=DIVISIONS
            )
        found = (
            warehouse.query(data, "FROM checks ORDER BY ALL"),
            warehouse.query(data, "SELECT report_id, checks_failed, version FROM reports ORDER BY ALL"),
        )
        said.add(found)
    assert len(said) == 1
