"""Labels misprinted, shortened, padded, broken over lines, lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.support.reports.defects.registry import EVERY_TABLE, defect
from tests.support.reports.printed import FIGURE, LABEL, Cell, Printed

_MISPRINTS = {
    "本年废止件数": "本年度止件数", "2.其他法律行政法规禁止公开": "2.其他法律行政止公开", "科研机构": "科研 机构",
    "4.无正当理由大量反复申请": "4.无正当理由大量反复 申请", "1.信访举报投诉类申请": "1.信访投诉举报类申请",
    "尚未审结": "尚未审结 ", "7.属于行政执法案卷": "7.属于行政执法卷宗", "结果维持": "维持结果",
    "法人或其他组织": "法人或者其他组织", "3.补正后申请内容仍不明确": "3.补正后申请内容仍然不明确",
}  # fmt: skip
_SHORT = {
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "2.逾期未缴纳费用",
    "5.要求行政机关确认或重新出具已获取信息": "5.确认或重新出具已获取信息",
    "1.本机关不掌握相关政府信息": "1.本机关不掌握", "2.没有现成信息需要另行制作": "2.需要另行制作",
    "行政规范性文件": "规范性文件", "一、本年新收政府信息公开申请数量": "一、本年新收申请数量",
    "3.危及“三安全一稳定”": "3.危及三安全一稳定",
}  # fmt: skip


def _relabelled(report: Printed, change: Callable[[str], str]) -> Printed:
    def cell(one: Cell) -> Cell:
        return one if one.role == FIGURE else replace(one, text=change(one.text))

    return report.with_tables(lambda table: table.map(cell))


@defect("labels", sections=(2, 3, 4))
def misprinted(report: Printed, chance: Random) -> Printed:
    chosen = {label: printed for label, printed in _MISPRINTS.items() if chance.random() < 0.7}
    return _relabelled(report, lambda text: chosen.get(text, text))


@defect("labels", sections=(2, 3))
def shortened(report: Printed, chance: Random) -> Printed:
    return _relabelled(report, lambda text: _SHORT.get(text, text))


@defect("labels", forms=EVERY_TABLE, sections=(0, 2, 3, 4))
def spaced(report: Printed, chance: Random) -> Printed:
    """As offices justify short labels: 三 、本 年 度 办 理 结 果."""
    chosen = chance.random()
    return _relabelled(
        report, lambda text: " ".join(text) if len(text) < 9 or chosen < 0.2 else text.replace("第（", " 第（")
    )


@defect("labels", forms=EVERY_TABLE, sections=(0, 2, 3, 4))
def broken_over_lines(report: Printed, chance: Random) -> Printed:
    def broken(text: str) -> str:
        if len(text) < 4:
            return text
        at = len(text) // 2 if len(text) < 9 else chance.randint(3, len(text) - 2)
        return text[:at] + "\n" + text[at:]

    return _relabelled(report, broken)


@defect("labels", forms=EVERY_TABLE, sections=(0, 2, 3, 4))
def other_punctuation(report: Printed, chance: Random) -> Printed:
    """Half-width brackets, 1、 for 1., other quotation marks."""

    def narrowed(text: str) -> str:
        text = text.replace("（", "(").replace("）", ")").replace("，", ",").replace("“", '"').replace("”", '"')
        return re.sub(r"^(\d)\.", r"\1、", text)

    return _relabelled(report, narrowed)


@defect("labels", sections=(2, 3, 4), flowing=True)
def bookmarked(report: Printed, chance: Random) -> Printed:
    """What converters leave of Word's bookmarks."""
    return _relabelled(report, lambda text: "[bookmark: _GoBack]" + text if text in ("规章", "自然人") else text)


@defect("labels", needs="groups")
def without_markers(report: Printed, chance: Random) -> Printed:
    return _relabelled(report, lambda text: re.sub(r"^(（[一二三四五六七]）|[一二三四]、|\d\.)", "", text))


@defect("labels", needs="order groups", spoils="labels")
def one_label_lost(report: Printed, chance: Random) -> Printed:
    [table] = report.tables(3)
    labelled = [n for n, row in enumerate(table.rows) if any(cell.role == LABEL for cell in row)]
    inner = [n for n in labelled if table.head_rows + 3 <= n < len(table.rows) - 2]
    if not inner:
        return report
    at = chance.choice(inner)

    def emptied(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        last = max(n for n, cell in enumerate(row) if cell.role == LABEL)
        return tuple(replace(cell, text="") if n == last else cell for n, cell in enumerate(row))

    rows = tuple(emptied(row) if n == at else row for n, row in enumerate(table.rows))
    return report.with_tables(lambda one: replace(one, rows=rows) if one is table else one)
