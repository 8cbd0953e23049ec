"""What the page's own style sheets and style attributes say of an element, as far as it decides what is printed and
how tables are drawn. Sheets in other files are not seen; selectors with states or attributes say nothing here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.html import HtmlElement

_TELLING = ("display", "visibility", "text-decoration", "text-decoration-line", "vertical-align", "float", "width",
            "grid-template-columns", "grid-column", "grid-row")  # fmt: skip
_MOST_STYLE = 300_000  # letters of style sheets that are looked at
_MOST_RULES = 200
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@(media[^{};]*|[\w-]+[^{};]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_STATEMENT = re.compile(r"@[^{};]*;")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:[A-Za-z][\w-]*|\*)?(?:[.#][\w-]+)*")
_PART = re.compile(r"[.#]?[\w-]+|\*")

Properties = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Styles:
    by_element: Mapping[HtmlElement, dict[str, str]] = field(default_factory=dict)

    def of(self, element: HtmlElement, name: str) -> str:
        """The value of a property in lower case, "" where neither a sheet nor the element says anything of it."""
        inline = element.get("style")
        if inline:
            found = _declarations(inline).get(name)
            if found is not None:
                return found
        return self.by_element.get(element, {}).get(name, "")


def styles_of(tree: HtmlElement) -> Styles:
    sheets = "\n".join(str(style.text_content()) for style in tree.iter("style"))[:_MOST_STYLE]
    by_element: dict[HtmlElement, dict[str, str]] = {}
    present = _names_present(tree) if sheets else set()
    rules = sorted(_rules(sheets, present), key=lambda rule: rule[0])[:_MOST_RULES]
    for _, path, declared in rules:
        for element in tree.xpath(path):
            by_element.setdefault(element, {}).update(declared)
    return Styles(by_element)


def _names_present(tree: HtmlElement) -> set[str]:
    return {name for value in tree.xpath("//@class | //@id") for name in str(value).split()}


def _rules(sheets: str, present: set[str]) -> Iterator[tuple[tuple[int, int, int, int], str, Properties]]:
    """Specificity and place, an XPath and the declarations of every rule that can matter."""
    plain = _STATEMENT.sub("", _MEDIA.sub(_on_screen, _COMMENT.sub("", sheets)))
    for place, rule in enumerate(_RULE.finditer(plain)):
        declared = {name: value for name, value in _declarations(rule[2]).items() if value}
        if not declared:
            continue
        for selector in rule[1].split(","):
            names = re.findall(r"[.#]([\w-]+)", selector)
            path = _xpath(selector.split(">")) if present.issuperset(names) else ""
            if path:
                yield (selector.count("#"), selector.count("."), len(selector.split()), place), path, declared


def _on_screen(block: re.Match[str]) -> str:
    """The rules of a block that holds on a wide screen."""
    condition = block[1].lower()
    wide = condition.startswith("media") and "print" not in condition and "max-" not in condition
    return block[2] if wide else ""


def _declarations(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for declaration in text.lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon and (name := name.strip()) in _TELLING:
            found[name] = value.replace("!important", "").strip()
    return found


def _xpath(families: list[str]) -> str:
    """A selector of tags, classes and ids as an XPath; "" for one that says more than these."""
    path = ""
    for generation, family in enumerate(families):
        for place, compound in enumerate(family.split()):
            if not _SELECTOR.fullmatch(compound):
                return ""
            path += ("/" if generation and not place else "//") + _step(compound)
    return path if path and not path.endswith("/*") else ""


def _step(compound: str) -> str:
    tag, conditions = "*", ""
    for part in _PART.findall(compound):
        if part[0] == ".":
            conditions += f"[contains(concat(' ', normalize-space(@class), ' '), ' {part[1:]} ')]"
        elif part[0] == "#":
            conditions += f"[@id = '{part[1:]}']"
        else:
            tag = part.lower()
    return tag + conditions
