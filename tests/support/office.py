"""What tests with LibreOffice share: whether it is there, and files in formats that only it writes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from pipeline.readers.office.converter import converter
from pipeline.readers.office.installed import INSTALL, find_office

needs_office = pytest.mark.skipif(find_office() is None, reason=f"LibreOffice is missing: {INSTALL}")

_FILTERS = {".doc": "MS Word 97", ".rtf": "Rich Text Format", ".odt": "writer8"}


@lru_cache(maxsize=64)
def saved_as(docx: bytes, suffix: str) -> bytes:
    """A DOCX saved by LibreOffice in another format."""
    return converter().convert(docx, ".docx", store_filter=_FILTERS[suffix])


def processes_with(text: str) -> list[int]:
    """The processes whose command line holds a text."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if text.encode() in command:
            found.append(int(folder.name))
    return found
