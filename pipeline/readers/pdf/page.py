"""One page of a born-digital PDF as blocks: grids where ruling lines enclose cells, paragraphs around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

from pipeline.model import Block, Cell, Grid
from pipeline.readers.pdf.paragraphs import paragraphs_of, stands_in

_THIN = 3.0  # points: a filled rectangle no thicker than this is a ruling line
_WHITE = 0.95
_SHORTEST_TABLE = 10.0  # points
_FEWEST_CHARS = 8
_RUBBISH_SHARE = 0.3
_PICTURE_SHARE = 0.3  # of the page that images must cover to make it a scan
_SNAP = 2.0  # points within which edges of cells are one
_WORD_GAP = 2.0

Obj = Mapping[str, Any]


def has_text_layer(page: Page) -> bool:
    """Whether the page's text can be trusted: a scan may carry a stamp or a layer of rubbish."""
    letters = [char["text"] for char in page.chars if not char["text"].isspace()]
    if len(letters) < _FEWEST_CHARS:
        return False
    rubbish = sum(1 for letter in letters if _is_rubbish(letter))
    return rubbish <= _RUBBISH_SHARE * len(letters)


def _is_rubbish(letter: str) -> bool:
    return (
        letter.startswith("(cid:") or unicodedata.category(letter[0]) in {"Co", "Cn", "Cc", "Cs"} or letter == "\ufffd"
    )


def is_picture(page: Page) -> bool:
    covered = sum(image["width"] * image["height"] for image in page.images)
    return bool(covered >= _PICTURE_SHARE * page.width * page.height)


def page_blocks(page: Page) -> list[Block]:
    ruled = page.filter(_is_ruling_or_text)
    tables = _tables(ruled) if ruled.edges else []
    boxes = [table.bbox for table in tables]
    placed: list[tuple[float, Block]] = [(table.bbox[1], _grid(table, page)) for table in tables]
    placed += [(box[1], paragraph) for paragraph, box in paragraphs_of(page, boxes)]
    return [block for _, block in sorted(placed, key=lambda pair: pair[0])]


def _is_ruling_or_text(obj: Obj) -> bool:
    """White or wide filled rectangles are backgrounds of text, not lines; Word and WPS draw one behind every line."""
    if obj["object_type"] in {"rect", "curve"}:
        thin = min(obj["width"], obj["height"]) <= _THIN
        if obj.get("stroke") and not _is_white(obj.get("stroking_color")):
            return True
        return bool(thin and obj.get("fill") and not _is_white(obj.get("non_stroking_color")))
    if obj["object_type"] == "line":
        return not _is_white(obj.get("stroking_color"))
    return bool(obj["object_type"] == "char")


def _is_white(color: Any) -> bool:
    if not isinstance(color, list | tuple) or not color or not all(isinstance(part, int | float) for part in color):
        return False  # no colour given is black
    if len(color) == 4:  # CMYK
        return bool(max(color) <= 1 - _WHITE)
    return bool(min(color) >= _WHITE)


def _tables(page: Page) -> list[Table]:
    """Tables with at least two columns; a frame around text is none."""
    found = page.find_tables({"explicit_horizontal_lines": _open_ends(page)})
    return [table for table in found if len({cell[0] for cell in table.cells}) > 1]


def _open_ends(page: Page) -> list[float]:
    """Where the vertical lines of a table begin and end: at a page break Word draws no horizontal line there."""
    spans = sorted((edge["top"], edge["bottom"]) for edge in page.edges if edge["orientation"] == "v")
    merged: list[tuple[float, float]] = []
    for top, bottom in spans:
        if merged and top <= merged[-1][1] + _THIN:
            merged[-1] = (merged[-1][0], max(bottom, merged[-1][1]))
        else:
            merged.append((top, bottom))
    return [end for span in merged if span[1] - span[0] > _SHORTEST_TABLE for end in span]


def _grid(table: Table, page: Page) -> Grid:
    lefts = _edges([cell[0] for cell in table.cells])
    tops = _edges([cell[1] for cell in table.cells])
    chars = [char for char in page.chars if stands_in(char, table.bbox)]
    cells = []
    for box in sorted(table.cells, key=lambda cell: (cell[1], cell[0])):
        inside = [char for char in chars if stands_in(char, box)]
        cells.append(
            Cell(
                text=_text(inside),
                row=_place(tops, box[1]),
                column=_place(lefts, box[0]),
                rowspan=max(1, sum(1 for top in tops if box[1] - _SNAP < top < box[3] - _SNAP)),
                colspan=max(1, sum(1 for left in lefts if box[0] - _SNAP < left < box[2] - _SNAP)),
                page=page.page_number,
                bbox=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)),
            )
        )
    return Grid(tuple(cells), number=0, page=page.page_number)


def _edges(positions: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    return edges


def _place(edges: Sequence[float], position: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - position))


def _text(chars: Sequence[Obj]) -> str:
    """The characters of one cell in reading order; lines are joined, since a cell breaks labels and long numbers."""
    lines: list[list[Obj]] = []
    for char in sorted(chars, key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if lines and middle < lines[-1][0]["bottom"] and middle > lines[-1][0]["top"]:
            lines[-1].append(char)
        else:
            lines.append([char])
    return "".join(_line_text(sorted(line, key=lambda char: char["x0"])) for line in lines).strip()


def _line_text(line: Sequence[Obj]) -> str:
    text = ""
    before: Obj | None = None
    for char in line:
        if before is not None and char["x0"] - before["x1"] > _WORD_GAP and not text.endswith(" "):
            text += " "
        text += char["text"]
        before = char
    return re.sub(r"\s+", " ", text).strip()
