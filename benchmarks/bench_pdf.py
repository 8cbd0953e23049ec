"""How long a born-digital PDF takes beside pdfplumber's `extract_tables()` and `extract_text()` over the same pages: a
sample of reports as Word, WPS and a browser print them, and generated ones of every style.

    .venv/bin/python -m benchmarks.bench_pdf [--write]

Ours is everything: tables, prose, matching and provenance. The bound is a third. Which cells the two read rightly is
measured by `make accuracy`.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Sequence

import pdfplumber
import pypdfium2

from benchmarks.results import side_by_side, write_section
from pipeline.extract import extract
from pipeline.readers import read
from pipeline.resources import SAMPLE
from tests.support.reports.formats import FORMATS
from tests.support.reports.making import make
from tests.support.reports.options import Options

HEAD = ["| PDF | documents | pages | ours | a page | pdfplumber | a page | ratio |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]  # fmt: skip


def ours(body: bytes) -> None:
    extract(read(body, "report.pdf"))


def bare(body: bytes) -> None:
    with pdfplumber.open(io.BytesIO(body)) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()


def compared(name: str, bodies: Sequence[bytes]) -> str:
    mine, theirs = side_by_side(ours, bare, bodies)
    pages = sum(map(_pages, bodies))
    each = 1000 / pages
    return (
        f"| {name} | {len(bodies)} | {pages} | {mine:.2f} s | {mine * each:.1f} ms | "
        f"{theirs:.2f} s | {theirs * each:.1f} ms | {mine / theirs:.2f} |"
    )


def _pages(body: bytes) -> int:
    with pypdfium2.PdfDocument(body) as pdf:
        return len(pdf)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    sample = [path.read_bytes() for path in sorted((SAMPLE / "documents").glob("*.pdf")) if ".scan" not in path.name]
    styles = [style.name for style in FORMATS["pdf"].STYLES]
    generated = [make(Options(number, format="pdf", style=style)).body for number, style in enumerate(styles)]
    lines = [*HEAD, compared("the sample's reports", sample), compared("generated, every style once", generated)]
    print("\n".join(lines))
    if arguments.write:
        write_section("Born-digital PDF beside pdfplumber", "python -m benchmarks.bench_pdf --write", lines)


if __name__ == "__main__":
    main()
