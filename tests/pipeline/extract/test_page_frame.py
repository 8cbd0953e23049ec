"""What a saved web page prints around its report is neither title nor section."""

from __future__ import annotations

from pipeline.extract import extract
from pipeline.model import Document, Paragraph

TITLE = "晋江市教育局2022年政府信息公开工作年度报告"
LINES = (
    "要闻动态",
    "政府信息公开指南",
    "当前位置：首页 > 政务公开 > 政府信息公开年报",
    TITLE,
    "发布时间：2023-01-07 16:20　来源：晋江市教育局　浏览次数：1234次",
    "本报告由晋江市教育局编制。",
    "一、总体情况",
    "全年主动公开政府信息3632条。",
    "3501020012345",  # in a seal
    "二、其他需要报告的事项",
    "无。",
    "分享到：微信 微博",
    "上一篇：关于公布预算的公告",
    "版权所有：晋江市教育局　主办：晋江市教育局办公室",
)


def saved(*lines: str) -> Document:
    return Document("docx", "application/msword", tuple(map(Paragraph, lines)))


def test_menus_and_feet_of_a_saved_page_are_left_out() -> None:
    read = extract(saved(*LINES))
    assert read.titles[0] == TITLE
    assert [section.text for section in read.sections] == [
        "本报告由晋江市教育局编制。",
        "全年主动公开政府信息3632条。",
        "无。",
    ]


def test_the_date_of_a_saved_page_is_the_reports() -> None:
    assert str(extract(saved(*LINES)).published_on) == "2023-01-07"


def test_prose_before_a_title_is_kept() -> None:
    read = extract(saved("现将年度报告公布如下。", TITLE, "本报告由晋江市教育局编制。", "一、总体情况", "无。"))
    assert read.sections[0].text.startswith("现将年度报告公布如下。")
