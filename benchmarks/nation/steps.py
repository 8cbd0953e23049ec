"""The steps that are measured, each in a process of its own, so that its peak of memory is its own; and a nation that
was built once, kept for measuring again."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.nation import building, night
from pipeline.warehouse import figures, parquet, schema
from pipeline.warehouse.database import write_next
from pipeline.warehouse.files import Paths, copy_published, publish

_BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Step:
    """What a step took, and what it gave back."""

    seconds: float
    processor: float
    peak: int  # bytes
    result: Any


@dataclass(frozen=True, slots=True)
class Nation:
    """A nation on the disk, and what its building took."""

    folder: Path
    reports: int  # asked for
    file: Step
    parquet: Step

    @property
    def data(self) -> Path:
        return self.folder / "data"


def built(folder: Path, reports: int) -> Nation:
    data = folder / "data"
    data.mkdir(parents=True)
    nation = Nation(folder, reports, apart(_build, data, reports), apart(_publish_parquet, data))
    told = {"reports": reports, "file": asdict(nation.file), "parquet": asdict(nation.parquet)}
    (folder / _BUILT).write_text(json.dumps(told), encoding="utf-8")
    return nation


def kept(folder: Path) -> Nation:
    """One that was built in this folder."""
    told = json.loads((folder / _BUILT).read_text(encoding="utf-8"))
    return Nation(folder, told["reports"], Step(**told["file"]), Step(**told["parquet"]))


@contextmanager
def doubled(nation: Nation) -> Iterator[Path]:
    """The same data folder once more, by hard links: a load replaces files and never writes into them, so that what it
    does there leaves the nation as it was."""
    with tempfile.TemporaryDirectory(dir=nation.folder) as folder:
        yield Path(shutil.copytree(nation.data, Path(folder) / "data", copy_function=os.link))


def apart(work: Callable[..., object], *given: object) -> Step:
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


def copy(data: Path) -> None:
    paths = Paths(data)
    copy_published(paths)
    paths.next.unlink()


def load(data: Path, count: int) -> tuple[int, int, float, float]:
    """What was changed and written again; the clock and the processor without the making of the corrections."""
    corrected = night.corrections(data, count)
    clock, processor = time.perf_counter(), time.process_time()
    result = night.load(data, corrected)
    return result.changed, result.partitions, time.perf_counter() - clock, time.process_time() - processor
