"""What a rule may look at: the report, its form, and what the warehouse already holds around it.

Gathering it is left to the caller; whatever is not given makes the rules that need it not applicable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pipeline.forms import Form
from pipeline.model import Fact, Report

FactKey = tuple[str, str | None]  # item, applicant


@dataclass(frozen=True, slots=True)
class PreviousYear:
    """The same authority's report of the year before."""

    facts: Mapping[FactKey, Decimal]  # amounts: blank, dash and 无 are zero, cells of text are left out
    sections: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """Another authority's report on the same year, in the same division."""

    authority: str
    sections: Mapping[int, str]


@dataclass(frozen=True)
class CheckContext:
    report: Report
    form: Form | None  # None for narrative reports, which follow no form
    last_year: PreviousYear | None = None
    peers: tuple[Peer, ...] = field(default=())
    departments: Mapping[FactKey, Decimal] | None = None  # a government's departments held here, summed

    @cached_property
    def facts(self) -> Mapping[FactKey, Fact]:
        return {(fact.item, fact.applicant): fact for fact in self.report.facts}

    def amount(self, item: str, applicant: str | None = None) -> Decimal | None:
        """What the rules reckon with; None where the cell is absent or holds text."""
        fact = self.facts.get((item, applicant))
        return None if fact is None else fact.amount

    @cached_property
    def labels(self) -> Mapping[str, str]:
        return {} if self.form is None else {item.item: item.label_zh for item in self.form.items}

    @cached_property
    def applicant_labels(self) -> Mapping[str, str]:
        return {} if self.form is None else {applicant.code: applicant.label_zh for applicant in self.form.applicants}

    def place(self, fact: Fact) -> str:
        """Where a fact stands, as a clerk would say it."""
        row = f"“{self.labels.get(fact.item, fact.item)}”"
        if fact.applicant is None:
            return row
        return f"{row}的“{self.applicant_labels.get(fact.applicant, fact.applicant)}”"
