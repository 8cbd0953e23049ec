"""Places on a page that is turned by quarters, as a viewer shows it or as a reader of its text holds it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import BBox, Block, Paragraph


def turned(box: BBox, size: tuple[float, float], quarters: int) -> BBox:
    """A box on a page of this size after the page is turned clockwise by quarters."""
    width, height = size
    x0, top, x1, bottom = box
    for _ in range(quarters % 4):
        x0, top, x1, bottom = height - bottom, x0, height - top, x1
        width, height = height, width
    return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


def turned_block(block: Block, size: tuple[float, float], quarters: int) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, bbox=block.bbox and turned(block.bbox, size, quarters))
    cells = (replace(cell, bbox=cell.bbox and turned(cell.bbox, size, quarters)) for cell in block.cells)
    return replace(block, cells=tuple(cells))
