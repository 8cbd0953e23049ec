"""`nianbao portals probe URL`: what a crawl of this address would find, and an entry for the registry."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flows.cli.arguments import add_registry_options
from flows.cli.output import shown
from flows.cli.portals.address import add_address_options, ask_for_patience, modest, portal_of, refuse_silent
from flows.request import REGISTRY
from pipeline.errors import ConfigError
from pipeline.model import Portal
from pipeline.registry import load_portals

HELP = "what a crawl of this address would find, and a YAML entry to paste"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_address_options(parser)
    add_registry_options(parser)
    parser.add_argument("--yaml", action="store_true", help="print the entry alone")


def execute(arguments: argparse.Namespace) -> int:
    from crawlers.job import Look
    from crawlers.probing import findings_of
    from flows.looking import looked_at
    from flows.probing import told
    from flows.proposing import proposed_entry

    portal, settings = portal_of(arguments), modest(arguments.pages)
    ask_for_patience(portal, settings)
    with looked_at([portal], Look.COLUMNS, settings) as looked:
        findings = findings_of(portal, looked.job)
    assert findings is not None  # a crawler that ended without an outcome has raised
    refuse_silent(portal, findings.outcome)
    known = _known(arguments.portals or [REGISTRY])
    if not arguments.yaml:
        for line in told(findings, known):
            print(shown(line))
    print(shown(proposed_entry(findings, known, datetime.now().astimezone().date())), end="")
    return 0


def _known(paths: Sequence[Path]) -> tuple[Portal, ...]:
    """Whose ids are taken. A registry with mistakes is no reason not to look at a portal."""
    try:
        return load_portals(paths)
    except ConfigError as error:
        print(f"名录有错，未作对照 / not compared with the registry: {error}", file=sys.stderr)
        return ()
