"""The running text of a page: characters to lines, lines to paragraphs by indentation and short last lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from pdfplumber.page import Page

from pipeline.model import BBox, Paragraph

_INDENT = 1.2  # in character widths: a line that begins so far right of the margin opens a paragraph
_SHORT = 2.5  # a line that ends so far left of the right margin closes one
_GAP = 1.9  # in line heights: white space that separates paragraphs
_CJK_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")

Obj = Mapping[str, Any]


def paragraphs_of(page: Page, tables: Sequence[BBox]) -> list[tuple[Paragraph, BBox]]:
    """What the page holds outside of its tables, with boxes; a table between two lines parts them."""
    outside = page.filter(lambda obj: obj["object_type"] == "char" and not any(stands_in(obj, box) for box in tables))
    lines = [line for line in outside.extract_text_lines(return_chars=False) if line["text"].strip()]
    if not lines:
        return []
    width = median((line["bottom"] - line["top"]) for line in lines)  # CJK characters are square
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    groups: list[list[Obj]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, left, right, width, tables):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, page.page_number) for group in groups]


def stands_in(char: Obj, box: BBox) -> bool:
    x = (char["x0"] + char["x1"]) / 2
    y = (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _continues(before: Obj, line: Obj, left: float, right: float, width: float, tables: Sequence[BBox]) -> bool:
    if line["x0"] - left > _INDENT * width or right - before["x1"] > _SHORT * width:
        return False
    if line["top"] - before["bottom"] > _GAP * width:
        return False
    return not any(before["bottom"] <= (box[1] + box[3]) / 2 <= line["top"] for box in tables)


def _paragraph(lines: Sequence[Obj], page: int) -> tuple[Paragraph, BBox]:
    text = _CJK_SPACE.sub("", "".join(line["text"].strip() for line in lines))
    box = (
        round(min(line["x0"] for line in lines), 1),
        round(lines[0]["top"], 1),
        round(max(line["x1"] for line in lines), 1),
        round(lines[-1]["bottom"], 1),
    )
    return Paragraph(text, page=page, bbox=box), box
