"""What paragraph and character styles say of hidden and struck text and of list numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.readers.docx.names import Element, child, is_on, value, w

_DEEPEST = 20  # styles based on styles


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default_paragraph = ""
        self._defaults: Element | None = None
        if root is None:
            return
        self._defaults = child(root, "docDefaults/rPrDefault/rPr")
        for style in root.iter(w("style")):
            name = style.get(w("styleId"), "")
            self._styles[name] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true", "on"}:
                self._default_paragraph = name
        self._flag = lru_cache(maxsize=None)(self._flag_of)

    def paragraph_style(self, paragraph: Element) -> str:
        return value(paragraph, "pPr/pStyle") or self._default_paragraph

    def is_set(self, run: Element, flag: str, paragraph_style: str) -> bool:
        """Whether text of a run is `vanish`, `strike` or `dstrike`: the run decides, then its style, then the
        paragraph's."""
        properties = child(run, "rPr")
        if properties is not None and properties.find(w(flag)) is not None:
            return is_on(properties, flag)
        run_style = "" if properties is None else value(properties, "rStyle")
        return self._flag(flag, run_style, paragraph_style) if self._styles else False

    def _flag_of(self, flag: str, run_style: str, paragraph_style: str) -> bool:
        for style in (*self._chain(run_style), *self._chain(paragraph_style)):
            properties = child(style, "rPr")
            if properties is not None and properties.find(w(flag)) is not None:
                return is_on(properties, flag)
        return self._defaults is not None and is_on(self._defaults, flag)

    def numbering(self, paragraph_style: str) -> tuple[str, Element | None]:
        """The style in the chain that numbers its paragraphs, and how it does."""
        for style in self._chain(paragraph_style):
            found = child(style, "pPr/numPr")
            if found is not None:
                return style.get(w("styleId"), ""), found
        return "", None

    def _chain(self, name: str) -> Iterator[Element]:
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")
