"""What offices, converters and page ends do to a print; one module per kind of damage."""

from tests.support.reports.defects import columns, indicators, labels, merging, page_ends, rows, years
from tests.support.reports.defects.registry import DEFECTS, Defect, damaged, unknowable

__all__ = [
    "DEFECTS",
    "Defect",
    "columns",
    "damaged",
    "indicators",
    "labels",
    "merging",
    "page_ends",
    "rows",
    "unknowable",
    "years",
]
