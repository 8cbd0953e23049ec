"""The families of portal software, found by scanning this folder: adding one is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache

from crawlers.page import Page
from crawlers.platforms.base import Platform


@lru_cache(maxsize=1)
def platforms() -> dict[str, Platform]:
    found: dict[str, Platform] = {}
    for module in pkgutil.iter_modules(__path__):
        members = vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        for member in members:
            if isinstance(member, type) and issubclass(member, Platform) and member.name:
                found[member.name] = member()
    return found


def platform_of(page: Page, named: str = "auto") -> Platform:
    """The platform the registry names, else the one that recognises the page best."""
    return platforms().get(named) or _recognised(page)


@lru_cache(maxsize=4)  # a page is looked at from several sides, one after the other
def _recognised(page: Page) -> Platform:
    return max(platforms().values(), key=lambda platform: platform.detect(page))
