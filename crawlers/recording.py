"""Example pages of a platform from a real portal: which pages of a crawl show how it lists, trimmed, with what is
understood of them. A person reviews the result before it counts as expected."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.exchange import Ask
from crawlers.frontier import Step
from crawlers.page import Page
from crawlers.platforms import platform_of, platforms
from crawlers.trace import TracedPage
from crawlers.trimming import trimmed
from crawlers.understanding import OFTEN_EMPTY, is_in_column, understood, words_of
from pipeline.archive import read_body
from pipeline.errors import NianbaoError

_OURS = re.compile(r"(home|way_\d|column(_\d)?|report)\.(html|xml|json|js)")
_MOST_WAYS = 2  # pages from which a platform knows the columns
_MOST_FURTHER = 2  # pages of a listing after its first
_META_CHARSET = re.compile(r"(<meta\b[^>]{0,200}charset\s*=\s*[\"']?)[\w.:-]+", re.I)
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE[^>]{0,300}>)?", re.I)


@dataclass(frozen=True, slots=True)
class Example:
    file: str
    body: bytes
    expected: dict[str, Any]


def examples_from(pages: Sequence[TracedPage], archive: Path, on: date) -> tuple[str, list[Example]]:
    """The name of the platform and its pages: start page, column, further listing pages, report. Raises NianbaoError
    where the crawl came to no column. What a replayed request brought is no page of a platform."""
    pages = [page for page in pages if page.replay is None]
    column = _best_column(pages, archive)
    if column is None:
        raise NianbaoError("没有读到年报栏目，无可保存 / no column of annual reports was read: nothing to record")
    name = column.platform
    found = [_example(file, page, name, archive, on) for file, page in _chosen(pages, column, archive)]
    return name, found


def write(folder: Path, examples: Sequence[Example]) -> None:
    """Pages and `expected.json`. An earlier recording in the folder is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if _OURS.fullmatch(old.name):
            old.unlink()
    for example in examples:
        (folder / example.file).write_bytes(example.body)
    expected = {example.file: example.expected for example in examples}
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


# --- which pages -------------------------------------------------------------------------------------------


def _best_column(pages: Sequence[TracedPage], archive: Path) -> TracedPage | None:
    """The first page of the listing that has most rows, and pages."""
    first: dict[str, TracedPage] = {}
    rows: Counter[str] = Counter()
    for page in pages:
        if page.inside and not page.report:
            first.setdefault(page.listing, page)
            rows[page.listing] += 1 + len(_understood(page, page.platform, archive)["rows"])
    return max(first.values(), key=lambda page: rows[page.listing], default=None)


def _chosen(pages: Sequence[TracedPage], column: TracedPage, archive: Path) -> Iterator[tuple[str, TracedPage]]:
    home = next((page for page in pages if page.step is Step.START and not page.inside and not page.report), None)
    if home is not None:
        yield _file("home", home, archive), home
    ways = [page for page in pages if page.step in (Step.COLUMN, Step.PATH) and page not in (home, column)]
    asking = (page for page in ways if not page.report and _understood(page, column.platform, archive)["asks"])
    for number, page in enumerate(islice(asking, _MOST_WAYS), start=1):
        yield _file(f"way_{number}", page, archive), page
    yield _file("column", column, archive), column
    pages_of_it = [page for page in pages if page.listing == column.listing and page.step is Step.LISTING]
    further = [page for page in pages_of_it if page is not column]
    for number, page in enumerate(further[:_MOST_FURTHER], start=2):
        yield _file(f"column_{number}", page, archive), page
    reports = [page for page in pages if page.report]
    hanging = [page for page in reports if _understood(page, column.platform, archive)["attachments"]]
    for page in (hanging or reports)[:1]:
        yield _file("report", page, archive), page


def _file(stem: str, page: TracedPage, archive: Path) -> str:
    start = _page(page, archive).text[:200].lstrip("\ufeff \r\n\t")
    if start.startswith("<?xml"):
        return f"{stem}.xml"
    kinds = {"<": "html", "{": "json", "[": "json"}
    return f"{stem}.{kinds.get(start[:1], 'js')}"


# --- one page ----------------------------------------------------------------------------------------------


def _example(file: str, read: TracedPage, name: str, archive: Path, on: date) -> Example:
    page, ask = _page(read, archive), read.ask
    whole = _result(page, name, ask, file)

    def same(text: str) -> bool:
        return _result(Page(page.url, text.encode()), name, ask, file) == whole

    text = _META_CHARSET.sub(r"\1utf-8", page.text[:4096]) + page.text[4096:]
    text = trimmed(text, same, rows=not read.report)
    shown = " as a browser showed it" if read.rendered else ""
    # A platform may read an address out of a page's whole text: then the header names the host alone.
    places = (page.url, urlsplit(page.url).netloc)
    headed = (_headed(text, f"Recorded from {at}{shown} on {on:%Y-%m-%d} and trimmed; not modelled.") for at in places)
    body = next((one for one in (*headed, text, page.text) if same(one)), None)
    if body is None:
        raise NianbaoError(f"页面无法按原样保存 / cannot be kept so that it reads the same: {page.url}")
    result = {key: value for key, value in whole[1].items() if OFTEN_EMPTY.get(key, ...) != value}
    return Example(file, body.encode(), {"url": page.url, "recorded": f"{on:%Y-%m-%d}"} | words_of(ask) | result)


def _page(read: TracedPage, archive: Path) -> Page:
    assert read.snapshot.archived is not None
    return Page(read.snapshot.url, read_body(archive, read.snapshot.archived), charset=read.snapshot.charset)


def _understood(read: TracedPage, name: str, archive: Path) -> dict[str, Any]:
    return understood(_page(read, archive), platforms()[name], read.ask, in_column=read.inside)


def _result(page: Page, name: str, ask: Ask, file: str) -> tuple[str, dict[str, Any]]:
    """With the platform that knows the page by itself."""
    known = platforms()[name]
    return platform_of(page).name, understood(page, known, ask, in_column=is_in_column(file))


def _headed(text: str, said: str) -> str:
    """With a line that says where it is from: a comment, or a member of what is data."""
    said = said.replace("--", "%2D%2D").replace("*/", "*%2F").replace("<", "").replace(">", "")
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        before, _, after = text.partition("{")
        return f'{before}{{"_": {json.dumps(said)}, {after}'
    if not text.lstrip("\ufeff \r\n\t").startswith("<"):
        return f"/* {said} */\n{text}"
    start = _PROLOGUE.match(text)
    at = start.end() if start else 0
    return f"{text[:at]}<!-- {said} -->\n{text[at:].lstrip()}"


def folder_name(url: str) -> str:
    """A portal's host, as a folder is called."""
    return re.sub(r"[^\w.-]", "-", urlsplit(url).netloc)[:80]
