"""What a table of groups that all print the same results is made of, and what its printed labels say of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from pipeline.extract.labels import label_likeness, names
from pipeline.extract.raster import Raster, is_label
from pipeline.forms import Item, SumRule
from pipeline.model import Cell

_ALIKE = 0.75
_SAME = 0.95
_MOST_PIECES = 3  # that the label of a group is torn into

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: of a group, of several (行政诉讼), of a result, or of nothing known."""

    cell: Cell
    groups: tuple[Group, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid: its labels in their order and the cells behind the last of them."""

    raster: Raster
    labels: tuple[Label, ...]
    run: tuple[Cell, ...] = ()

    @property
    def results(self) -> tuple[Label, ...]:
        return tuple(label for label in self.labels if label.result)

    @property
    def figures(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.run if cell.text and not is_label(cell))


class Plan:
    """Groups and results as the form has them, and the sums of these."""

    def __init__(self, items: Sequence[Item], sums: Sequence[SumRule]) -> None:
        self.sums = sums
        self.groups: tuple[Group, ...] = tuple(dict.fromkeys(item.column_path[:-1] for item in items))
        self.of = {(item.column_path[:-1], item.column_path[-1]): item for item in items}
        variants: dict[str, tuple[str, ...]] = {}
        for item in items:
            leaf = item.column_path[-1]
            variants[leaf] = tuple(dict.fromkeys((*variants.get(leaf, ()), leaf, *item.also)))
        self.results = variants

    def lines(self, rasters: Sequence[Raster]) -> Iterator[Line]:
        torn: list[str] = []  # unknown labels since the last group
        before: Sequence[Cell] = ()  # the last row of the grid before, if it may go on
        for raster, following in zip_longest(rasters, rasters[1:]):
            for caption in raster.captions:
                yield Line(raster, tuple(self._labels(Cell(caption, 0, 0), torn)))
            rows = [row.cells for row in raster.rows if row.cells]
            rows = rows[1:] if rows and self._whole(before, rows[0]) else rows
            before = rows[-1] if rows else ()
            rest = next((row.cells for row in following.rows if row.cells), ()) if following else ()
            for cells in rows:
                whole = self._whole(before, rest) if cells is before else ()
                yield self._line(raster, whole or cells, torn)

    def _whole(self, row: Sequence[Cell], rest: Sequence[Cell]) -> tuple[Cell, ...]:
        """A row of labels that a page break tore, with what is left of each; () where they are no two halves."""
        if len(row) != len(rest) or not row:
            return ()
        whole = tuple(replace(one, text=one.text + other.text) for one, other in zip(row, rest, strict=True))
        known = sum(self._is_known(one.text) for one in whole)
        halves = max(sum(self._is_known(cell.text) for cell in cells) for cells in (row, rest))
        return whole if known * 2 > len(whole) and known > halves else ()

    def _is_known(self, text: str) -> bool:
        return self._is_result(text) or any(label_likeness(text, group[-1:]) >= _SAME for group in self.groups)

    def _line(self, raster: Raster, cells: Sequence[Cell], torn: list[str]) -> Line:
        """Words behind the first value are no label unless the form knows them. Figures before a label that it knows
        only number the row; words behind the one result of a row without figures are its value."""
        labels: list[Label] = []
        run: list[Cell] = []
        figures = any(cell.text and not is_label(cell) for cell in cells)
        begun = False
        for cell in cells:
            named = bool(cell.text) and is_label(cell)
            known = named and bool(_groups(cell.text, self.groups) or self.result(cell.text))
            if named and (known or not begun):
                labels += self._labels(cell, torn)
                run = []
            else:
                run.append(cell)
                begun = begun or bool(cell.text)
        results = [at for at, label in enumerate(labels) if label.result]
        if not figures and not run and len(results) == 1:
            run = [label.cell for label in labels[results[0] + 1 :]]
            labels = labels[: results[0] + 1]
        return Line(raster, tuple(labels), tuple(run))

    def _labels(self, cell: Cell, torn: list[str]) -> Iterator[Label]:
        for word in self._words(cell.text):
            label = Label(replace(cell, text=word), _groups(word, self.groups), self.result(word))
            if not label.groups and not label.result:
                torn.append(word)
                label = replace(label, groups=self._torn_group(torn))
            if label.groups:
                torn.clear()
            yield label

    def _words(self, text: str) -> Sequence[str]:
        """The labels in a cell, between blanks: those of several results, or of a group and something behind it."""
        words = text.split()
        if len(words) < 2 or self._is_known(text) or self.result(text):
            return [text]
        if any(self._is_result(word) for word in words):
            return words
        group, last = "".join(words[:-1]), words[-1]
        return [group, last] if len(_groups(group, self.groups)) == 1 and not _groups(last, self.groups) else [text]

    def _torn_group(self, torn: Sequence[str]) -> tuple[Group, ...]:
        """The group whose label the last pieces make, with results and figures between them or not."""
        for count in range(2, min(len(torn), _MOST_PIECES) + 1):
            named = _groups("".join(torn[-count:]), self.groups)
            if len(named) == 1:
                return named
        return ()

    def result(self, text: str) -> str:
        return _result(text, tuple(self.results.items()))

    def _is_result(self, word: str) -> bool:
        return any(label_likeness(word, labels) >= _SAME for labels in self.results.values())


@lru_cache(maxsize=4096)
def _result(text: str, results: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    alike, leaf = max((label_likeness(text, labels), leaf) for leaf, labels in results)
    return leaf if alike >= _ALIKE else ""


@lru_cache(maxsize=4096)
def _groups(text: str, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """The group whose innermost label a text names, or those of an outer one; a title that names all is no label."""
    outermost = {group[0] for group in groups if names(text, group[0], _ALIKE)}
    if len(outermost) > 1:
        return ()
    inner = tuple(
        group for group in groups if names(text, group[-1], _ALIKE) and (not outermost or group[0] in outermost)
    )
    if inner:
        return inner if len(inner) == 1 else ()
    return tuple(group for group in groups if group[0] in outermost)
