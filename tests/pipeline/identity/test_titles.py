"""Titles put together from their lines, and the names in them."""

from __future__ import annotations

import pytest

from pipeline.identity import name_in_title, tidy_title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["隆德县公安局 2024 年政府信息公开工作 年度报告"], "隆德县公安局 2024 年政府信息公开工作年度报告"),
        (["", "中卫市公安局", "", "2024 年政府信息公开工作年度报告"], "中卫市公安局2024 年政府信息公开工作年度报告"),
        (["怀远县公安局2024年政府信息公开工作", "年度报告"], "怀远县公安局2024年政府信息公开工作年度报告"),
        (["石嘴山市公安局 2022 年政府信息公开工作年度报告"], "石嘴山市公安局 2022 年政府信息公开工作年度报告"),
        (["衡水市水利局　2023年  政府信息公开工作年度 报 告"], "衡水市水利局 2023年政府信息公开工作年度报告"),
        ([], ""),
    ],
)
def test_a_title_is_put_together_without_layout_gaps(lines: list[str], title: str) -> None:
    assert tidy_title(lines) == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("隆德县公安局 2024 年政府信息公开工作 年度报告", "隆德县公安局"),
        ("2023年度石嘴山市教育局政府信息公开工作年度报告", "石嘴山市教育局"),
        ("关于××局2020年政府信息公开年度报告的函", "××局"),
        ("渭南市水务局 关于2014年度政府信息公开年度报告的函", "渭南市水务局"),
        ("二〇二三年长春市二道区人民政府信息公开工作年度报告", "长春市二道区人民政府"),
        ("四平市公安局政府信息公开工作2021年度报告", "四平市公安局"),
        ("2008年度衡阳市政府信息公开工作年度报告", "衡阳市"),
        ("西藏自治区人民政府2009年政府信息公開年度報告", "西藏自治区人民政府"),
        ("市教育局", "市教育局"),
        ("市教育局2024年", "市教育局"),
        ("2024年政府信息公开工作年度报告", None),
        ("《中华人民共和国政府信息公开工作年度报告格式》", None),
        ("中华人民共和国政府信息公开条例", None),
        ("政府信息公开年报", None),
        ("", None),
    ],
)
def test_the_name_in_a_title(title: str, name: str | None) -> None:
    assert name_in_title(title) == name


@pytest.mark.parametrize("year", ["二00八", "二〇〇八", "二○○八", "二０○八", "二零零八", "二OO八", "二ＯＯ八"])
def test_a_year_in_chinese_digits_is_no_part_of_a_name(year: str) -> None:
    assert name_in_title(f"咸阳市审计局{year}年政府信息公开工作年度报告") == "咸阳市审计局"
