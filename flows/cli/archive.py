"""`nianbao archive`: what is stored of an address, the index made anew, the archive checked."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, time

from flows.cli import data_folder
from flows.datafolder import DataFolder
from pipeline.errors import NianbaoError

HELP = "the archive of everything fetched: show, index, check"

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")  # what a server sent must not command a terminal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)

    def action(name: str, said: str, act: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        added = actions.add_parser(name, help=said, description=said)
        # Also behind the action, where it is looked for; without a default that would undo the one before it.
        added.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="data folder")
        added.set_defaults(action=act)
        return added

    showing = action("show", "the stored bytes of an address, to standard output", _show)
    showing.add_argument("url", metavar="URL", help="an address, or file@offset as in documents.warc")
    showing.add_argument(
        "--at", metavar="DATE", type=_moment, help="as it was held then: 2026-01-31, or a time in UTC (default: now)"
    )
    showing.add_argument("--headers", action="store_true", help="the record's and the server's headers instead")
    indexing = action("index", "make the index anew from the files", _index)
    indexing.add_argument("--wait", action="store_true", help="wait while another pass uses the data folder")
    action("check", "whether records, index and what refers to them are sound", _check)


def execute(arguments: argparse.Namespace) -> int:
    code: int = arguments.action(arguments)
    return code


def _moment(text: str) -> datetime:
    """A day means its end."""
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期不对 / not a date: {text}") from None
    if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
        given = datetime.combine(given, time.max)
    return given if given.tzinfo else given.replace(tzinfo=UTC)


def _data(arguments: argparse.Namespace) -> DataFolder:
    data = DataFolder(data_folder(arguments))
    if not data.archive.is_dir():
        raise NianbaoError(f"没有档案 / there is no archive: {data.archive}")
    return data


def _show(arguments: argparse.Namespace) -> int:
    from crawlers.addresses import absolute
    from pipeline.archive.finding import find

    asked = arguments.url.strip()
    cleaned = absolute(asked, asked) if asked.startswith(("http://", "https://")) else ""
    chain = find(_data(arguments).archive, cleaned or asked, arguments.at)
    if not arguments.headers:
        sys.stdout.buffer.write(chain[-1].body)
        sys.stdout.buffer.flush()
        return 0
    for found in chain:
        for head in (found.record.rec_headers, found.record.http_headers):
            if head is not None:
                print(_CONTROL.sub("\ufffd", str(head).replace("\r\n", "\n")))
    return 0


def _index(arguments: argparse.Namespace) -> int:
    from pipeline.archive.index import bring_up_to_date

    data = _data(arguments)
    data.prepare()
    with data.locked(wait=arguments.wait):
        update = bring_up_to_date(data.archive, anew=True)
    for line in update.told():
        print(line)
    print(f"{update.added} 条记录 records")
    return 1 if update.damaged else 0


def _check(arguments: argparse.Namespace) -> int:
    from pipeline import warehouse
    from pipeline.archive.checking import Check

    data = _data(arguments)
    check = Check(data.archive, warehouse.archive_references(data.root), busy=data.is_busy())
    for line in check.problems():
        print(_CONTROL.sub("\ufffd", line), flush=True)
    counts = check.counts
    print(
        f"{counts.files} 个文件 files, {counts.records} 条记录 records, {counts.references} 处引用 references, "
        f"{counts.problems} 处问题 problems"
    )
    return 1 if counts.problems else 0
