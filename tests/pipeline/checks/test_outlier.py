from collections.abc import Callable
from decimal import Decimal

import pytest

from pipeline.checks.outlier import outlier
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]
ITEM = "licensing.decisions"


def years(**numbers: int) -> dict[int, dict[tuple[str, str | None], Decimal]]:
    """y2023=5: five in 2023."""
    return {int(year[1:]): {(ITEM, None): Decimal(number)} for year, number in numbers.items()}


@pytest.mark.parametrize(
    ("before", "now", "passed"),
    [(3000, 3500, True), (3000, 300, False), (3000, 30000, False), (0, 90, True), (0, 100, False), (1, 9, True)],
)
def test_ten_times_last_years_number_or_a_tenth_stands_out(
    report: Callable[..., Report], run: Run, before: int, now: int, passed: bool
) -> None:
    (finding,) = run(outlier, report({(ITEM, None): now}), history=years(y2023=before))
    assert (finding.passed, finding.severity) == (passed, "warning")
    if not passed:
        assert (finding.item, finding.expected, finding.actual) == (ITEM, before, now)


def test_one_odd_year_before_does_not_make_an_ordinary_number_odd(report: Callable[..., Report], run: Run) -> None:
    history = years(y2020=40, y2021=35, y2022=44, y2023=4100)
    assert [one.passed for one in run(outlier, report({(ITEM, None): 42}), history=history)] == [True]


def test_a_number_within_what_the_authority_has_printed_before_is_ordinary(
    report: Callable[..., Report], run: Run
) -> None:
    history = years(y2020=12, y2021=900, y2022=15, y2023=11)
    assert [one.passed for one in run(outlier, report({(ITEM, None): 800}), history=history)] == [True]
    (finding,) = run(outlier, report({(ITEM, None): 9000}), history=history)
    assert finding.message == (
        "“行政许可·本年处理决定数量”印为9000，以往印的是：2020年度12、2021年度900、2022年度15、2023年度11（中位数13.5）。"
        "本年为以往的十倍或更多，请核对是否误填或单位有误。"
    )


def test_it_cannot_be_applied_without_earlier_years(report: Callable[..., Report], run: Run) -> None:
    assert [one.passed for one in run(outlier, report())] == [None]
    assert [one.passed for one in run(outlier, report(), history={2023: {}})] == [None]
    assert [one.passed for one in run(outlier, report({(ITEM, None): 1}), history=years(y2010=99))] == [None]
