"""Scans: time beside bare RapidOCR over the same pages, with one worker and two, memory of a worker, and how far its
confidence is to be believed.

    .venv/bin/python -m benchmarks.bench_scans [--speed [--documents N]] [--memory] [--calibrate SECONDS]

Speed is a ratio within one run, threads and resolution equal. Calibration reads the sample's reports through ever new
damages for so many seconds and prints, for each bin of confidence, how many cells are right.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image

from pipeline.extract import extract
from pipeline.model import Fact
from pipeline.readers.scan import read_scanned_pdf
from pipeline.resources import SAMPLE
from tests.support.gold import SEEDS, gold_of
from tests.support.scanned import any_damage, scanned_pdf

DOCUMENTS = SAMPLE / "documents"
SCANS = sorted(DOCUMENTS.glob("*.scan.pdf"))
DPI = 150  # what the sample is scanned at, and what both read
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.01)


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


def speed(scans: Sequence[Path]) -> None:
    read_scanned_pdf(scans[0].read_bytes(), [1])  # models are loaded
    rapidocr()
    pairs = [(seconds(ours, [path]), seconds(bare, [path])) for path in scans]  # side by side, as load changes
    mine, theirs = (sum(side) for side in zip(*pairs, strict=True))
    print(f"one worker    ours {mine:6.1f} s   bare RapidOCR {theirs:6.1f} s   ratio {mine / theirs:.2f}")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_load, range(2), chunksize=1)
        begin = time.perf_counter()
        pool.map(ours, [*scans, *scans], chunksize=1)
        both = time.perf_counter() - begin
    print(f"two workers   {2 * mine / both:.2f} times as fast as one")


def _load(_worker: int) -> None:
    read_scanned_pdf(SCANS[0].read_bytes(), [1])
    time.sleep(1)  # so that the other one loads its models too


def memory() -> None:
    """Each in a process of its own, which is asked for its greatest size."""
    for name in ("nothing", "forty_pages_at_300_dpi", "a3_at_600_dpi"):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(f"{name:<24} {pool.apply(_peak, (name,)):6.0f} MB")


def _peak(name: str) -> float:
    if name == "forty_pages_at_300_dpi":
        page = Image.open(io.BytesIO(_page_image(300)))
        file = io.BytesIO()
        page.save(file, "PDF", resolution=300, save_all=True, append_images=[page] * 39)
        read_scanned_pdf(file.getvalue())
    elif name == "a3_at_600_dpi":
        file = io.BytesIO()
        Image.fromarray(np.full((7016, 9921, 3), 250, np.uint8)).save(file, "PDF", resolution=600)
        read_scanned_pdf(file.getvalue())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _page_image(dpi: int) -> bytes:
    """A page of prose: the detector's memory is what counts, not how many cells are read."""
    [page] = [next(iter(pypdfium2.PdfDocument((DOCUMENTS / "longde-gaj-2024.pdf").read_bytes())))]
    file = io.BytesIO()
    page.render(scale=dpi / 72).to_pil().save(file, "JPEG", quality=70)
    return file.getvalue()


def calibrate(budget: float) -> None:
    right: Counter[float] = Counter()
    held: Counter[float] = Counter()
    missing = 0
    for seed, slug in _rounds(budget):
        body = (DOCUMENTS / f"{slug}.pdf").read_bytes()
        facts = extract(read_scanned_pdf(scanned_pdf(body, any_damage(seed), seed))).facts
        wanted = gold_of(slug).cells
        read = {(fact.item, fact.applicant): fact for fact in facts}
        missing += sum(key not in read for key in wanted)
        for key, fact in read.items():
            least = max(bound for bound in BINS if fact.confidence >= bound)
            held[least] += 1
            right[least] += _is_right(fact, wanted.get(key, -1))
            if least >= 0.9 and not _is_right(fact, wanted.get(key, -1)):
                print(json.dumps([seed, slug, key, fact.raw, fact.confidence], ensure_ascii=False))
    print(f"{sum(held.values())} cells read, {missing} missing")
    for least in BINS:
        if held[least]:
            print(f"confidence from {least:5.3f}: {held[least]:6d} cells, {right[least] / held[least]:8.4%} right")


def _is_right(fact: Fact, wanted: object) -> bool:
    return fact.amount == wanted


def _rounds(budget: float) -> Iterator[tuple[int, str]]:
    begin = time.perf_counter()
    for seed in range(10_000):
        for slug in SEEDS:
            if time.perf_counter() - begin > budget:
                return
            yield seed * len(SEEDS) + list(SEEDS).index(slug), slug


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--documents", type=int, default=len(SCANS), help="of the sample, for the speed")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--calibrate", type=float, metavar="SECONDS")
    arguments = parser.parse_args()
    if arguments.speed or not (arguments.memory or arguments.calibrate):
        speed(SCANS[: arguments.documents])
    if arguments.memory:
        memory()
    if arguments.calibrate:
        calibrate(arguments.calibrate)


if __name__ == "__main__":
    main()
