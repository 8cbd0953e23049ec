"""How long reading takes beside the tools it is built on, over the sample's documents. Scans have
`bench_scans`.

    .venv/bin/python -m benchmarks.bench_readers

Prints ratios within one run: ours, with tables, prose, matching and provenance, to the tool's bare extraction.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
import trafilatura

from pipeline.extract import extract
from pipeline.readers import read
from pipeline.resources import SAMPLE

DOCUMENTS = SAMPLE / "documents"


def ours(path: Path) -> None:
    extract(read(path.read_bytes(), path.name))


def bare_pdfplumber(path: Path) -> None:
    with pdfplumber.open(io.BytesIO(path.read_bytes())) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.extract_text()


def bare_trafilatura(path: Path) -> None:
    trafilatura.extract(path.read_bytes())


def seconds(run: Callable[[Path], None], paths: list[Path], rounds: int) -> float:
    """The best of several rounds over all paths."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        for path in paths:
            run(path)
        times.append(time.perf_counter() - begin)
    return min(times)


def compare(name: str, pattern: str, tool: Callable[[Path], None], rounds: int = 3) -> None:
    paths = [path for path in sorted(DOCUMENTS.glob(pattern)) if ".scan" not in path.name]
    for run in (ours, tool):  # imports and caches
        run(paths[0])
    mine, theirs = seconds(ours, paths, rounds), seconds(tool, paths, rounds)
    print(f"{name:<28} ours {mine:6.2f} s   bare {theirs:6.2f} s   ratio {mine / theirs:5.2f}{a_page(paths, mine)}")


def a_page(paths: list[Path], taken: float) -> str:
    """What that is for a page, where documents have pages."""
    pages = 0
    for path in paths:
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as pdf:
                pages += len(pdf)
    return f"   {1000 * taken / pages:6.1f} ms a page" if pages else ""


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    compare("HTML beside trafilatura", "*.html", bare_trafilatura)
    compare("PDF beside pdfplumber", "*.pdf", bare_pdfplumber)


if __name__ == "__main__":
    main()
