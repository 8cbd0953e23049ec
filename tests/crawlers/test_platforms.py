"""Every platform over its example pages in `platforms/<name>/`, the expected result in `expected.json` beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawlers.attachments import attachments
from crawlers.exchange import Ask
from crawlers.judging import Row, judge_page, judge_row
from crawlers.page import Page
from crawlers.platforms import hanweb_annual, platform_of, platforms
from pipeline.titles import is_column_label

FOLDER = Path(__file__).parent / "platforms"


@pytest.fixture(autouse=True)
def _year_of_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are asked for by year are expected as in 2026."""
    monkeypatch.setattr(hanweb_annual, "last_year", lambda: 2025)


def _expected(name: str) -> dict[str, Any]:
    described = FOLDER / name / "expected.json"
    return json.loads(described.read_text(encoding="utf-8")) if described.exists() else {}


EXAMPLES = [
    pytest.param(name, page, expected, id=f"{name}/{page}")
    for name in sorted(platforms())
    for page, expected in _expected(name).items()
]


@pytest.mark.parametrize("name", sorted(platforms()))
def test_every_platform_has_a_column_and_a_report_among_its_examples(name: str) -> None:
    expected = _expected(name)
    assert expected, f"no example pages in {FOLDER / name}"
    further = [page["next"] or page.get("asks") for page in expected.values()]
    assert any(further), "no listing with further pages"
    assert any(page["rows"] for page in expected.values()), "no rows"
    assert any(page["report"] and page["attachments"] for page in expected.values()), "no report with an attachment"
    unread = {path.name for path in (FOLDER / name).iterdir()} - {*expected, "expected.json"}
    assert not unread, "pages without an expected result"


def test_every_folder_of_examples_belongs_to_a_platform() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(platforms())


@pytest.mark.parametrize(("name", "file", "expected"), EXAMPLES)
def test_a_page_is_understood(name: str, file: str, expected: dict[str, Any]) -> None:
    page = Page(expected["url"], (FOLDER / name / file).read_bytes())
    platform = platform_of(page, name)
    asked = _asked(page.url, expected)
    in_column = not file.startswith("home")
    rows = [link for link in platform.entries(page) if judge_row(link, in_column=in_column) is not Row.NOT]
    found = {
        "columns": [link.url for link in page.links if is_column_label(link.text)],
        "rows": [
            [row.url, row.text, row.listed_on and row.listed_on.isoformat()] for row in rows if _is_row(row, page)
        ],
        "asks": [_plain(ask) for ask in platform.columns(page)],
        "next": [_plain(ask) for ask in platform.next_pages(page, asked)],
        "searches": [ask.url for ask in platform.searches(page)],
        "promised": platform.promised(page),
        "attachments": [one.url for one in attachments(page)],
        "report": judge_page(page, "", platform.entries(page)).report,
    }
    assert found == {"promised": 0, "asks": [], "searches": []} | {
        key: expected[key] for key in found if key in expected
    }


def _is_row(row: Any, page: Page) -> bool:
    """A column's own name in the menu is a way, and a report's files hang on it: neither is a row of a listing."""
    ways = {link.url for link in page.links if is_column_label(link.text)}
    return row.url not in ways and row.url not in {one.url for one in attachments(page)}


@pytest.mark.parametrize(
    ("name", "file", "expected"), [one for one in EXAMPLES if one.values[2]["next"] and one.values[0] != "generic"]
)
def test_a_listing_is_recognised_as_its_platforms(name: str, file: str, expected: dict[str, Any]) -> None:
    assert platform_of(Page(expected["url"], (FOLDER / name / file).read_bytes())).name == name


def _asked(url: str, expected: dict[str, Any]) -> Ask:
    """The request that the page answers; `asked_by_post` where its words do not matter."""
    form = expected.get("form") or ({"col": "1"} if expected.get("asked_by_post") else {})
    return Ask(url, form=tuple(form.items()), json=json.dumps(expected["json"]) if "json" in expected else "")


def _plain(ask: Ask) -> dict[str, Any]:
    plain: dict[str, Any] = {"url": ask.url}
    if ask.json:
        plain["json"] = json.loads(ask.json)
    if ask.form:
        plain["form"] = dict(ask.form)
    if ask.optional:
        plain["optional"] = True
    return plain
