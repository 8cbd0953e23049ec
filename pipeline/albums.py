"""Pictures among local files that belong to another of them: to a web page saved beside them, or, as pages numbered
through (`1.jpg`, `2.jpg`), to the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from pipeline.charset import decode
from pipeline.shown import series_of

_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff"}
_PAGES = {".html", ".htm", ".shtml", ".xhtml"}
_SOURCE = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*(?:\"([^\"<>]{1,500})\"|'([^'<>]{1,500})'|([^\s\"'<>]{1,500}))", re.I)
_MOST_BYTES = 30 * 1024 * 1024
_NUMBER = re.compile(r"[\s_\-(（第]*(?<!\d)\d{1,3}[\s页)）]*$")  # not a year


def homes_of_pictures(files: Sequence[Path]) -> dict[Path, Path]:
    """The file that each picture is read with, for those that are not read alone."""
    pictures = {file for file in files if file.suffix.lower() in _PICTURES}
    homes: dict[Path, Path] = {}
    if not pictures:
        return homes
    for page in (file for file in files if file.suffix.lower() in _PAGES):
        for shown in _shown_on(page):
            if shown in pictures:
                homes.setdefault(shown, page)
    loose = sorted(pictures - homes.keys())
    for series in series_of([file.as_posix() for file in loose]):
        homes |= {loose[place]: loose[series[0]] for place in series[1:]}
    return homes


def title_of_file(file: Path) -> str:
    """What a file is called; a page picture is called like its report or lies in a folder that is."""
    if file.suffix.lower() not in _PICTURES:
        return file.stem
    return _NUMBER.sub("", file.stem) or file.parent.name


def _shown_on(page: Path) -> Iterator[Path]:
    try:
        with page.open("rb") as stream:
            text = decode(stream.read(_MOST_BYTES))
    except OSError:
        return  # said where the page itself is read
    for found in _SOURCE.finditer(text):
        source = unquote(next(filter(None, found.groups()), "")).partition("?")[0]
        if source and "://" not in source and not source.startswith(("data:", "//")):
            try:
                yield (page.parent / source).resolve()
            except (OSError, ValueError):
                continue  # no name a file can have
