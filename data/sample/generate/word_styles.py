"""How five offices set a report in Word or WPS."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WordStyle:
    body_font: str = "仿宋_GB2312"
    heading_font: str = "黑体"
    title_font: str = "方正小标宋简体"
    table_font: str = "宋体"
    body_size: float = 16
    table_size: float = 9
    line_spacing: float | None = 28  # points; None is single
    margins: tuple[float, float] = (3.2, 2.7)  # top and bottom, left and right, in cm
    heading_style: str | None = None  # one of Word's, else a plain paragraph in bold
    divided: bool = False
    repeat_head: bool = False
    nested_runs: bool = False  # text cut into runs at digits, as editing leaves it
    rows_may_break: bool = False
    page_number: str = "- {} -"


STYLES = {
    "longde-gaj-2024": WordStyle(nested_runs=True, repeat_head=True, body_size=15, line_spacing=26),
    "zhongwei-gaj-2024": WordStyle(page_number="-{}-", table_size=10),
    "shizuishan-gaj-2022": WordStyle(divided=True, rows_may_break=True, title_font="宋体", page_number="— {} —"),
    "gaoqing-gaj-2024": WordStyle(
        body_font="仿宋", heading_style="Heading 1", body_size=14, line_spacing=None, margins=(2.54, 3.17)
    ),
    "huaiyuan-gaj-2024": WordStyle(divided=True, repeat_head=True, body_font="宋体", table_size=10.5, page_number="{}"),
}
