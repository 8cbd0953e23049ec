"""The rule `balance`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.sums import printed_sums
from pipeline.checks.verdict import Verdict


@check(version=1)
def balance(context: CheckContext) -> Verdict:
    """Requests received and carried in equal the outcomes and requests carried out, in every applicant's column."""
    return printed_sums(context, "balance")
