"""The plain rule that turns another tool's tables into statutory cells: numbers in order, their count trusted.

A table belongs to the section whose words it prints. Where a section's tables hold exactly as many numbers as a layout
of the form has, they are taken in the order of the form; where they hold another count, the section is not read. Dashes
and 无 count as numbers, so that they keep their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.numerals import parse_cell
from tests.support.reports.indicators_2014 import INDICATORS
from tests.support.reports.statutory import APPLICANTS, DISPUTES, RESULTS, SECTION_2, CellKey, section_3

Rows = Sequence[Sequence[str]]

_WORDS = {
    3: re.compile("本年新收|予以公开|不予公开|无法提供|不予处理|结转下年度"),
    4: re.compile("结果维持|结果纠正|尚未审结|复议后起诉"),
    2: re.compile("第二十条|规章|规范性文件|行政许可|行政处罚|行政事业性收费"),
    0: re.compile("指标名称|统计数|主动公开规范性文件数"),
}
_NUMBER = re.compile(r"[-−－]?[0-9０-９][0-9０-９,，.．]*\s*(件|元|万元|万)?|[-—/－]{1,2}|无")


def cells_of(tables: Iterable[Rows], form: str) -> dict[CellKey, Decimal]:
    numbers: dict[int, list[str]] = {}
    section = None
    for rows in tables:
        section = _section(rows) if _section(rows) is not None else section
        if section is not None:
            found = (" ".join(cell.split()) for row in rows for cell in row)
            numbers.setdefault(section, []).extend(text for text in found if _NUMBER.fullmatch(text))
    cells: dict[CellKey, Decimal] = {}
    for section, texts in numbers.items():
        for keys in _layouts(form, section):
            if len(keys) == len(texts):
                cells |= {key: _value(text, key) for key, text in zip(keys, texts, strict=True)}
                break
    return cells


def _section(rows: Rows) -> int | None:
    words = "".join("".join(cell.split()) for row in rows for cell in row)
    return next((section for section, pattern in _WORDS.items() if pattern.search(words)), None)


def _layouts(form: str, section: int) -> list[list[CellKey]]:
    if section == 3:
        orders = [section_3(undivided=undivided) for undivided in (form == "2019", form != "2019")]
        return [[(row.item, applicant) for row in rows for applicant in APPLICANTS] for rows in orders]
    if section == 4:
        return [[(f"{code}.{result}", None) for code, _ in DISPUTES for result, _ in RESULTS]]
    if section == 0:
        return [[(item, None) for _, _, _, item in INDICATORS if item]]
    matters = SECTION_2.get(form, ())
    return [[(item, None) for matter in matters for _, items in matter.rows for item in items]]


def _value(text: str, key: CellKey) -> Decimal:
    unit = "万元" if key[0] in ("fees.amount", "request_fees.amount", "organisation.budget") else "件"
    return parse_cell(text, "元" if key[0] == "procurement.amount" else unit)[1] or Decimal(0)
