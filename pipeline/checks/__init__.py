"""Whether a report's printed numbers hold together: one module per rule, found by discovery (`registry`)."""

from pipeline.checks.context import CheckContext, Peer, PreviousYear
from pipeline.checks.registry import Check, checks, run_checks

__all__ = ["Check", "CheckContext", "Peer", "PreviousYear", "checks", "run_checks"]
