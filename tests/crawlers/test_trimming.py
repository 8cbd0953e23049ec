"""What is cut from a recorded page changes nothing of what is understood of it."""

from __future__ import annotations

import re
import time

from crawlers.trimming import trimmed


def rows(first: int, last: int) -> str:
    return "".join(f"<li><a href='/{n}.html'>row {n}</a></li>\n" for n in range(first, last))


PAGE = f"""<html><head><link rel="stylesheet" href="a.css"><style>a {{ color: red }}</style>
<script src="/counter.js"></script>
</head><body style="margin: 0">


<!-- begin --><script>createPageHTML(3, 0);</script><img src="/logo.png"><img src="/scan.jpg"><svg><path/></svg>
<ul>{rows(0, 100)}</ul></body></html>"""


def test_what_does_not_matter_goes_and_what_matters_stays_among_it() -> None:
    def same(text: str) -> bool:
        return all(word in text for word in ("createPageHTML", "/scan.jpg", "row 77<", "row 99<"))

    text = trimmed(PAGE, same, rows=True)
    for word in ("stylesheet", "color", "counter", "begin", "logo", "svg", "margin", "\n\n"):
        assert word not in text
    kept = [int(number) for number in re.findall(r"row (\d+)", text)]
    assert kept == [*range(30), 77, 99], "the beginning of a listing stays as it was"


def test_a_page_that_is_no_listing_keeps_its_rows() -> None:
    assert trimmed(PAGE, lambda text: True, rows=False).count("<li>") == 100


def test_nothing_is_cut_where_everything_matters() -> None:
    assert trimmed(PAGE, lambda text: text == PAGE, rows=True) == PAGE


def test_a_table_within_a_row_goes_with_nothing_torn() -> None:
    nested = f"<table>{'<tr><td><table><tr><td>in</td></tr></table></td></tr>' * 40}</table>"
    text = trimmed(nested, lambda text: True, rows=True)
    assert text.count("<tr>") == text.count("</tr>") and text.count("<table>") == text.count("</table>")


def test_hostile_markup_costs_no_more_than_a_moment() -> None:
    before = time.process_time()
    for part in ("<li>", "<li" + " a" * 50, "<!--", "<script", "<style>", "\n \n", "<img ", ' style="'):
        trimmed(part * 20_000, lambda text: False, rows=True)
    assert time.process_time() - before < 10
