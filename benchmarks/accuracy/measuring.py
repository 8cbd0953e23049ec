"""How many cells of each specimen were read exactly, by us and by other tools followed by the plain rule."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path

from benchmarks.accuracy.golden import Specimen, amount
from benchmarks.accuracy.naive import cells_of
from pipeline.errors import UnreadableDocument
from pipeline.extract import extract
from pipeline.model import Fact
from pipeline.readers import read
from tests.support.reports.comparing import compare_cells, says
from tests.support.reports.printed import Cell
from tests.support.reports.statutory import CellKey

TOOLS = Path(__file__).with_name("other_tools.py")
_MARK = "RESULT "
_LONGEST = 900  # seconds for one tool


@dataclass(frozen=True)
class Score:
    """Cells that nobody could know count only when they are wrong and sure."""

    cells: int = 0
    exact: int = 0
    missing: int = 0
    wrong: int = 0
    wrong_sure: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass
class Reading:
    """One tool over many specimens."""

    name: str
    scores: dict[str, Score] = field(default_factory=dict)  # by specimen
    seconds: dict[str, float] = field(default_factory=dict)
    scored: list[tuple[float, bool]] = field(default_factory=list)  # confidence of every fact, and is it right
    failed: Counter[str] = field(default_factory=Counter)


def ours(specimens: Sequence[Specimen]) -> Reading:
    reading = Reading("nianbao")
    for specimen in specimens:
        begin = time.perf_counter()
        try:
            facts = extract(read(specimen.body, specimen.file)).facts
        except UnreadableDocument as reason:
            reading.failed[str(reason)] += 1
            facts = ()
        reading.seconds[specimen.name] = time.perf_counter() - begin
        agree = _same_amount if specimen.topic == "real report" else says
        found = compare_cells(specimen.cells, facts, agree)
        reading.scores[specimen.name] = Score(
            found.cells, found.exact, len(found.missing), len(found.wrong), len(found.wrong_sure)
        )
        reading.scored += found.scored
    return reading


def _same_amount(cell: Cell, fact: Fact) -> bool:
    """The gold of real reports knows values, not how a zero is printed."""
    return fact.amount == cell.value


def other_tool(name: str, python: Path, specimens: Sequence[Specimen]) -> Reading:
    reading = Reading(name)
    with tempfile.TemporaryDirectory() as folder:
        paths = {str(_written(Path(folder), n, specimen)): specimen for n, specimen in enumerate(specimens)}
        for line in _lines(name, python, list(paths)):
            specimen = paths[line["path"]]
            reading.seconds[specimen.name] = line["seconds"]
            if line["error"]:
                reading.failed[line["error"]] += 1
            reading.scores[specimen.name] = _score(cells_of(line["tables"], specimen.form.split()[0]), specimen)
    return reading


def _lines(name: str, python: Path, paths: Sequence[str]) -> list[dict[str, object]]:
    done = subprocess.run(  # noqa: S603  our own words
        [python, TOOLS, name], input="\n".join(paths), capture_output=True, text=True, timeout=_LONGEST, check=True
    )
    return [json.loads(line.removeprefix(_MARK)) for line in done.stdout.split("\n") if line.startswith(_MARK)]


def _written(folder: Path, number: int, specimen: Specimen) -> Path:
    path = folder / f"{number}.pdf"
    path.write_bytes(specimen.body)
    return path


def _score(got: Mapping[CellKey, Decimal], specimen: Specimen) -> Score:
    wanted = {cell.key: amount(cell) for cell in specimen.cells if cell.key and cell.knowable}
    exact = sum(got.get(key) == value for key, value in wanted.items())
    return Score(
        cells=len(wanted),
        exact=exact,
        missing=len(wanted.keys() - got.keys()),
        wrong=sum(key not in wanted or wanted[key] != value for key, value in got.items()),
    )
