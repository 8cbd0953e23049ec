"""The rule `outcome_sum`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.sums import printed_sums
from pipeline.checks.verdict import Verdict


@check(version=1)
def outcome_sum(context: CheckContext) -> Verdict:
    """The outcomes' total equals the sum of the outcomes, in every applicant's column."""
    return printed_sums(context, "outcome_sum")
