"""`nianbao portals record URL`: a real portal's pages as examples for the tests of its platform."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from flows.cli.portals.address import add_address_options, ask_for_patience, modest, portal_of, refuse_silent
from pipeline.resources import ROOT

HELP = "save a portal's pages as examples of its platform, with what is understood of them"

_EXAMPLES = ROOT / "tests" / "crawlers" / "platforms"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address_options(parser)
    parser.add_argument(
        "--into",
        metavar="DIR",
        type=Path,
        default=_EXAMPLES,
        help="folder of the platforms' examples; the pages go to DIR/<platform>/<host> (default: those of the tests)",
    )


def execute(arguments: argparse.Namespace) -> int:
    from crawlers.job import Look
    from crawlers.recording import examples_from, folder_name, write
    from crawlers.trace import TracedPage
    from flows.looking import looked_at
    from pipeline import jsonl

    portal, settings = portal_of(arguments), modest(arguments.pages)
    ask_for_patience(portal, settings)
    with looked_at([portal], Look.COLUMNS, settings) as looked:
        refuse_silent(portal, looked.outcomes[portal.id])
        assert looked.job.pages is not None
        pages = list(jsonl.read(looked.job.pages, TracedPage))
        name, examples = examples_from(pages, looked.job.archive, datetime.now().astimezone().date())
    folder = arguments.into / name / folder_name(portal.url)
    write(folder, examples)
    for example in examples:
        print(f"{folder / example.file}  {len(example.body)} bytes  {example.expected['url']}")
    print(f"\n请审阅 / now review {folder / 'expected.json'}")
    print("其中是程序读出的结果，不是应有的结果 / it holds what the program understood, which may be wrong:")
    print("  pytest tests/crawlers/test_platforms.py")
    return 0
