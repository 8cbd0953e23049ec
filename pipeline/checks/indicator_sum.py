"""The rule `indicator_sum`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.sums import printed_sums
from pipeline.checks.verdict import Verdict


@check(version=1)
def indicator_sum(context: CheckContext) -> Verdict:
    """In the statistical table of 2014 each summary indicator equals the sum of its parts."""
    return printed_sums(context, "indicator_sum")
