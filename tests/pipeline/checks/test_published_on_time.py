from collections.abc import Callable
from datetime import date

import pytest

from pipeline.checks.published_on_time import published_on_time
from pipeline.model import Authority, Finding, Report

Run = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("department", "level", "year", "published_on", "passed"),
    [
        ("public_security", "county", 2024, date(2025, 1, 31), True),
        ("public_security", "county", 2024, date(2025, 2, 1), False),
        ("public_security", "central", 2024, date(2025, 2, 1), False),
        ("government", "county", 2024, date(2025, 3, 31), True),
        ("government", "province", 2024, date(2025, 4, 1), False),
        ("government", "township", 2024, date(2025, 2, 1), False),
        ("public_security", "city", 2017, date(2018, 3, 31), True),
        ("public_security", "city", 2018, date(2019, 3, 31), True),
        ("public_security", "city", 2019, date(2020, 3, 31), False),
        ("public_security", "city", 2024, date(2024, 12, 31), None),
        ("public_security", "city", 2024, None, None),
    ],
)
def test_the_day_it_is_due_depends_on_who_publishes_and_on_the_year(
    report: Callable[..., Report],
    run: Run,
    department: str,
    level: str,
    year: int,
    published_on: date | None,
    passed: bool | None,
) -> None:
    authority = Authority("a", "某机关", "640423", level, department)
    (finding,) = run(published_on_time, report(authority=authority, year=year, published_on=published_on))
    assert (finding.passed, finding.severity) == (passed, "warning")


def test_the_message_says_when_when_due_and_how_late(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(published_on_time, report(published_on=date(2025, 2, 14)))
    assert finding.message == "报告公布于2025-02-14，按规定应在2025-01-31以前（含当日）公布，晚了14天。"
