"""The running text of a page: lines to paragraphs, by indentation, short last lines and what opens a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from pipeline.model import BBox, Paragraph
from pipeline.readers.layout.lines import Line

_INDENT = 1.2  # in character widths: a line that begins so far right of the margin opens a paragraph
_SHORT = 2.5  # a line that ends so far left of the right margin closes one
_GAP = 1.9  # in line heights: white space that separates paragraphs
_OPENS = re.compile(r"[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）]")
_CJK_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")


def paragraphs_of(lines: Sequence[Line], page: int, tables: Sequence[BBox]) -> list[tuple[Paragraph, BBox]]:
    """Paragraphs with their boxes; a table between two lines parts them."""
    if not lines:
        return []
    width = median(line.box[3] - line.box[1] for line in lines)  # CJK characters are square
    left, right = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1][-1], line, (left, right), width, tables):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, page) for group in groups]


def _continues(before: Line, line: Line, margins: tuple[float, float], width: float, tables: Sequence[BBox]) -> bool:
    left, right = margins
    above, below = before.box, line.box
    if _OPENS.match(line.text):
        return False
    if below[0] - left > _INDENT * width or right - above[2] > _SHORT * width or below[1] - above[3] > _GAP * width:
        return False
    return not any(above[3] <= (box[1] + box[3]) / 2 <= below[1] for box in tables)


def _paragraph(lines: Sequence[Line], page: int) -> tuple[Paragraph, BBox]:
    text = _CJK_SPACE.sub("", "".join(line.text for line in lines))
    boxes = [line.box for line in lines]
    box = (
        round(min(box[0] for box in boxes), 1),
        round(boxes[0][1], 1),
        round(max(box[2] for box in boxes), 1),
        round(boxes[-1][3], 1),
    )
    return Paragraph(text, page=page, bbox=box), box
