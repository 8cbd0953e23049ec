"""Web pages as the portals' systems print them: a report's body in the skin of a page family.

    page(family, title, body_html, authority="某县人民政府", published="2025-01-20", encoding=None) -> bytes

`FAMILIES` names the skins, each a template in `skins/`: containers, index tables, menus, breadcrumbs, lists of other
years' reports, buttons and footers of that family, in the encoding that it is used to. `encoding` prints the bytes in
another one than the page declares, as mislabelling servers do. `body_html` goes in as it is; what kind of tables it
holds is the caller's matter. `name_of(family)` is a file name that goes with it; most are HTML, two are not.
"""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "skins"
_PLACE = re.compile(r"\{\{(json:)?(\w+)\}\}")
_DECLARED = re.compile(r"(?:charset|encoding)=[\"']?([\w-]+)", re.IGNORECASE)
_YEAR = re.compile(r"20\d\d")

FAMILIES: tuple[str, ...] = tuple(sorted(path.stem for path in _FOLDER.iterdir()))


def page(
    family: str,
    title: str,
    body_html: str,
    *,
    authority: str = "某县人民政府",
    published: str = "2025-01-20",
    encoding: str | None = None,
) -> bytes:
    template = _template(family)
    values = {"body": body_html, "authority": authority, **_dates(published), **_titles(title)}
    markup = _skin(family).suffix == ".html"

    def filled(place: re.Match[str]) -> str:
        value = values[place[2]]
        if place[1]:
            return json.dumps(value, ensure_ascii=False)
        return html.escape(value) if markup and place[2] != "body" else value

    text = _PLACE.sub(filled, template)
    declared = _DECLARED.search(template)
    return text.encode(encoding or (declared[1] if declared else "utf-8"), errors="xmlcharrefreplace")


def name_of(family: str) -> str:
    return _skin(family).name


def _dates(published: str) -> dict[str, str]:
    year, month, day = published.split("-")
    return {
        "published": published,
        "published_zh": f"{year}年{int(month)}月{int(day)}日",
        "next_year": year,
    }


def _titles(title: str) -> dict[str, str]:
    """The title, and those of the reports before it, which every portal lists beside it."""
    found = _YEAR.search(title)
    year = int(found[0]) if found else 2024
    values = {"title": title, "year": str(year)}
    for back in (1, 2, 3):
        values[f"year_{back}"] = str(year - back)
        values[f"title_{back}"] = _YEAR.sub(str(year - back), title)
    return values


def _skin(family: str) -> Path:
    return next(path for path in _FOLDER.iterdir() if path.stem == family)


@lru_cache(maxsize=64)
def _template(family: str) -> str:
    return _skin(family).read_text(encoding="utf-8")
