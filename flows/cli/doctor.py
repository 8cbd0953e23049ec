"""`nianbao doctor`: what works on this machine, and how to mend what does not."""

from __future__ import annotations

import argparse

from flows.cli import data_folder

HELP = "what works on this machine: browser, OCR models, converters, disk, Prefect, warehouse"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None beyond --data."""


def execute(arguments: argparse.Namespace) -> int:
    from flows.doctor import State, examine

    needed_and_broken = False
    for finding in examine(data_folder(arguments)):
        print(f"{finding.state.value} {finding.what}: {finding.detail}")
        if finding.mend:
            print(f"     {finding.mend}")
        needed_and_broken |= finding.state is State.BROKEN
    return 1 if needed_and_broken else 0
