"""What a rule may look at: a report and its form, or a report's place among others that are held around it.

Gathering it is left to the caller; whatever is not given makes the rules that need it not applicable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pipeline.checks.signature import Signature
from pipeline.forms import Form
from pipeline.model import Fact, Report

FactKey = tuple[str, str | None]  # item, applicant
SURE = 0.9  # confidence from which a reading is not doubted
Amounts = Mapping[FactKey, Decimal]  # blank, dash and 无 are zero, cells of text are left out


@dataclass(frozen=True)
class CheckContext:
    """One report by itself."""

    report: Report
    form: Form | None  # None for narrative reports, which follow no form

    @cached_property
    def facts(self) -> Mapping[FactKey, Fact]:
        return {(fact.item, fact.applicant): fact for fact in self.report.facts}

    def amount(self, item: str, applicant: str | None = None) -> Decimal | None:
        """What the rules reckon with; None where the cell is absent or holds text."""
        fact = self.facts.get((item, applicant))
        return None if fact is None else fact.amount

    def doubt(self, keys: Iterable[FactKey]) -> str:
        """What a message adds where the cells it speaks of were not read for sure: the fault may be the reading's."""
        unsure = sum(fact.confidence < SURE for key in keys if (fact := self.facts.get(key)) is not None)
        return f"（其中{unsure}个数字未能确认读准，请先对照原文。）" if unsure else ""

    def spared(self, applicant: str | None) -> Set[str]:
        """Items that need not be printed in an applicant's column, because their alternative is."""
        if self.form is None:
            return frozenset()
        if applicant not in self._spared:
            self._spared[applicant] = self.form.not_expected(self.facts.keys(), applicant)
        return self._spared[applicant]

    @cached_property
    def _spared(self) -> dict[str | None, Set[str]]:
        return {}

    @cached_property
    def labels(self) -> Mapping[str, str]:
        return _labels(self.form)

    @cached_property
    def applicant_labels(self) -> Mapping[str, str]:
        return {} if self.form is None else {applicant.code: applicant.label_zh for applicant in self.form.applicants}

    def place(self, fact: Fact) -> str:
        """Where a fact stands, as a clerk would say it."""
        row = f"“{self.labels.get(fact.item, fact.item)}”"
        if fact.applicant is None:
            return row
        return f"{row}的“{self.applicant_labels.get(fact.applicant, fact.applicant)}”"


@dataclass(frozen=True, slots=True)
class Peer:
    """Another authority's report on the same year, in the same division."""

    authority: str
    signatures: Mapping[int, Signature]  # by section


@dataclass(frozen=True)
class Neighbourhood:
    """A report among the others that are held: the same authority's of earlier years, its division's of the same year.

    Of its own numbers only totals and undivided items are here; applicants are often sorted anew from year to year."""

    form: Form | None
    year: int
    department: str
    amounts: Amounts
    headings: Mapping[int, str]
    signatures: Mapping[int, Signature]  # of the sections long enough to be compared
    history: Mapping[int, Amounts] = field(default_factory=dict)  # by year, those before this one
    last_year: Mapping[int, Signature] | None = None  # signatures of last year's sections, None without a report
    peers: tuple[Peer, ...] = ()
    departments: Amounts | None = None  # a government's departments held here, summed

    def amount(self, item: str, applicant: str | None = None) -> Decimal | None:
        return self.amounts.get((item, applicant))

    @property
    def amounts_last_year(self) -> Amounts | None:
        return self.history.get(self.year - 1)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        return _labels(self.form)

    @cached_property
    def totals(self) -> Mapping[str, FactKey]:
        """The cell of each item that stands for the whole report."""
        if self.form is None:
            return {}
        divided, total = self.form.per_applicant, self.form.sum_applicant
        return {item.item: (item.item, total if divided(item) else None) for item in self.form.items}


def _labels(form: Form | None) -> Mapping[str, str]:
    return {} if form is None else {item.item: item.label_zh for item in form.items}
