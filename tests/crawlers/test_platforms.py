"""Every platform over its example pages in `platforms/<name>/`, the expected result in `expected.json` beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.platforms import hanweb_annual, platform_of, platforms
from tests.support.examples import Example, examples_in, expected_in, folders_of

FOLDER = Path(__file__).parent / "platforms"
EXAMPLES = examples_in(FOLDER)


def _name(example: Example) -> str:
    return example.path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("name", sorted(platforms()))
def test_every_platform_has_a_column_and_a_report_among_its_examples(name: str) -> None:
    expected = [example.expected for example in EXAMPLES if example.platform == name]
    assert expected, f"no example pages in {FOLDER / name}"
    assert any(page["next"] or page.get("asks") for page in expected), "no listing with further pages"
    assert any(page["rows"] for page in expected), "no rows"
    assert any(page["report"] and page["attachments"] for page in expected), "no report with an attachment"
    for folder in folders_of(FOLDER / name):
        files = {path.name for path in folder.iterdir() if path.is_file()}
        assert files == ({*expected_in(folder), "expected.json"} if files else set()), "pages and results differ"


def test_every_folder_of_examples_belongs_to_a_platform() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} == set(platforms())


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_a_page_says_whether_it_was_recorded_or_modelled(example: Example) -> None:
    """What is no page has no room for it, but `expected.json` has where it was recorded."""
    head = example.path.read_text(encoding="utf-8")[:600]
    assert "recorded" in example.expected or "Modelled on" in head


@pytest.mark.parametrize("example", EXAMPLES, ids=_name)
def test_a_page_is_understood(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hanweb_annual, "last_year", lambda: example.year - 1)
    assert example.found() == example.wanted()


@pytest.mark.parametrize(
    "example", [one for one in EXAMPLES if one.expected["next"] and one.platform != "generic"], ids=_name
)
def test_a_listing_is_recognised_as_its_platforms(example: Example) -> None:
    assert platform_of(example.page).name == example.platform
