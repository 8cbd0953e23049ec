"""`nianbao ingest`: local files and folders into the warehouse. No crawl, hence no Prefect: five files take seconds."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.cli import data_folder
from flows.cli.arguments import add_pass_options, year
from flows.request import PassRequest

HELP = "reports from local files and folders, without crawling"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="file or folder")
    parser.add_argument("--province", metavar="CODE", help="province, instead of what the documents say: 640000")
    parser.add_argument("--year", metavar="Y", type=year, help="year the reports are about, instead of what they say")
    parser.add_argument("--authority", metavar="NAME", help="publishing body, instead of what the documents say")
    add_pass_options(parser)


def execute(arguments: argparse.Namespace) -> int:
    from flows.ingesting import ingest
    from flows.progress import shown
    from flows.summary import print_summary
    from pipeline.model import Overrides

    request = PassRequest(
        data=data_folder(arguments).absolute(),
        workers=arguments.workers,
        allow_shrink=arguments.allow_shrink,
        wait=arguments.wait,
    )
    overrides = Overrides(province=arguments.province, year=arguments.year, authority=arguments.authority)
    with shown() as progress:
        result = ingest(arguments.paths, request, overrides, progress)
    print_summary(result)
    return 0 if result.published_anything else 1
