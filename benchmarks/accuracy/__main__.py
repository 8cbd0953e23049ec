"""Measures the accuracy and writes docs/accuracy.md, its picture and the comparison in benchmarks/RESULTS.md.

    python -m benchmarks.accuracy [--without-tools]

`make accuracy` does this. The other tools are installed, pinned and checked, into an environment of their own.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.accuracy.document import write
from benchmarks.accuracy.golden import Specimen, golden_set
from benchmarks.accuracy.measuring import Reading, other_tool, ours
from pipeline.resources import ROOT

_ENVIRONMENT = ROOT / ".venv" / "accuracy-tools"
_LOCK = Path(__file__).with_name("requirements.lock")
_ON_PDF = ("pdfplumber", "camelot lattice", "camelot stream", "pymupdf")
_ON_SCANS = ("img2table + RapidOCR",)
_PDF_EVERY = 4  # of the generated PDFs: the slowest of the tools takes seconds a page
_SCANS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-tools", action="store_true", help="measure nianbao alone")
    arguments = parser.parse_args()
    begin = time.perf_counter()
    specimens = list(golden_set())
    _say(begin, f"{len(specimens)} documents")
    mine = ours(specimens)
    _say(begin, "nianbao")
    others: list[Reading] = []
    left_out: dict[str, str] = {}
    if arguments.without_tools:
        left_out["the other tools"] = "not measured in this run"
    else:
        python = _installed(left_out)
        for name in (*_ON_PDF, *_ON_SCANS) if python else ():
            try:
                others.append(other_tool(name, python, _for_tool(name, specimens)))
                _say(begin, name)
            except (subprocess.SubprocessError, OSError) as error:
                left_out[name] = _last_line(error)
    write(specimens, mine, others, left_out)


def _for_tool(name: str, specimens: Sequence[Specimen]) -> list[Specimen]:
    wanted = [one for one in specimens if one.format == ("scan" if name in _ON_SCANS else "PDF")]
    if name in _ON_SCANS:
        return wanted[:_SCANS]
    real = [one for one in wanted if one.topic == "real report"]
    return real + [one for one in wanted if one.topic != "real report"][::_PDF_EVERY]


def _installed(left_out: dict[str, str]) -> Path | None:
    """The other tools' Python; None when they cannot be had."""
    python = _ENVIRONMENT / "bin" / "python"
    stamp = _ENVIRONMENT / "stamp"
    lock = _LOCK.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == lock:
        return python
    try:
        _run([sys.executable, "-m", "venv", "--clear", str(_ENVIRONMENT)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(_LOCK)])
    except (subprocess.SubprocessError, OSError) as error:
        left_out["all of them"] = _last_line(error)
        return None
    stamp.write_text(lock, encoding="utf-8")
    return python


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=900)  # noqa: S603  our own words


def _last_line(error: BaseException) -> str:
    said = getattr(error, "stderr", "") or str(error)
    return said.strip().splitlines()[-1][:200] if said.strip() else repr(error)


def _say(begin: float, text: str) -> None:
    print(f"{time.perf_counter() - begin:6.0f} s  {text}", file=sys.stderr)


if __name__ == "__main__":
    main()
