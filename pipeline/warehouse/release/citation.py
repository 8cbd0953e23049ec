"""`CITATION.cff` of a release: the project's own, with the release as the data set that is cited."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipeline.resources import ROOT
from pipeline.warehouse.release.edition import Edition

TITLE = "年报: government information disclosure reports of China, numbers as printed"

LICENCE = "CC-BY-4.0"  # as SPDX calls it
LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS = (
    "CC BY 4.0 is for what the project adds: selection, arrangement, codes, checks. It claims nothing in the reports, "
    "which are administrative documents of their authorities; article 5 of the Copyright Law of the PRC leaves such "
    "documents out."
)


def write(folder: Path, made: Edition) -> None:
    project = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    said = {
        "cff-version": project["cff-version"],
        "message": "Cite this release by its version; cite a number by its authority, year and address as well.",
        "type": "dataset",
        "title": TITLE,
        "version": made.version,
        "date-released": made.day,
        "license": LICENCE,
        "authors": project["authors"],
        "keywords": project["keywords"],
        "abstract": f"{made.reports} reports. {made.scope_text}. Made with nianbao {made.program}. {RIGHTS}",
    }
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120)
    (folder / "CITATION.cff").write_text(text, encoding="utf-8")
