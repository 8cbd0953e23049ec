"""How long HTML takes beside `trafilatura.extract` on the same page: the sample's pages, one report in the skins of the
portals' systems, tables of every make, and pages of megabytes.

    .venv/bin/python -m benchmarks.bench_html [--write]

Ours is everything, tables, prose, matching and provenance; the bound is a ratio of 1.5 over the ordinary pages.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

import trafilatura

from benchmarks.results import side_by_side, write_section
from pipeline.extract import extract
from pipeline.forms import forms
from pipeline.readers import read
from pipeline.resources import SAMPLE
from tests.support.pages import FAMILIES, name_of, page
from tests.support.printed import Style, printed_report
from tests.support.shapes import SHAPES, report_body

TITLE = "某县教育局2024年政府信息公开工作年度报告"
HEAD = ["| pages | number | size | ours | trafilatura | ratio |", "| --- | ---: | ---: | ---: | ---: | ---: |"]


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


def compared(name: str, pages: Sequence[bytes], rounds: int = 5) -> str:
    mine, theirs = side_by_side(ours, bare, pages, rounds)
    size = sum(map(len, pages)) / len(pages) / 1000
    each = 1000 / len(pages)
    return (
        f"| {name} | {len(pages)} | {size:,.0f} kB | {mine * each:.1f} ms | {theirs * each:.1f} ms "
        f"| {mine / theirs:.2f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    made = bodies()
    html = [family for family in FAMILIES if name_of(family).endswith(".html")]
    sample = [path.read_bytes() for path in sorted((SAMPLE / "documents").glob("*.html"))]
    lines = [
        *HEAD,
        compared("the sample's", sample),
        compared("a report in every skin", [page(family, TITLE, made["plain"]) for family in html]),
        compared("tables of every make", [page("trs", TITLE, body) for body in made.values()]),
        compared("pasted from Word, ten times", [page("ucap", TITLE, made["word"] * 10)], rounds=2),
    ]
    print("\n".join(lines))
    if arguments.write:
        write_section("HTML beside trafilatura", "python -m benchmarks.bench_html --write", lines)


if __name__ == "__main__":
    main()
