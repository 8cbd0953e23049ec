"""The rule `narrative_litigation`."""

from pipeline.checks.context import CheckContext
from pipeline.checks.registry import check
from pipeline.checks.stated import narrative_against_tables
from pipeline.checks.verdict import Verdict


@check(version=1)
def narrative_litigation(context: CheckContext) -> Verdict:
    """The number of lawsuits that section 1 states, or that there was none, agrees with table 4."""
    return narrative_against_tables(context, "narrative_litigation")
