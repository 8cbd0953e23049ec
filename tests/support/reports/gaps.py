"""Combinations that are not read exactly yet, by what is missing or doubted there.

Who mends one takes it out; a test fails until then.
"""

from __future__ import annotations

_BY_REASON: dict[str, tuple[str, ...]] = {
    "figures of a vertical section 4 whose group is printed once": (
        "style=div table section_2=four section_4=vertical",
        "format=text style=one cell a line section_4=vertical",
        "format=text style=tabs section_2=four section_4=vertical",
    ),
    "of section 4 in two tables the second": ("format=text style=tabs stripped section_4=two",),
    "本年增/减 among single blanks": (
        "format=text style=single blanks form=2019 defects=('column_missing',)",
        "format=text style=single blanks form=2019 defects=('row_torn',)",
    ),
    "a lone column of totals": ("format=text style=commas defects=('only_totals',)",),
    "two years' columns where the header is on another page or no cell": (
        "format=text style=commas form=2014 defects=('this_year_and_last',)",
    ),
    "a row without its label": ("format=text style=commas form=2019 defects=('one_label_lost',)",),
    "section 4 with a row per year as text": ("format=text style=tabs stripped defects=('years_as_rows',)",),
    "broken labels between horizontal lines": ("format=pdf style=horizontal lines defects=('broken_over_lines',)",),
}
GAPS = {topic: reason for reason, topics in _BY_REASON.items() for topic in topics}
