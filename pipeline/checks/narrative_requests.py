"""The rule `narrative_requests`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.stated import narrative_against_tables
from pipeline.checks.verdict import Verdict


@check(version=1)
def narrative_requests(context: CheckContext) -> Verdict:
    """The number of requests received that section 1 states is the one that table 3 prints."""
    return narrative_against_tables(context, "narrative_requests")
