"""The rules by name. A module of this package that holds a `Check` of its own name is a rule; nothing else lists it.

A rule looks at one report by itself (`check`) or at its neighbours as well (`neighbour_check`).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pipeline.checks.context import CheckContext, Neighbourhood
from pipeline.checks.verdict import NotApplicable, Verdict
from pipeline.model import Finding

Severity = Literal["error", "warning"]
Scope = Literal["report", "neighbours"]


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    severity: Severity
    version: int  # raised when the rule's meaning changes
    statement: str  # the rule, its first line in one sentence
    scope: Scope
    rule: Callable[[Any], Verdict]  # of a CheckContext or a Neighbourhood, by its scope

    def run(self, context: CheckContext | Neighbourhood) -> list[Finding]:
        """One row when the rule holds or cannot be applied, else one for each place where it does not hold."""
        verdict = self.rule(context)
        if isinstance(verdict, NotApplicable):
            return [Finding(self.name, None, self.severity, message=verdict.reason)]
        if not verdict:
            return [Finding(self.name, True, self.severity)]
        return [
            Finding(
                self.name, False, self.severity, flaw.item, flaw.applicant, flaw.expected, flaw.actual, flaw.message
            )
            for flaw in verdict
        ]


def check(version: int, severity: Severity = "error") -> Callable[[Callable[[CheckContext], Verdict]], Check]:
    """Makes a rule's function a `Check`; its name and docstring are the rule's."""
    return lambda rule: Check(rule.__name__, severity, version, _statement(rule), "report", rule)


def neighbour_check(
    version: int, severity: Severity = "error"
) -> Callable[[Callable[[Neighbourhood], Verdict]], Check]:
    return lambda rule: Check(rule.__name__, severity, version, _statement(rule), "neighbours", rule)


def _statement(rule: Callable[..., Verdict]) -> str:
    return (rule.__doc__ or "").strip()


@lru_cache(maxsize=1)
def checks() -> Mapping[str, Check]:
    """All rules by name, in alphabetical order."""
    found: dict[str, Check] = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        candidate = getattr(importlib.import_module(f"pipeline.checks.{module.name}"), module.name, None)
        if isinstance(candidate, Check):
            found[candidate.name] = candidate
    return found


def run_checks(context: CheckContext) -> list[Finding]:
    """What a report says by itself."""
    return _run("report", context)


def run_neighbour_checks(neighbourhood: Neighbourhood) -> list[Finding]:
    """What a report says beside its neighbours; anew whenever one of them changes."""
    return _run("neighbours", neighbourhood)


def _run(scope: Scope, context: CheckContext | Neighbourhood) -> list[Finding]:
    return [finding for one in checks().values() if one.scope == scope for finding in one.run(context)]
