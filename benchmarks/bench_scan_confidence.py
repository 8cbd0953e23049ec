"""How far the confidence of cells read from scans is to be believed.

    .venv/bin/python -m benchmarks.bench_scan_confidence SECONDS [--from SEED] [--write]

The sample's reports, and made ones of every form, go through an office scanner and through any damage in turn, for so
many seconds. Kind and value must be as printed: a blank read as 0 is wrong. What is told is the share of right cells
by OCR's own confidence, before the matcher and the sums have had their say: what `config/ocr.toml` is set by.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from benchmarks.results import write_section
from pipeline.extract import extract
from pipeline.model import Document, Fact, Grid
from pipeline.readers import read
from pipeline.readers.scan.document import read_scanned_pdf
from pipeline.resources import SAMPLE
from tests.support.gold import SEEDS
from tests.support.reports.comparing import SURE, Comparison, compare_cells
from tests.support.reports.making import make
from tests.support.reports.options import choose
from tests.support.reports.printed import FIGURE, Cell
from tests.support.scanned import OFFICE, any_damage, scanned_pdf

TABULAR = ("2021", "2021 undivided", "2019", "2014")
STYLES = ("ruled", "figures right", "header repeated")
REAL_EVERY = 5  # documents


@dataclass
class Tally:
    """What came of one kind of scans."""

    comparisons: list[Comparison] = field(default_factory=list)
    believed: dict[float, list[bool]] = field(default_factory=lambda: defaultdict(list))  # by confidence: is it right

    def add(self, document: Document, cells: Sequence[Cell]) -> Comparison:
        facts = extract(document).facts
        comparison = compare_cells(cells, facts)
        wrong = {one.key for one in comparison.wrong}
        for fact, confidence in _with_ocr_confidence(document, facts):
            self.believed[confidence].append((fact.item, fact.applicant) not in wrong)
        self.comparisons.append(comparison)
        return comparison

    def line(self, name: str) -> str:
        those = self.comparisons
        cells = sum(one.cells for one in those)
        exact, sure = sum(one.exact for one in those), sum(one.exact_sure for one in those)
        missing, wrong = sum(len(one.missing) for one in those), sum(len(one.wrong) for one in those)
        surely = sum(len(one.wrong_sure) for one in those)
        share, sure_share = exact / max(1, cells), sure / max(1, cells)
        return (
            f"| {name} | {len(those)} | {cells:,} | {share:.3%} | {sure_share:.2%} | {missing} | {wrong} | {surely} |"
        )


def calibrate(budget: float, first: int) -> Iterator[str]:
    """Lines of tables. Every difference is printed at once."""
    tallies = {"any damage": Tally(), "150 dpi, 1 degree, noise, JPEG 60": Tally()}
    begin = time.perf_counter()
    for seed in itertools.count(first):
        if time.perf_counter() - begin > budget:
            break
        how, damage = list(tallies)[seed % 2], OFFICE if seed % 2 else any_damage(seed)
        name, pdf, cells = _report(seed)
        found = tallies[how].add(read_scanned_pdf(scanned_pdf(pdf, damage, seed)), cells)
        for one in (*found.wrong, *found.missing):
            print(f"{'SURELY WRONG ' if one.sure else ''}{how}, {seed}, {name}: {one}", flush=True)
    yield "| scans | documents | cells | exact | exact and sure | missing | wrong | wrong >= 0.9 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    yield from (tally.line(how) for how, tally in tallies.items())
    yield from ("", "| confidence of OCR | cells | right |", "| ---: | ---: | ---: |")
    believed: dict[float, list[bool]] = defaultdict(list)
    for tally in tallies.values():
        for confidence, right in tally.believed.items():
            believed[confidence] += right
    for confidence, right in sorted(believed.items(), reverse=True):
        yield f"| {confidence} | {len(right):,} | {sum(right) / len(right):.3%} |"


def _with_ocr_confidence(document: Document, facts: Sequence[Fact]) -> Iterator[tuple[Fact, float]]:
    grids = (block for block in document.blocks if isinstance(block, Grid))
    by_place = {(cell.page, cell.bbox): cell.confidence for grid in grids for cell in grid.cells}
    yield from ((fact, by_place[place]) for fact in facts if (place := (fact.page, fact.bbox)) in by_place)


def _report(seed: int) -> tuple[str, bytes, Sequence[Cell]]:
    """As PDF, and what its cells print."""
    if seed % REAL_EVERY == 0:
        slug = list(SEEDS)[seed // REAL_EVERY % len(SEEDS)]
        return slug, (SAMPLE / "documents" / f"{slug}.pdf").read_bytes(), _cells_of(slug)
    chosen = choose(seed, formats=("pdf",), forms=TABULAR, most_defects=0)
    made = make(replace(chosen, style=STYLES[seed % len(STYLES)], wrong_sum=False))
    return str(made.options), made.body, tuple(made.printed.cells())


@cache
def _cells_of(slug: str) -> tuple[Cell, ...]:
    """As the born-digital twin reads, which the suite holds against the hand-checked values: those know no kinds."""
    facts = extract(read((SAMPLE / "documents" / f"{slug}.pdf").read_bytes(), f"{slug}.pdf")).facts
    return tuple(
        Cell(fact.raw, FIGURE, key=(fact.item, fact.applicant), kind=fact.kind, value=fact.value) for fact in facts
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--from", type=int, default=0, dest="first", metavar="SEED", help="of the first scan")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    lines = list(calibrate(arguments.seconds, arguments.first))
    print("\n".join(lines))
    if arguments.write:
        command = f"python -m benchmarks.bench_scan_confidence {arguments.seconds:g} --from {arguments.first}"
        write_section("Scans: accuracy and confidence", command, [*lines, "", f"Sure: {SURE} or more."])


if __name__ == "__main__":
    main()
