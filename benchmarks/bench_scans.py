"""Scans: time beside bare RapidOCR over the same pages, with one worker and two, and memory of a worker.

    .venv/bin/python -m benchmarks.bench_scans [--speed [--documents N]] [--memory] [--write]

Speed is a ratio within one run, threads and resolution equal. How far confidence is to be believed is left to
`bench_scan_confidence`.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.results import write_section
from pipeline.extract import extract
from pipeline.readers.scan.document import read_scanned_pdf
from pipeline.resources import SAMPLE

DOCUMENTS = SAMPLE / "documents"
SCANS = sorted(DOCUMENTS.glob("*.scan.pdf"))
DPI = 150  # what the sample is scanned at, and what both read
MEASURED = 2  # scans: some four minutes where nothing else runs


def ours(path: Path) -> None:
    extract(read_scanned_pdf(path.read_bytes()))


@cache
def rapidocr() -> Any:
    from rapidocr import RapidOCR

    one_thread = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={"Global.log_level": "error", **one_thread})


def bare(path: Path) -> None:
    for page in pypdfium2.PdfDocument(path.read_bytes()):
        rapidocr()(page.render(scale=DPI / 72).to_numpy())


def seconds(run: Callable[[Path], None], paths: Sequence[Path]) -> float:
    begin = time.perf_counter()
    for path in paths:
        run(path)
    return time.perf_counter() - begin


def speed(scans: Sequence[Path]) -> list[str]:
    read_scanned_pdf(scans[0].read_bytes(), [1])  # models are loaded
    rapidocr()
    pairs = [(seconds(ours, [path]), seconds(bare, [path])) for path in scans]  # side by side, as load changes
    mine, theirs = (sum(side) for side in zip(*pairs, strict=True))
    alone, together, again = (with_workers(count, scans) for count in (1, 2, 1))  # as load changes
    return [
        f"- {len(scans)} scans of the sample, one worker of one thread: {mine:.1f} s, bare RapidOCR {theirs:.1f} s: "
        f"**{mine / theirs:.2f}** of its time",
        f"- two workers at once, each over all of them: **{(alone + again) / together:.2f}** times the pages of one",
    ]


def with_workers(count: int, scans: Sequence[Path]) -> float:
    """Seconds until each worker has read all pages: as in a night of many scans none is left alone at the end."""
    pages = [(path, number) for path in scans for number in range(1, len(pypdfium2.PdfDocument(path)) + 1)]
    with multiprocessing.get_context("spawn").Pool(count) as pool:
        pool.map(_load, range(count), chunksize=1)
        begin = time.perf_counter()
        pool.map(_read_pages, [pages] * count, chunksize=1)
        return time.perf_counter() - begin


def _read_pages(pages: Sequence[tuple[Path, int]]) -> None:
    for path, number in pages:
        read_scanned_pdf(path.read_bytes(), [number])


def _load(_worker: int) -> None:
    read_scanned_pdf(SCANS[0].read_bytes(), [1])
    time.sleep(1)  # so that the other one loads its models too


def memory() -> list[str]:
    """Each in a process of its own, which is asked for its greatest size."""
    lines = []
    for name in ("nothing", "forty pages at 300 dpi", "A3 at 600 dpi"):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            lines.append(f"- {name}: {pool.apply(_peak, (name,)):.0f} MB")
    return lines


def _peak(name: str) -> float:
    if name == "forty pages at 300 dpi":
        page = Image.open(io.BytesIO(_page_image(300)))
        file = io.BytesIO()
        page.save(file, "PDF", resolution=300, save_all=True, append_images=[page] * 39)
        read_scanned_pdf(file.getvalue())
    elif name == "A3 at 600 dpi":
        file = io.BytesIO()
        Image.fromarray(np.full((7016, 9921, 3), 250, np.uint8)).save(file, "PDF", resolution=600)
        read_scanned_pdf(file.getvalue())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _page_image(dpi: int) -> bytes:
    """A page of prose without its middle: how much of the page the detector sees is what counts, not how many lines
    are read."""
    [page] = [next(iter(pypdfium2.PdfDocument((DOCUMENTS / "longde-gaj-2024.pdf").read_bytes())))]
    image = page.render(scale=dpi / 72).to_pil()
    image.paste("white", (0, round(0.2 * image.height), image.width, round(0.85 * image.height)))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=70)
    return file.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--documents", type=int, default=MEASURED, help="of the sample, for the speed")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    if arguments.speed or not arguments.memory:
        _told("Scans: speed", "--speed", speed(SCANS[: arguments.documents]), arguments.write)
    if arguments.memory:
        _told("Scans: memory of a worker", "--memory", memory(), arguments.write)


def _told(title: str, option: str, lines: Sequence[str], write: bool) -> None:
    print("\n".join(lines))
    if write:
        write_section(title, f"python -m benchmarks.bench_scans {option}", lines)


if __name__ == "__main__":
    main()
