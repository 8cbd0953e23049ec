"""Scanned PDF: the direct PDF as pictures of its pages, turned, noisy and compressed as office scanners leave them."""

from __future__ import annotations

from random import Random

from tests.support.reports.formats import pdf
from tests.support.reports.formats.layout import style
from tests.support.reports.printed import Printed
from tests.support.scanned import OFFICE, any_damage, scanned_pdf

STYLES = (
    style("ruled"),
    style("boxes for lines"),
    style("header repeated"),
    style("figures right"),
    style("any damage"),
    style("horizontal lines", "structure", drops_blanks="all"),
    style("no lines", "structure", drops_blanks="all"),
)


def render(report: Printed, name: str, chance: Random) -> tuple[str, bytes]:
    _, content = pdf.render(report, "ruled" if name == "any damage" else name, chance)
    seed = chance.randrange(10**6)
    damage = any_damage(seed) if name == "any damage" else OFFICE
    return "report.scan.pdf", scanned_pdf(content, damage, seed)
