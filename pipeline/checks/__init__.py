"""Whether a report's printed numbers hold together: one module per rule, found by discovery (`registry`)."""

from pipeline.checks.context import Amounts, CheckContext, Neighbourhood, Peer
from pipeline.checks.registry import Check, checks, run_checks, run_neighbour_checks
from pipeline.checks.signature import Signature, signature

__all__ = [
    "Amounts",
    "Check",
    "CheckContext",
    "Neighbourhood",
    "Peer",
    "Signature",
    "checks",
    "run_checks",
    "run_neighbour_checks",
    "signature",
]
