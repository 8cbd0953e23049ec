"""Where LibreOffice is, and a Python that can speak with it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

INSTALL = "apt install libreoffice-writer-nogui python3-uno"
_ELSEWHERE = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_LOOKS_FOR = 20  # seconds


@dataclass(frozen=True, slots=True)
class Installed:
    soffice: str
    python: str  # one that has the module uno


def find_office() -> Installed | None:
    """None where LibreOffice, or the module to speak with it, is missing."""
    found = shutil.which("soffice") or shutil.which("libreoffice") or shutil.which(_ELSEWHERE)
    if found is None:
        return None
    program = Path(found).resolve().parent
    binary = program / "soffice.bin"  # behind the launchers, which would be parents of their own
    python = _python_with_uno(str(program))
    return Installed(str(binary) if binary.exists() else found, python) if python else None


def missing_programs() -> tuple[str, ...]:
    """What this machine lacks for documents to be read that LibreOffice has to convert."""
    return () if find_office() else ("LibreOffice",)


@lru_cache(maxsize=8)
def _python_with_uno(program: str) -> str | None:
    bundled = (Path(program) / "python", Path(program).parent / "Resources" / "python")
    for python in (*map(str, bundled), "/usr/bin/python3", shutil.which("python3")):
        if python and shutil.which(python) and _has_uno(python):
            return python
    return None


def _has_uno(python: str) -> bool:
    command = [python, "-c", "import uno"]
    try:
        tried = subprocess.run(command, capture_output=True, timeout=_LOOKS_FOR, check=False)  # noqa: S603 - as above
    except (OSError, subprocess.TimeoutExpired):
        return False
    return tried.returncode == 0
