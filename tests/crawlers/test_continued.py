"""Which pages are the further ones of an article."""

from __future__ import annotations

import pytest

from crawlers.continued import continuations
from crawlers.page import Page


def _further(name: str, html: str) -> list[str]:
    found = continuations(Page(f"http://e.gov.cn/nb/{name}", f"<html><body>{html}</body></html>".encode()))
    return [url.removeprefix("http://e.gov.cn/nb/") for url in found]


NUMBERS = '<div class="page"><a href="t20250117_9_1.html">2</a><a href="t20250117_9_2.html">3</a></div>'
SCRIPT = '<script>createPageHTML(3, {}, "t20250117_9", "html");</script>'


@pytest.mark.parametrize(
    ("name", "html", "further"),
    [
        ("t20250117_9.html", NUMBERS, ["t20250117_9_1.html", "t20250117_9_2.html"]),
        ("t20250117_9_1.html", '<a href="t20250117_9_2.html">下一页</a>', ["t20250117_9_2.html"]),
        ("t20250117_9.html", SCRIPT.format(0), ["t20250117_9_1.html"]),
        ("t20250117_9_1.html", SCRIPT.format(1), ["t20250117_9_2.html"]),
        ("t20250117_9_2.html", SCRIPT.format(2), []),
        ("t20250117_9.html", '<a href="t20250118_10.html">下一页</a>', []),
        ("index.html", '<a href="index_1.html">下一页</a>', []),
        ("2024.html", '<a href="2023.html">下一页</a>', []),
    ],
)
def test_an_article_goes_on_at_addresses_that_are_called_like_it(name: str, html: str, further: list[str]) -> None:
    assert _further(name, html) == further
