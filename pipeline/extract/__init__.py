"""From a Document to an Extract: what one document says, before it is known who says it.

`form` decides which statutory form is printed, `sections` cuts the document up, `axes` reads the tables; all of them
know labels and numbers only from `config/forms`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.extract import period, title
from pipeline.extract.arithmetic import settled
from pipeline.extract.continued import with_whole_tables
from pipeline.extract.few_figures import with_few_figures
from pipeline.extract.form import local_form, printed_form
from pipeline.extract.indicator_lines import with_indicator_lines
from pipeline.extract.reports import one_report
from pipeline.extract.sections import split
from pipeline.extract.tables import read_local_tables, read_tables
from pipeline.mentions import mentions
from pipeline.model import Document, Extract, Paragraph, Section
from pipeline.published import labelled_day
from pipeline.titles import year_of_title

__all__ = ["extract"]

_HEAD = 20  # blocks in which a page that was saved as a file prints its date


def extract(document: Document) -> Extract:
    blocks = with_whole_tables(with_few_figures(with_indicator_lines(document.blocks)))
    document = one_report(replace(document, blocks=tuple(blocks)))
    form = printed_form(document)
    parts = split(document.blocks, form)
    titles = title.candidates(document, parts[0])
    parts[0].paragraphs = title.without_titles(parts[0].paragraphs, titles)
    sections = tuple(part.section() for part in parts if part.number or part.paragraphs)
    period_year = period.year(sections)
    about = next((year for title in titles if (year := year_of_title(title))), period_year)
    return Extract(
        extractor=document.extractor,
        form=form.form if form else "narrative",
        titles=titles,
        period_year=period_year,
        published_on=_published_on(document, sections, about),
        source=document.source,
        facts=settled(read_tables(parts, form, about), form, document)
        if form
        else tuple(read_local_tables(parts, local_form(document), about)),
        sections=sections,
        mentions=tuple(mention for section in sections for mention in mentions(section.number, section.text)),
        doubts=document.doubts,
    )


def _published_on(document: Document, sections: Sequence[Section], about: int | None) -> date | None:
    """By metadata, else by the text; a day before the year's end is believed only of metadata that nothing in the
    text gainsays."""
    head = "\n".join(block.text for block in document.blocks[:_HEAD] if isinstance(block, Paragraph))
    said = (document.published_on, labelled_day(head), period.signed_on(sections, about))
    later = (day for day in said if day and (about is None or day.year > about))
    return next(later, document.published_on)
