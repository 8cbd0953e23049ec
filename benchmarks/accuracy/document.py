"""docs/accuracy.md and its picture, and this benchmark's part of benchmarks/RESULTS.md, from what was measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from benchmarks.accuracy.curve import Bin, bins, draw
from benchmarks.accuracy.golden import Specimen
from benchmarks.accuracy.measuring import Reading, Score
from pipeline.resources import ROOT

PAGE = ROOT / "docs" / "accuracy.md"
PICTURE = ROOT / "docs" / "accuracy.svg"
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
_BEGIN, _END = "<!-- accuracy: begin -->", "<!-- accuracy: end -->"

_HEAD = """# Accuracy 准确率

Written by `make accuracy`; nobody edits the figures. The golden set: the five real reports of `data/sample` as text and
in four formats, a real PDF with misprints, and generated reports (`tests/support/reports`) of every form, layout, way
of writing numbers and defect, in every format. What each cell prints is known by construction or was checked by hand.

- **exact**: kind and value are as printed. **missing**: printed, not read. **wrong**: read otherwise, or not printed.
- **wrong ≥ 0.9**: wrong with a confidence that calls it sure. 0 is the aim, 1 in 10,000 the limit.
- Cells that no careful reader could know (a figure left out of a row that then moves) count in the last column alone:
  they should be missing or doubted.

单元格 cells, 与印刷一致 exact, 缺失 missing, 错误 wrong, 高置信度错误 wrong ≥ 0.9.
"""

_TOOLS = """## Beside other tools

The same files, each tool with its defaults, followed by one plain rule (`benchmarks/accuracy/naive.py`): a table
belongs to the section whose words it prints; where a section's tables hold exactly as many numbers as a layout of the
form has, they are taken in order; where not, the section is not read. The rule is simple on purpose and the same for
all: it is what a short script does with such a tool. Blank cells, dashes and 无 count as zero. The tools have no
confidence, so a wrong cell looks like any other.
"""


def write(specimens: Sequence[Specimen], ours: Reading, others: Sequence[Reading], left_out: dict[str, str]) -> None:
    found = bins(ours.scored)
    parts = [_HEAD, "## All\n", _total(specimens, ours)]
    for title, of in (("By format", lambda one: one.format), ("By form", lambda one: one.form)):
        parts += [f"## {title}\n", _table(specimens, ours, of)]
    parts += ["## By layout, figures and defect\n", _table(specimens, ours, lambda one: one.topic)]
    parts += [_calibration(found)]
    parts += [_TOOLS, _tools(specimens, ours, others, left_out)]
    PICTURE.write_text(draw(found), encoding="utf-8")
    PAGE.write_text("\n".join(parts), encoding="utf-8")
    if others:
        _write_results(specimens, ours, others)


def _sum(scores: Iterable[Score]) -> Score:
    return sum(scores, Score())


def _total(specimens: Sequence[Specimen], ours: Reading) -> str:
    whole = _sum(ours.scores.values())
    unread = "".join(f"\nNot read: {count} × {reason}\n" for reason, count in sorted(ours.failed.items()))
    return (
        f"{len(specimens)} documents, {whole.cells:,} cells: {_percent(whole.exact, whole.cells)} exact, "
        f"{whole.missing:,} missing, {whole.wrong:,} wrong, **{whole.wrong_sure:,} wrong ≥ 0.9**.\n{unread}"
    )


def _table(specimens: Sequence[Specimen], ours: Reading, of: Callable[[Specimen], str]) -> str:
    groups: dict[str, list[Specimen]] = {}
    for specimen in specimens:
        groups.setdefault(of(specimen), []).append(specimen)
    rows = ["| | documents | cells | exact | missing | wrong | wrong ≥ 0.9 |", "| --- |" + " ---: |" * 6]
    for name, group in sorted(groups.items()):
        score = _sum(ours.scores[one.name] for one in group)
        rows.append(
            f"| {name} | {len(group)} | {score.cells:,} | {_percent(score.exact, score.cells)} | {score.missing:,} "
            f"| {score.wrong:,} | {score.wrong_sure:,} |"
        )
    return "\n".join(rows) + "\n"


def _calibration(found: Sequence[Bin]) -> str:
    rows = ["## What confidence means\n", "![Confidence and correctness](accuracy.svg)\n"]
    rows += ["| confidence | cells read | right | wrong |", "| --- | ---: | ---: | ---: |"]
    for one in found:
        wrong = one.facts - one.right
        rows.append(
            f"| {one.low:.2f} to {one.high:.2f} | {one.facts:,} | {_percent(one.right, one.facts)} | {wrong:,} |"
        )
    return "\n".join(rows) + "\n"


def _tools(specimens: Sequence[Specimen], ours: Reading, others: Sequence[Reading], left_out: dict[str, str]) -> str:
    parts = []
    for title, format_ in (("Born-digital PDF", "PDF"), ("Scans", "scan")):
        readings = [one for one in others if any(s.name in one.scores for s in specimens if s.format == format_)]
        if not readings:
            continue
        names = {s.name for s in specimens if s.format == format_ and s.name in readings[0].scores}
        parts.append(f"### {title}: {len(names)} files\n")
        parts += ["| tool | cells | exact | missing | wrong | time beside ours |", "| --- |" + " ---: |" * 5]
        for reading in (ours, *readings):
            score = _sum(reading.scores[name] for name in names)
            time = sum(reading.seconds[name] for name in names) / sum(ours.seconds[name] for name in names)
            parts.append(
                f"| {reading.name} | {score.cells:,} | {_percent(score.exact, score.cells)} | {score.missing:,} "
                f"| {score.wrong:,} | {time:.2f} |"
            )
        parts.append("")
    parts += [f"Left out: {name}, {reason}\n" for name, reason in sorted(left_out.items())]
    return "\n".join(parts) + "\n"


def _percent(part: int, whole: int) -> str:
    """Never rounded up to 100 %."""
    if not whole:
        return "–"
    return "100 %" if part == whole else f"{int(part / whole * 10_000) / 100:.2f} %"


def _write_results(specimens: Sequence[Specimen], ours: Reading, others: Sequence[Reading]) -> None:
    rows = [
        "## Accuracy and time beside other tools\n",
        "Written by `make accuracy`; the details stand in docs/accuracy.md.\n",
    ]
    rows.append(_tools(specimens, ours, others, {}))
    section = f"{_BEGIN}\n" + "\n".join(rows).rstrip() + f"\n{_END}\n"
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n\n"
    if _BEGIN in text:
        text = re.sub(f"{_BEGIN}.*?{_END}\n", lambda _: section, text, flags=re.S)
    else:
        text = text.rstrip() + "\n\n" + section
    RESULTS.write_text(text, encoding="utf-8")
