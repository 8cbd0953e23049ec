"""Titles: over real ones from hosts that were not looked at while the words in config/titles.toml were chosen."""

import json
from pathlib import Path

import pytest

from pipeline.titles import (
    body_of_label,
    column_score,
    is_column_label,
    is_correction,
    is_report_title,
    is_unit_label,
    names_bodies,
    names_nobody,
    reads_like_report,
    without_correction,
    year_of_title,
)

# Observed titles of the hosts whose name's SHA-256 begins with an odd byte; the rules were written over the even half.
HELD_OUT = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "fixtures" / "held_out_titles.jsonl").read_text().splitlines()
]
REPORTS = [page for page in HELD_OUT if page["kind"] == "report"]


def test_of_the_held_out_titles_taken_for_reports_at_most_one_in_a_hundred_is_none() -> None:
    taken = [page for page in HELD_OUT if is_report_title(page["title"])]
    right = [page for page in taken if page["kind"] == "report"]
    assert len(right) / len(taken) >= 0.99


def test_no_held_out_report_is_taken_for_a_look_alike() -> None:
    assert [page["title"] for page in REPORTS if is_report_title(page["title"]) is False] == []


def test_nearly_all_held_out_reports_are_told_by_title_alone() -> None:
    told = [page for page in REPORTS if is_report_title(page["title"])]
    assert len(told) / len(REPORTS) >= 0.95  # 94 of 98; the others are bodies' names and 政务公开工作情况的报告


def test_every_year_in_a_held_out_report_title_is_read() -> None:
    read = [(page["title"], year_of_title(page["title"]), page["year"]) for page in REPORTS]
    assert [line for line in read if line[1] is not None and line[1] != line[2]] == []
    assert sum(line[1] is not None for line in read) / len(read) >= 0.96


@pytest.mark.parametrize(
    "title",
    [
        "2024年政府工作报告",
        "石嘴山市公安局2024年法治政府建设年度报告",
        "2023年政府网站工作年度报表",
        "隆德县公安局政府信息公开指南",
        "政府信息公开目录",
        "国务院办公厅关于印发政府信息公开工作年度报告格式的通知",
        "图解：中卫市2024年政府信息公开工作年度报告",
        "一图读懂《怀远县公安局2024年政府信息公开工作年度报告》",
        "高青县2024年政府信息公开工作年度报告解读",
        "2023年度部门决算",
        "政府信息公开工作年度报告制度",
        "某县2023年政府信息公开工作年度报告说明",
    ],
)
def test_a_look_alike_is_none(title: str) -> None:
    assert is_report_title(title) is False


@pytest.mark.parametrize(
    "title",
    [
        "石嘴山市公安局２０２２年政府信息公开工作年度报告",
        "石 嘴 山 市 公 安 局 2022 年 政 府 信 息 公 开 年 报",
        "西藏自治區人民政府2009年政府信息公開年度報告",
        "关于报告2020年政府信息公开工作年度报告的函",
        "2022年湖口县卫生健康委员会信息公开年报",
    ],
)
def test_a_report_is_one_however_it_is_spaced_and_spelled(title: str) -> None:
    assert is_report_title(title) is True


@pytest.mark.parametrize(
    "title", ["市教育局", "2024年", "政府信息公开年报", "某县信息公开网 政府信息公开年报", "", "x" * 10_000]
)
def test_a_title_that_says_too_little_is_left_open(title: str) -> None:
    assert is_report_title(title) is None


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2024年政府信息公开工作年度报告", 2024),
        ("２０２４年度报告", 2024),
        ("二〇二四年政府信息公开年报", 2024),
        ("二○一二年度报告", 2012),
        ("政府信息公开年报（2023）", 2023),
        ("2025湖口县大垅乡2025年度政府信息公开工作年度报告", 2025),
        ("2024 年度", 2024),
        ("政府信息公开年报", None),
        ("国办公开办函〔2021〕30号，2020年报告", 2020),
        ("编号12024567", None),
        ("h49_f2019_four.html", None),
    ],
)
def test_the_year_is_the_one_the_title_marks_as_a_year(title: str, year: int | None) -> None:
    assert year_of_title(title) == year


