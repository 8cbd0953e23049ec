"""A pass over local files: the same stages as the nightly pass but for the crawl, called without Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.nightpass import Pass, ingest_pass
from flows.progress import Progress
from flows.publishing import PassResult
from flows.request import PassRequest, check_years
from pipeline.archive import ArchiveWriter
from pipeline.ingest import files_of, ingest_files
from pipeline.model import Overrides
from pipeline.registry import province_code


def ingest(paths: Sequence[Path], request: PassRequest, overrides: Overrides, progress: Progress) -> PassResult:
    overrides = _checked(overrides)
    files = files_of(paths)
    with ingest_pass(request, progress) as work:
        try:
            return _stages(work, files, overrides, progress)
        finally:
            work.opened.journal.remove()  # whatever happened, the files are still where they were


def _stages(work: Pass, files: Sequence[Path], overrides: Overrides, progress: Progress) -> PassResult:
    progress.stage("收集文件 collecting files", len(files))
    run_id = work.opened.plan.run_id
    with ArchiveWriter(work.data.archive, run_id) as archive:
        snapshots = ingest_files(files, archive=archive, run_id=run_id, overrides=overrides)
        for number, snapshot in enumerate(snapshots, 1):
            work.opened.journal.add_fetches([snapshot])
            progress.update(number)
    unread = work.unread()
    progress.stage("读取 reading documents", len(unread))
    work.extract(unread)
    progress.stage("核对、发布 checking and publishing")
    return work.publish()


def _checked(overrides: Overrides) -> Overrides:
    """The overrides with the province as its code, once everything given is known to make sense."""
    if overrides.year:
        check_years([overrides.year])
    return replace(overrides, province=province_code(overrides.province)) if overrides.province else overrides
