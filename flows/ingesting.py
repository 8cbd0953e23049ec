"""A pass over local files: the same stages as the nightly pass but for the crawl, called without Prefect."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.nightpass import ingest_pass
from flows.progress import Progress
from flows.publishing import PassResult
from flows.request import PassRequest, check_provinces, check_years
from pipeline.archive import ArchiveWriter
from pipeline.assembly import Overrides
from pipeline.errors import ConfigError
from pipeline.ingest import ingest_files


def ingest(paths: Sequence[Path], request: PassRequest, overrides: Overrides, progress: Progress) -> PassResult:
    _check(paths, overrides)
    with ingest_pass(request, overrides, progress) as work:
        progress.stage("收集文件 collecting files")
        with ArchiveWriter(work.data.archive, work.opened.plan.run_id) as archive:
            for number, snapshot in enumerate(ingest_files(paths, archive=archive, run_id=work.opened.plan.run_id), 1):
                work.opened.journal.add_fetches([snapshot])
                progress.update(number)
        documents = work.documents()
        progress.stage("读取 reading documents", len(documents))
        work.extract(documents)
        progress.stage("核对、发布 checking and publishing")
        return work.publish()


def _check(paths: Sequence[Path], overrides: Overrides) -> None:
    for path in paths:
        if not path.exists():
            raise ConfigError(f"找不到文件 / no such file or folder: {path}")
    if overrides.province:
        check_provinces([overrides.province])
    if overrides.year:
        check_years([overrides.year])
