"""Reports that are turned leaf by leaf: flip-books with a plain page per leaf, pictures that only a script names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from crawlers.addresses import absolute
from crawlers.page import Page

_LEAF = re.compile(r"files/basic-html/page(\d{1,4})\.html$", re.I)
_MADE_BY = re.compile(r"mobile/javascript/(config|main)\.js|\bbookConfig\b|fliphtml5", re.I)
_FIRST = "files/basic-html/page1.html"
_PICTURE = re.compile(r"['\"]([^'\"\s<>]{1,300}\.(?:jpe?g|png|tiff?|bmp))['\"]", re.I)
_LIST = re.compile(r"\[([^\[\]]{10,20000})\]")
_MOST_SCRIPT = 200_000
_LEAST_LEAVES = 2  # of a list of pictures: one alone is a background


def is_leaf(url: str) -> bool:
    return bool(_LEAF.search(urlsplit(url).path))


def leaves(page: Page) -> Iterator[str]:
    """The pages of a flip-book that this page links, in their order: all of them, or a leaf's neighbours."""
    found: dict[str, int] = {}
    for element in page.root.iter("a", "iframe"):
        target = absolute(page.base, element.get("href") or element.get("src") or "")
        leaf = _LEAF.search(urlsplit(target).path)
        if leaf and target != page.url:
            found[target] = int(leaf[1])
    yield from sorted(found, key=lambda one: found[one])


def first_leaf(page: Page) -> str:
    """Where a flip-book that is drawn by its maker's script keeps its first leaf for readers without one. The place is
    inferred from such books; one that has nothing there is told as a file that could not be brought."""
    return urljoin(page.url, _FIRST) if _MADE_BY.search(page.text) else ""


def picture_of_leaf(page: Page) -> Iterator[str]:
    """What a leaf shows; its buttons are pictures inside links."""
    for image in page.root.iterfind(".//img"):
        target = absolute(page.base, image.get("src") or "")
        buttons = any(around.tag in ("a", "button") for around in image.iterancestors())
        if not buttons and _PICTURE.fullmatch(f"'{target}'"):
            yield target


def drawn_pictures(page: Page) -> list[str]:
    """Pictures that a script lists in one folder, as a viewer without files of its own turns them."""
    for script in page.root.iter("script"):
        for listed in _LIST.finditer((script.text or "")[:_MOST_SCRIPT]):
            named = [name.replace("\\/", "/") for name in _PICTURE.findall(listed[1])]
            targets = list(dict.fromkeys(target for name in named if (target := absolute(page.base, name))))
            if len(targets) >= _LEAST_LEAVES and len({target.rpartition("/")[0] for target in targets}) == 1:
                return targets
    return []
