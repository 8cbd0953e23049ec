"""How much of its form a report prints."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.forms import Form, forms
from pipeline.model import Fact


def status_of(form_code: str, facts: Sequence[Fact]) -> str:
    """complete when every cell of the form is there, narrative when none is."""
    if not facts:
        return "narrative"
    form = forms().get(form_code)
    printed = {(fact.item, fact.applicant) for fact in facts}
    return "complete" if form and _expected(form, printed) <= printed else "partial"


def _expected(form: Form, printed: set[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
    columns: list[str | None] = [applicant.code for applicant in form.applicants]
    spared = {column: form.not_expected(printed, column) for column in [*columns, None]}
    return {
        (item.item, column)
        for item in form.items
        for column in (columns if form.per_applicant(item) else [None])
        if item.item not in spared[column]
    }
