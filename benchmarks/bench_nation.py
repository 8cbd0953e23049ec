"""The warehouse at the size of the country: building it, a night's corrections, and what questions of it take.

    python -m benchmarks.bench_nation [--reports 2000000] [--folder DIR] [--keep DIR | --from DIR] [--write]

The whole nation needs some 25 GB of disk and, on two idle cores, the better part of an hour; a smaller one has the same
shape. One that is kept is measured again without being built.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.nation import questions, steps
from benchmarks.nation.steps import Nation, Step
from benchmarks.results import write_section
from pipeline.warehouse.files import Paths
from pipeline.warehouse.opening import read_published

_WHOLE = 2_000_000
_CHANGED = 1_000  # reports of a night, of the whole
_SHARE = 4_000_000  # facts, at most, for SQLite and pandas


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=_WHOLE)
    parser.add_argument("--folder", type=Path, help="where there is room; default: the system's for temporary files")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="build the nation there, and leave it")
    parser.add_argument("--from", type=Path, metavar="DIR", dest="kept", help="measure the one that was left there")
    parser.add_argument("--write", action="store_true", help="into benchmarks/RESULTS.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        nation = steps.kept(chosen.kept) if chosen.kept else steps.built(chosen.keep or Path(folder), chosen.reports)
        lines = _measured(nation)
    print("\n".join(lines))
    if chosen.write:
        write_section(
            f"Warehouse: a nation of {nation.reports:,} reports",
            f"python -m benchmarks.bench_nation --reports {nation.reports} --write",
            lines,
        )


def _measured(nation: Nation) -> list[str]:
    lines = [*_of_building(nation), ""]
    print("\n".join(lines), flush=True)
    lines += _of_questions(nation.data)
    with tempfile.TemporaryDirectory(dir=nation.folder) as share:
        lines += ["", *_of_others(nation.data, Path(share), nation.file.result["facts"])]
    return [*lines, "", *_of_night(nation)]


def _of_building(nation: Nation) -> list[str]:
    built, files, paths = nation.file, nation.parquet, Paths(nation.data)
    facts, size = built.result["facts"], paths.published.stat().st_size
    stored = sum(path.stat().st_size for path in paths.parquet.rglob("*.parquet"))
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


def _of_night(nation: Nation) -> list[str]:
    count = max(20, round(_CHANGED * min(1.0, nation.reports / _WHOLE)))
    with steps.doubled(nation) as data:
        copied = steps.apart(steps.copy, data)
        loaded = steps.apart(steps.load, data, count)
    built, files = nation.file, nation.parquet
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
