"""The golden set: five real reports in every format, a real PDF with misprints, and generated documents of every form,
layout, hand and defect."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import ValueKind
from tests.support.gold import HONGZE, SEEDS, Gold, gold_of, gold_of_hongze, sample_document, seed_text
from tests.support.reports.formats import BORN_DIGITAL, FORMATS
from tests.support.reports.formats.converted import KINDS
from tests.support.reports.making import Made, make, make_converted
from tests.support.reports.options import Options, one_of_each
from tests.support.reports.printed import FIGURE, Cell

_FAMILY = {"xlsx": "spreadsheet", "doc": "DOC, WPS, RTF", "wps": "DOC, WPS, RTF",
           "rtf": "DOC, WPS, RTF", "office pdf": "PDF", "browser pdf": "PDF", "pdf": "PDF", "html": "HTML",
           "docx": "DOCX", "text": "text", "ofd": "OFD", "scan": "scan"}  # fmt: skip
_SCANS = 5
_CONVERTED_EVERY = 9  # of what is made as DOCX


@dataclass(frozen=True)
class Specimen:
    name: str
    file: str  # the name that the reader is told
    body: bytes
    format: str
    form: str
    topic: str  # real report | undamaged | a hand, layout or defect
    cells: tuple[Cell, ...]


def golden_set() -> Iterator[Specimen]:
    yield from _real()
    for name in BORN_DIGITAL:
        for options in one_of_each(name):
            yield _specimen(make(options))
    if shutil.which("soffice"):
        for kind in KINDS:
            yield from map(_specimen, make_converted(one_of_each("docx")[::_CONVERTED_EVERY], kind))
    for number in range(_SCANS):
        styles = [style.name for style in FORMATS["scan"].STYLES]
        form = ("2021", "2021 undivided", "2019", "2014", "2021")[number]
        yield _specimen(make(Options(7100 + number, format="scan", style=styles[number], form=form)))


def _real() -> Iterator[Specimen]:
    for slug in SEEDS:
        text = seed_text(slug)
        yield _of_gold(slug, text.name, text.read_bytes(), "text", gold_of(slug))
        for ending in ("html", "docx", "pdf", "scan.pdf"):
            path = sample_document(slug, ending)
            format_ = {"scan.pdf": "scan", "pdf": "PDF", "html": "HTML", "docx": "DOCX"}[ending]
            yield _of_gold(f"{slug}.{ending}", path.name, path.read_bytes(), format_, gold_of(slug))
    yield _of_gold("hongze-2023.pdf", HONGZE.name, HONGZE.read_bytes(), "PDF", gold_of_hongze())


def _of_gold(name: str, file: str, body: bytes, format_: str, gold: Gold) -> Specimen:
    cells = tuple(Cell(str(value), FIGURE, key=key, value=value) for key, value in gold.cells.items())
    return Specimen(name, file, body, format_, gold.data["form"], "real report", cells)


def _specimen(made: Made) -> Specimen:
    options = made.options
    topic = ", ".join(options.defects)
    if not topic and options.hand != "plain":
        topic = f"figures: {options.hand}"
    if not topic and (options.section_2, options.section_4) != ("one", "one"):
        topic = f"section 2 in {options.section_2}, section 4 in {options.section_4}"
    return Specimen(
        f"{made.name} {options}", made.name, made.body, _FAMILY[options.format], options.form, topic or "undamaged",
        tuple(made.printed.cells()),
    )  # fmt: skip


def amount(cell: Cell) -> Decimal | None:
    """The value as sums take it, for tools that know no kinds of cells."""
    if cell.kind is ValueKind.NUMBER:
        return cell.value
    return None if cell.kind is ValueKind.TEXT else Decimal(0)
