"""How long HTML takes beside `trafilatura.extract` on the same page: the sample's pages, one report in the skins of the
portals' systems, tables of every make, and pages of megabytes.

    .venv/bin/python -m benchmarks.bench_html

Ours is everything, tables, prose, matching and provenance; the bound is a ratio of 1.5 over the ordinary pages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import trafilatura

from pipeline.extract import extract
from pipeline.forms import forms
from pipeline.readers import read
from pipeline.resources import SAMPLE
from tests.support.pages import FAMILIES, name_of, page
from tests.support.printed import Style, printed_report
from tests.support.shapes import SHAPES, report_body

TITLE = "某县教育局2024年政府信息公开工作年度报告"
ROUNDS = 5


class _Figures(dict[tuple[str, str | None], str]):
    """A number for every cell."""

    def __missing__(self, key: tuple[str, str | None]) -> str:
        return str(sum(map(ord, f"{key}")) % 300)


def bodies() -> Mapping[str, str]:
    blocks = printed_report(forms()["2021"], _Figures(), Style())
    return {shape: report_body(blocks, shape) for shape in SHAPES}


def ours(body: bytes) -> None:
    extract(read(body, "page.html"))


def bare(body: bytes) -> None:
    trafilatura.extract(body)


def seconds(run: Callable[[bytes], None], pages: list[bytes], rounds: int) -> float:
    """Of processor time, the best of several rounds over all pages."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        for body in pages:
            run(body)
        times.append(time.process_time() - begin)
    return min(times)


def compare(name: str, pages: list[bytes], rounds: int = ROUNDS) -> None:
    mine, theirs = seconds(ours, pages, rounds), seconds(bare, pages, rounds)
    size = sum(map(len, pages)) / len(pages) / 1000
    print(
        f"{name:<32} {len(pages):3} of {size:7.0f} kB   ours {mine:6.3f} s   bare {theirs:6.3f} s {mine / theirs:5.2f}"
    )


def main() -> None:
    made = bodies()
    html = [family for family in FAMILIES if name_of(family).endswith(".html")]
    sample = [path.read_bytes() for path in sorted((SAMPLE / "documents").glob("*.html"))]
    ours(sample[0])  # imports and caches
    bare(sample[0])
    compare("the sample's pages", sample)
    compare("a report in every skin", [page(family, TITLE, made["plain"]) for family in html])
    compare("tables of every make", [page("trs", TITLE, body) for body in made.values()])
    compare("pasted from Word, ten times", [page("ucap", TITLE, made["word"] * 10)], rounds=2)


if __name__ == "__main__":
    main()
