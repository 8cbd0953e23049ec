"""Generated reports in every form, layout, hand and defect, in every born-digital format and as scans.

A cell that a careful human could know is read exactly; one that nobody could know is not read, or doubted. A failure
names its seed and options; `python -m tests.support.reports --seed N --set NAME=VALUE --out DIR` writes the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import pytest

from pipeline.extract import extract
from pipeline.model import Extract
from pipeline.packed import missing_tools
from pipeline.readers import read
from tests.support.archives import Files, rar5_of, zip_of
from tests.support.reports.comparing import Comparison, compare
from tests.support.reports.formats import BORN_DIGITAL, FORMATS
from tests.support.reports.formats.converted import KINDS
from tests.support.reports.making import Made, make, make_converted
from tests.support.reports.options import FORMS, Options, choose, one_of_each
from tests.support.unpacking import ingested, read_all, store_in

CHUNKS = 24
CELLS_OF_A_CHUNK = 9_000  # 216,000 in all
SCANS = 12
CLEAR_SHARE_OF_SCANS = 0.997


def compared(made: Made) -> Comparison:
    return compare(made.printed, extract(read(made.body, made.name)).facts)


def told(made: Made, result: Comparison) -> str:
    found = (*result.wrong_sure, *result.wrong, *result.missing)
    counts = f"{len(result.missing)} missing, {len(result.wrong)} wrong, {len(result.wrong_sure)} wrong and sure"
    return "\n  ".join([made.options.command, counts, *map(str, found[:4])])


def failures(documents: Iterable[Made]) -> tuple[list[str], int]:
    """What is not as printed, in words, and how many cells were looked at."""
    lines, cells = [], 0
    for made in documents:
        result = compared(made)
        cells += result.cells
        if not result.whole:
            lines.append(told(made, result))
    return lines, cells


@pytest.mark.parametrize("options", [one for name in BORN_DIGITAL for one in one_of_each(name)], ids=str)
def test_one_of_each_is_read_as_printed(options: Options) -> None:
    made = make(options)
    result = compared(made)
    assert result.whole, told(made, result)


@pytest.mark.parametrize("name", BORN_DIGITAL)
def test_clear_prints_in_ordinary_documents_are_not_doubted(name: str) -> None:
    for options in one_of_each(name)[: len(FORMS)]:
        made = make(options)
        result = compared(made)
        assert result.exact_sure == result.cells, told(made, result)


def test_the_same_seed_makes_the_same_document() -> None:
    for name in BORN_DIGITAL:
        options = choose(5, formats=[name])
        assert make(options).body == make(options).body or name == "xlsx"  # a workbook carries the time of writing


def test_what_is_printed_is_known_for_every_cell() -> None:
    printed = make(Options(1, form="2021")).printed
    assert len(list(printed.cells())) == 200
    assert len({cell.key for cell in printed.cells()}) == 200


@pytest.mark.parametrize("pack", [zip_of, rar5_of])
@pytest.mark.parametrize("name", ["docx", "pdf", "text"])
def test_reports_in_archives_are_read_as_printed(name: str, pack: Callable[[Files], bytes], tmp_path: Path) -> None:
    if pack is rar5_of and missing_tools():
        pytest.skip(", ".join(missing_tools()))
    made = make(Options(40, format=name, style=FORMATS[name].STYLES[0].name))
    path = tmp_path / "附件.zip"
    path.write_bytes(
        pack({f"年报/{made.printed.title}{Path(made.name).suffix}": made.body, "说明.txt": "见附件。".encode()})
    )
    store = store_in(tmp_path)
    found = [store.get(one) for one in read_all(tmp_path, ingested(tmp_path, [path]))]
    [extracted] = [one for one in found if isinstance(one, Extract) and one.facts]
    assert compare(made.printed, extracted.facts).whole


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_thousands_by_chance_are_read_as_printed(chunk: int) -> None:
    lines, cells = failures(_until_enough(chunk))
    assert cells >= CELLS_OF_A_CHUNK
    assert lines == [], "\n".join(lines)


def _until_enough(chunk: int) -> Iterator[Made]:
    cells = 0
    for seed in count(100_000 * (chunk + 1)):
        made = make(choose(seed))
        yield made
        cells += sum(cell.knowable for cell in made.printed.cells())
        if cells >= CELLS_OF_A_CHUNK:
            return


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", KINDS)
def test_what_other_programs_write_is_read_as_printed(kind: str) -> None:
    lines, _ = failures(make_converted([choose(seed) for seed in range(500, 512)], kind))
    assert lines == [], "\n".join(lines)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_scans_are_read_nearly_exactly_and_never_wrongly_while_sure() -> None:
    cells = exact = 0
    for number in range(SCANS):
        made = make(_scan(number))
        result = compared(made)
        assert not result.wrong_sure, told(made, result)
        cells, exact = cells + result.cells, exact + result.exact
    assert exact >= CLEAR_SHARE_OF_SCANS * cells


def _scan(number: int) -> Options:
    styles = [style.name for style in FORMATS["scan"].STYLES if style.name != "any damage"]
    hand = ("plain", "plain", "thousands", "dashes")[number % 4]
    form = ("2021", "2021 undivided", "2019", "2014")[number % 4]
    return Options(7000 + number, format="scan", style=styles[number % len(styles)], form=form, hand=hand)