def test_the_columns_own_name_counts_more_than_the_way_to_it() -> None:
    labels = ["政府信息公开年报", "年度报告", "政府信息公开", "政务公开", "新闻中心"]
    scores = [column_score(label) for label in labels]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1
    assert scores[-1] == 0


@pytest.mark.parametrize(("label", "expected"), [("信息公开年报 >>", True), ("政务公开", False), ("图解年报", False)])
def test_only_a_columns_own_name_is_its_label(label: str, expected: bool) -> None:
    assert is_column_label(label) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年", True),
        ("市教育局", True),
        ("乡镇（街道）", True),
        ("乡镇（街道）年报", True),
        ("县直部门政府信息公开年报", True),
        ("工作报告", False),
        ("乡镇", True),
        ("机构职能", False),
        ("2019年以前", True),
        ("政务服务中心", True),
        ("新闻中心", False),
        ("走进平山县", False),
    ],
)
def test_rows_that_name_a_year_or_a_body_are_units(text: str, expected: bool) -> None:
    assert is_unit_label(text) is expected


def test_a_text_with_a_reports_headings_reads_like_one() -> None:
    text = "一、总体情况 …… 二、主动公开政府信息情况 …… 三、收到和处理 政府信息公开申请情况 …… 六、其他需要报告的事项"
    assert reads_like_report(text)
    assert not reads_like_report("一、总体情况 全县经济平稳运行。二、下一步工作")


@pytest.mark.parametrize(
    "name",
    [
        "高青县综合行政执法局",
        "中共石嘴山市委机构编制委员会办公室",
        "某区行政执法大队",
        "县财政局预算绩效管理中心",
        "市交通运输综合行政执法支队",
    ],
)
def test_what_makes_a_look_alike_may_stand_in_the_name_of_a_body(name: str) -> None:
    assert is_report_title(f"{name}2024年政府信息公开工作年度报告") is True
    assert is_report_title(f"{name}2024年行政执法年度报告") is False
    assert is_report_title(f"一图读懂{name}2024年政府信息公开工作年度报告") is False


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("审计局", "审计局"),
        ("柏垫镇", "柏垫镇"),
        ("市教育局2024年年报", "市教育局"),
        ("2024年", ""),
        ("各乡镇", ""),
        ("乡镇（街道）", ""),
        ("县政府", ""),
        ("历年年报", ""),
        ("机构职能", ""),
    ],
)
def test_a_listing_is_one_bodys_where_its_label_names_one(text: str, body: str) -> None:
    assert body_of_label(text) == body


@pytest.mark.parametrize(
    "text",
    [
        "部门信息公开",
        "各部门政府信息公开",
        "部门和乡镇（街道）信息公开",
        "市政府工作部门信息公开",
        "县区信息公开平台",
        "区县信息公开",
    ],
)
def test_a_menu_leads_to_bodies(text: str) -> None:
    assert names_bodies(text)


@pytest.mark.parametrize("text", ["政务公开", "政府信息公开", "部门", "部门动态", "县教育局信息公开", "区县" * 19])
def test_other_labels_do_not_lead_to_bodies(text: str) -> None:
    assert not names_bodies(text)


@pytest.mark.parametrize(
    ("title", "nobody"),
    [
        ("2024年政府信息公开工作年度报告", True),
        ("政府信息公开年报", True),
        ("2024年度", True),
        ("审计局2024年政府信息公开年报", False),
        ("关于2024年政府信息公开的报告", False),
    ],
)
def test_a_title_that_names_nobody_is_told(title: str, nobody: bool) -> None:
    assert names_nobody(title) is nobody


@pytest.mark.parametrize("said", ["（更正版）", "(更正)", "【更正】", "（2025年3月修订）", "更正版"])
def test_a_correction_is_called_what_it_corrects(said: str) -> None:
    title = "某局2024年政府信息公开工作年度报告"
    assert (is_correction(title + said), without_correction(title + said)) == (True, title)
    assert (is_correction(title), without_correction(title)) == (False, title)
