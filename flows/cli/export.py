"""`nianbao export`: a researcher's release of the published warehouse, in a folder of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows.cli import place_of
from flows.cli.arguments import add_scope_options, scope_of

HELP = "a researcher's release: data, codebook, metadata, checksums"

# Those of pipeline.warehouse.FORMATS, which is not loaded to show help; a test compares the two.
FORMATS = ("parquet", "csv", "xlsx", "dta")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that is not there yet, or empty")
    parser.add_argument("--format", choices=FORMATS, default="parquet", help="default: parquet")
    add_scope_options(parser)
    parser.add_argument(
        "--previous", metavar="DIR", type=Path, help="an earlier release: list what is new, corrected or gone since"
    )


def execute(arguments: argparse.Namespace) -> int:
    from pipeline import warehouse

    release = warehouse.export(
        place_of(arguments),
        arguments.folder,
        format=arguments.format,
        scope=scope_of(arguments),
        previous=arguments.previous,
    )
    print(f"{arguments.folder}: 版本 version {release.version}")
    print(f"{release.reports} 份年报 reports, {release.files} 个文件 files")
    if release.changes is not None:
        changes = release.changes
        print(f"新增 added {changes.added}, 更正 corrected {changes.corrected}, 不再有 gone {changes.gone}")
    return 0
