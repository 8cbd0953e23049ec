"""Crawler processes that begin with everything loaded: to load it takes longer than a crawl of a few pages.

A server with nothing but modules in it forks them; from there they go the way of `python -m crawlers JOB.json`.
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import sys
from collections.abc import Mapping
from pathlib import Path

from crawlers import platforms
from crawlers.__main__ import main

_LOADED = (
    "scrapy.crawler", "scrapy.core.engine", "scrapy.core.scheduler", "scrapy.squeues", "scrapy.spidermiddlewares.depth",
    "scrapy.downloadermiddlewares.cookies", "scrapy.downloadermiddlewares.httpcache", "scrapy.logformatter",
    "scrapy_playwright.handler", "crawlers.settings", "crawlers.spider",
    *(f"{platforms.__name__}.{module.name}" for module in pkgutil.iter_modules(platforms.__path__)),
)  # fmt: skip

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__, *_LOADED])


def crawl(job: Path, log: Path, seconds: float) -> int:
    """The exit code of a process that was given this job; what it says on standard error goes behind the log."""
    process = _processes.Process(target=_begin, args=(job, log, dict(os.environ)))
    process.start()
    process.join(seconds)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(f"the crawl of {job} did not end within {seconds:g} s")
    return process.exitcode


def _begin(job: Path, log: Path, environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    sys.exit(main([str(job)]))
