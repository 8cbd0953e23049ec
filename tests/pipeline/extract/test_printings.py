"""A table of lines printed for two years: a row that prints nothing this year does not take last year's figure."""

from __future__ import annotations

from pipeline.extract import extract
from pipeline.model import Fact
from pipeline.readers import read

LABELS = [
    "（一）收到申请数",
    "1.当面申请数",
    "2.传真申请数",
    "3.网络申请数",
    "4.信函申请数",
    "（二）申请办结数",
    "1.按时办结数",
]
TITLE = "某县教育局2015年政府信息公开工作年度报告"


def facts_of(lines: list[str]) -> dict[str, Fact]:
    text = "\n".join([TITLE, "一、附表。", "政府信息公开情况统计表", *lines])
    return {fact.item: fact for fact in extract(read(text.encode(), "a.txt")).facts}


def printed(figures: list[str]) -> list[str]:
    rows = [f"{label} 件 {figure}".strip() for label, figure in zip(LABELS, figures, strict=True)]
    return ["三、依申请公开情况 —— ——", *rows]


def test_last_years_figures_behind_the_years_own_are_left_out() -> None:
    ours, last = printed(["9", "2", "3", "", "4", "8", "7"]), printed(["90", "20", "30", "66", "40", "80", "70"])
    facts = facts_of(["指标名称 单位 统计数", *ours, "附：2014年同期数据", "指标名称 单位 统计数", *last])
    assert {item: fact.raw for item, fact in facts.items()} == {
        "requests.new": "9",
        "requests.in_person": "2",
        "requests.fax": "3",
        "requests.letter": "4",
        "requests.closed": "8",
        "requests.closed_on_time": "7",
    }


def test_one_figure_in_a_row_where_others_print_two_may_be_either_years() -> None:
    figures = ["9 90", "2 20", "3 30", "66", "4 40", "8 80", "7 70"]
    fact = facts_of(["指标名称 单位 2015年 2014年", *printed(figures)])["requests.online"]
    assert fact.confidence < 0.9 and fact.reason
