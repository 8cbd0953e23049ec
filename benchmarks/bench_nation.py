"""The warehouse at the size of the country: building it, a night's corrections, and what questions of it take.

    python -m benchmarks.bench_nation [--reports 2000000] [--folder DIR] [--write]

The whole nation needs some 25 GB of disk and, on two idle cores, the better part of an hour; a smaller one has the same
shape. Every step runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.nation import building, night, questions
from benchmarks.results import write_section
from pipeline.warehouse import figures, parquet, schema
from pipeline.warehouse.database import write_next
from pipeline.warehouse.files import Paths, copy_published, publish
from pipeline.warehouse.opening import read_published

_WHOLE = 2_000_000
_CHANGED = 1_000  # reports of a night, of the whole
_SHARE = 4_000_000  # facts, at most, for SQLite and pandas


@dataclass(frozen=True, slots=True)
class Step:
    """What a step took, and what it gave back."""

    seconds: float
    processor: float
    peak: int  # bytes
    result: Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=_WHOLE)
    parser.add_argument("--folder", type=Path, help="where there is room; default: the system's for temporary files")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        lines = _measured(Path(folder), chosen.reports)
    print("\n".join(lines))
    if chosen.write:
        write_section(
            f"Warehouse: a nation of {chosen.reports:,} reports",
            f"python -m benchmarks.bench_nation --reports {chosen.reports} --write",
            lines,
        )


def _measured(folder: Path, reports: int) -> list[str]:
    data = folder / "data"
    data.mkdir()
    built = _apart(_build, data, reports)
    files = _apart(_publish_parquet, data)
    lines = [*_of_building(data, built, files), ""]
    print("\n".join(lines), flush=True)
    lines += _of_questions(data)
    share = folder / "share"
    share.mkdir()
    lines += ["", *_of_others(data, share, built.result["facts"])]
    shutil.rmtree(share)
    return [*lines, "", *_of_night(data, reports, built, files)]


def _apart(work: Callable[..., object], *given: object) -> Step:
    """In a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        step: Step = pool.apply(_taken, (work, given))
    return step


def _taken(work: Callable[..., object], given: Sequence[object]) -> Step:
    clock, processor = time.perf_counter(), time.process_time()
    result = work(*given)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Step(time.perf_counter() - clock, time.process_time() - processor, peak, result)


def _build(data: Path, reports: int) -> dict[str, int]:
    """As a load does: in one transaction, into the next file, which then takes its place."""
    paths = Paths(data)
    with write_next(paths) as db:
        db.execute("BEGIN")
        schema.create(db)
        schema.refresh(db)
        building.prepare(db, reports)
        building.dictionaries(db)
        for province in building.provinces(db):
            for years in building.spans(reports):
                building.fill(db, province, years)
            figures.fill(db, province)
        db.execute("COMMIT")
        counts = {
            name: db.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0]  # noqa: S608
            for name in ("reports", "facts", "checks")
        }
        db.execute("USE memory")
        db.execute("DETACH nianbao")
    publish(paths)
    return counts


def _publish_parquet(data: Path) -> int:
    return parquet.bring_up_to_date(Paths(data))


def _copy(data: Path) -> None:
    paths = Paths(data)
    copy_published(paths)
    paths.next.unlink()


def _load(data: Path, count: int) -> tuple[int, int, float, float]:
    """What was changed and written again; the clock and the processor without the making of the corrections."""
    corrected = night.corrections(data, count)
    clock, processor = time.perf_counter(), time.process_time()
    result = night.load(data, corrected)
    return result.changed, result.partitions, time.perf_counter() - clock, time.process_time() - processor


def _of_building(data: Path, built: Step, files: Step) -> list[str]:
    facts, size = built.result["facts"], Paths(data).published.stat().st_size
    stored = sum(path.stat().st_size for path in Paths(data).parquet.rglob("*.parquet"))
    return [
        f"{built.result['reports']:,} reports, {facts:,} facts, {built.result['checks']:,} checks, made by SQL; "
        "no narratives.",
        "",
        "| | seconds | of processor | peak memory | size | a fact |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        _row("the file", built, size, facts),
        _row(f"Parquet, {files.result:,} files", files, stored, facts),
    ]


def _row(name: str, step: Step, size: int, facts: int) -> str:
    return (
        f"| {name} | {step.seconds:,.0f} | {step.processor:,.0f} | {step.peak / 2**30:.1f} GiB | "
        f"{size / 2**20:,.0f} MiB | {size / facts:.1f} bytes |"
    )


def _of_questions(data: Path) -> list[str]:
    with read_published(data) as db:
        ((figures_size,),) = db.execute(
            "SELECT count(DISTINCT block_id) * 262144 FROM pragma_storage_info('figures') WHERE persistent"
        ).fetchall()
    rows = [
        f"| {name} | {clock * 1000:,.0f} ms | {processor * 1000:,.0f} ms |"
        for name, (clock, processor) in questions.of_the_warehouse(data).items()
    ]
    (clock, processor), plan = questions.of_parquet(data)
    return [
        "| question | time | of processor |",
        "| --- | ---: | ---: |",
        *rows,
        f"| one province and year from Parquet | {clock * 1000:,.0f} ms | {processor * 1000:,.0f} ms |",
        "",
        f"EXPLAIN of the last says: {plan}. `figures` takes {figures_size / 2**20:,.0f} MiB of the file.",
    ]


def _of_others(data: Path, folder: Path, facts: int) -> list[str]:
    provinces = [questions.PROVINCE]
    with read_published(data) as db:
        counted = db.execute("SELECT province, sum(facts) FROM reports GROUP BY ALL ORDER BY ALL").fetchall()
    sizes = {province: int(count) for province, count in counted}
    for province in sorted(sizes, key=lambda one: sizes[one]):
        together = sum(sizes[one] for one in provinces)
        if province not in provinces and together + sizes[province] <= _SHARE:
            provinces.append(province)
    count, taken = questions.beside_others(data, folder, provinces)
    ours = taken["DuckDB"]
    return [
        f"The same three on {count:,} facts ({count / facts:.1%} of them, {len(provinces)} provinces, six columns), "
        "the same for all three; SQLite with an index for each question.",
        "",
        "| | " + " | ".join(ours) + " |",
        "| --- |" + " ---: |" * len(ours),
        *(_beside(name, took, ours) for name, took in taken.items()),
    ]


def _beside(name: str, took: Mapping[str, float], ours: Mapping[str, float]) -> str:
    cells = (f"{took[one] * 1000:,.1f} ms ({took[one] / ours[one]:,.1f}×)" for one in ours)
    return f"| {name} | {' | '.join(cells)} |"


def _of_night(data: Path, reports: int, built: Step, files: Step) -> list[str]:
    count = max(20, round(_CHANGED * min(1.0, reports / _WHOLE)))
    copied = _apart(_copy, data)
    loaded = _apart(_load, data, count)
    changed, partitions, clock, processor = loaded.result
    whole, work = built.seconds + files.seconds, built.processor + files.processor
    return [
        f"A night with {changed:,} corrected reports of two provinces, by the real load: {clock:,.1f} s, "
        f"{clock / whole:.1%} of the whole build ({processor:,.1f} s of processor, {processor / work:.1%}), "
        f"{partitions} Parquet files written again, peak memory {loaded.peak / 2**30:.1f} GiB. "
        f"Copying the published file is {copied.seconds:,.1f} s of it.",
    ]


if __name__ == "__main__":
    main()
