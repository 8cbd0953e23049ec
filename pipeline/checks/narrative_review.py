"""The rule `narrative_review`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.stated import narrative_against_tables
from pipeline.checks.verdict import Verdict


@check(version=1)
def narrative_review(context: CheckContext) -> Verdict:
    """The number of reviews that section 1 states, or that there was none, agrees with table 4."""
    return narrative_against_tables(context, "narrative_review")
