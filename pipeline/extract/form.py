"""Which statutory form a document prints: told by the labels that only one of them has, whatever the year."""

from __future__ import annotations

from functools import lru_cache

from pipeline.extract.labels import plain, without_remark
from pipeline.forms import Form, forms
from pipeline.model import Document, Grid, Paragraph
from pipeline.titles import year_of_title

_FEWEST_LABELS = 6
_FEWEST_LOCAL_LABELS = 3
_TELLING_LETTERS = 4


def printed_form(document: Document) -> Form | None:
    """None for a narrative report without any statutory table."""
    printed = _printed(document)
    known = {code: len(printed & _labels(code)) for code in forms()}
    best = max(known.values(), default=0)
    if best < _FEWEST_LABELS:
        return None
    tied = [code for code, count in known.items() if count == best]
    if len(tied) == 1:
        return forms()[tied[0]]
    return _by_year([forms()[code] for code in tied], document)


def local_form(document: Document) -> Form | None:
    """The form that the tables of a report without one come nearest to, by a few labels long enough to be its own."""
    printed = {letters for letters in _printed(document) if len(letters) >= _TELLING_LETTERS}
    known = {code: len(printed & _labels(code)) for code in forms()}
    best = max(known.values(), default=0)
    if best < _FEWEST_LOCAL_LABELS:
        return None
    return _by_year([forms()[code] for code, count in known.items() if count == best], document)


def _printed(document: Document) -> set[str]:
    texts = {cell.text for block in document.blocks if isinstance(block, Grid) for cell in block.cells}
    return {letters for text in texts for letters in (plain(text), without_remark(text))}


def _by_year(tied: list[Form], document: Document) -> Form:
    """Where the labels leave it open (section 2 missing), the form that was in force in the year named first."""
    texts = (block.text for block in document.blocks if isinstance(block, Paragraph))
    year = next((found for text in (document.title, *texts) if (found := year_of_title(text))), None)
    in_force = [form for form in tied if year is None or form.from_year <= year]
    return max(in_force or tied, key=lambda form: form.from_year)


@lru_cache(maxsize=16)
def _labels(code: str) -> frozenset[str]:
    form = forms()[code]
    labels = [label for item in form.items for label in (*item.row[-1:], *item.column_path[-1:], *item.also)]
    labels += [applicant.path[-1] for applicant in form.applicants]
    return frozenset(plain(label) for label in labels)
