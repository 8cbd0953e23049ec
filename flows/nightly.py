"""The nightly pass as a Prefect flow. A task is a batch: portals for the crawlers, some hundred documents for
the pool, the pass's reports. What each does is in `flows.nightpass`; what was done is in the journal, not in Prefect.

Prefect keeps no results, which would be one more thing to go wrong on a full disk.

Import this only under `prefect_server.serve_prefect`, which sets what Prefect reads at import.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.utilities.annotations import quote

from flows import crawling, extracting, progress
from flows.nightpass import Pass, archive_pass, nightly_pass
from flows.publishing import PassResult
from flows.request import REGISTRY, PassRequest
from pipeline.lifeline import die_with_parent
from pipeline.model import Portal, Snapshot

T = TypeVar("T")
Content = tuple[str, str, tuple[str, ...]]  # what one reading is of: the bytes, and the charset the server named


@task(
    name="crawl",
    task_run_name="crawl {count} portals",
    retries=1,
    retry_delay_seconds=5,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def crawl(work: Pass, batch: Sequence[Portal], count: int) -> None:
    """A crawler process for every core. A retry goes on from the journal."""
    work.crawl(batch)


@task(name="extract", task_run_name="extract {count} documents", cache_policy=NO_CACHE, persist_result=False)
def extract(work: Pass, batch: Sequence[Snapshot], count: int) -> None:
    work.extract(batch)


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(work: Pass) -> PassResult:
    return work.publish()


@flow(name="nightly", validate_parameters=True, persist_result=False)
def nightly(
    data: str,
    registry: list[str] | None = None,
    portals: list[str] | None = None,
    provinces: list[str] | None = None,
    years: list[int] | None = None,
    workers: int | None = None,
    full: bool = False,
    from_archive: bool = False,
    allow_shrink: bool = False,
    wait: bool = False,
) -> PassResult:
    """One pass: discover, fetch, extract, check, load, publish."""
    if os.environ.get("PREFECT__FLOW_RUN_ID"):  # a process of Prefect's runner, which may be killed without a word
        die_with_parent()
    request = PassRequest(
        data=Path(data),
        registry=tuple(Path(path) for path in registry or ()) or (REGISTRY,),
        portals=tuple(portals or ()),
        provinces=tuple(provinces or ()),
        years=tuple(years or ()),
        workers=workers,
        full=full,
        from_archive=from_archive,
        allow_shrink=allow_shrink,
        wait=wait,
    )
    opening = archive_pass if from_archive else nightly_pass
    with opening(request, progress.current()) as work:
        return _stages(work)


def _stages(work: Pass) -> PassResult:
    """Documents of one batch of portals are read while the next is crawled."""
    reading: list[PrefectFuture[None]] = []
    seen: set[Content] = set()
    if work.opened.plan.crawls:
        work.progress.stage("抓取 crawling", len(work.opened.plan.portals))
        for batch in crawling.batches(work.opened):
            crawl(_unseen(work), _unseen(batch), len(batch))
            reading += _begin_reading(work, seen)
    reading += _begin_reading(work, seen)  # what a killed pass fetched, or the archive holds
    work.progress.stage("读取 reading documents", len(seen))
    for future in reading:
        while not future.state.is_final():
            future.wait(timeout=0.5)
            work.progress.update(work.read.count)
        future.result()
    work.progress.stage("核对、发布 checking and publishing")
    result: PassResult = publish(_unseen(work))
    return result


def _unseen(value: T) -> T:
    """Prefect hands it over without looking into it, which takes long for hundreds of dataclasses."""
    return cast(T, quote(value))


def _content(snapshot: Snapshot) -> Content:
    return snapshot.sha256, snapshot.charset, tuple(picture.sha256 for picture in snapshot.shown)


def _begin_reading(work: Pass, seen: set[Content]) -> list[PrefectFuture[None]]:
    fresh = [snapshot for snapshot in work.unread() if _content(snapshot) not in seen]
    seen.update(_content(snapshot) for snapshot in fresh)
    batches = [fresh[start : start + extracting.BATCH] for start in range(0, len(fresh), extracting.BATCH)]
    return [extract.submit(_unseen(work), _unseen(batch), len(batch)) for batch in batches]
