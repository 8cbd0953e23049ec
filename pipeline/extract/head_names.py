"""What a head of section 2 names: a group (规章), what is counted of one (本年制发件数), or both (规章制发件数)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.extract.facts import CERTAIN, Trust
from pipeline.extract.labels import label_likeness, plain, without_remark
from pipeline.forms import Item

_ALIKE = 0.75
_CLEAR = 0.9
_FEWEST_LETTERS = 2  # of a shortened head: 制发 for 本年制发件数
_UNUSUAL = 0.85

Named = tuple[Item, Trust]


class HeadNames:
    """The labels of a table whose items are a row and a column each."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._groups: dict[str, list[Item]] = {}
        for item in items:
            self._groups.setdefault(item.row[-1], []).append(item)
        self._variants = {row: (row, *own[0].also) for row, own in self._groups.items()}
        columns = (label for item in items for label in item.column_path)
        self._known = {plain(label) for label in (*columns, *(one for many in self._variants.values() for one in many))}

    def group_of(self, text: str) -> str:
        """The row label that a head is, '' where it is none."""
        alike, row = max((label_likeness(text, variants), row) for row, variants in self._variants.items())
        return row if alike >= _CLEAR or (alike >= _ALIKE and self.item_of(text) is None) else ""

    def item_of(self, text: str) -> Named | None:
        """What a head names by a row label and a column's behind it."""
        for letters in (without_remark(text), plain(text)):
            for row, variants in self._variants.items():
                for known in map(plain, variants):
                    if letters.startswith(known) and len(letters) > len(known):
                        return self.counted_in(row, letters[len(known) :], ())
        return None

    def counted_in(self, row: str, text: str, taken: Collection[str]) -> Named | None:
        """What a head counts of a group, of those that none has counted yet."""
        left = [item for item in self._groups[row] if item.item not in taken]
        scored = [(_alike(text, item), item) for item in left]
        alike, item = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if item is None or alike < _ALIKE:
            return None
        rivals = [other for score, other in scored if other is not item and score == alike]
        return None if rivals else (item, _trust(alike, text))

    def only_one_of(self, row: str, text: str) -> Named | None:
        """A group of which one thing is counted names it alone."""
        own = self._groups[row]
        return (own[0], _trust(label_likeness(text, self._variants[row]), text)) if len(own) == 1 else None

    def is_label(self, text: str) -> bool:
        """Whether a text is exactly a label of a row or a column."""
        return plain(text) in self._known

    def is_whole(self, text: str) -> bool:
        """Whether it is one, or names both."""
        return self.is_label(text) or self.item_of(text) is not None

    def counts_something(self, text: str) -> bool:
        return any(_alike(text, item) >= _ALIKE for own in self._groups.values() for item in own)


def _alike(text: str, item: Item) -> float:
    """Of a head to what an item counts; what is shortened is held by the whole."""
    alike = label_likeness(text, item.column_path)
    letters = without_remark(text)
    held = len(letters) >= _FEWEST_LETTERS and any(letters in plain(known) for known in item.column_path)
    return max(alike, _CLEAR) if held else alike


def _trust(alike: float, text: str) -> Trust:
    return CERTAIN if alike >= _CLEAR else Trust(_UNUSUAL, f"label '{text[:30]}' is unusual")
