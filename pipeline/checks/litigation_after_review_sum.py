"""The rule `litigation_after_review_sum`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.sums import printed_sums
from pipeline.checks.verdict import Verdict


@check(version=1)
def litigation_after_review_sum(context: CheckContext) -> Verdict:
    """The total of lawsuits after review equals the sum of their results."""
    return printed_sums(context, "litigation_after_review_sum")
