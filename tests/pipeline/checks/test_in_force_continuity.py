from collections.abc import Callable
from decimal import Decimal

from pipeline.checks.in_force_continuity import in_force_continuity
from pipeline.model import Finding, Report

Run = Callable[..., list[Finding]]
BEFORE = {
    2023: {("normative_documents.in_force", None): Decimal(12), ("regulations.in_force", None): Decimal(0)},
}


def test_a_stock_that_follows_from_last_years_passes(report: Callable[..., Report], run: Run) -> None:
    values = {
        ("normative_documents.issued", None): 3,
        ("normative_documents.repealed", None): 5,
        ("normative_documents.in_force", None): 10,
    }
    assert [one.passed for one in run(in_force_continuity, report(values), history=BEFORE)] == [True]


def test_a_stock_that_does_not_follow_names_its_item(report: Callable[..., Report], run: Run) -> None:
    (finding,) = run(in_force_continuity, report({("normative_documents.issued", None): 3}), history=BEFORE)
    assert (finding.item, finding.expected, finding.actual) == ("normative_documents.in_force", 15, 0)


def test_it_cannot_be_applied_without_last_year_or_to_a_form_without_stocks(
    report: Callable[..., Report], run: Run
) -> None:
    assert [one.passed for one in run(in_force_continuity, report())] == [None]
    assert [one.passed for one in run(in_force_continuity, report(form="2019"), history=BEFORE)] == [None]
