"""`CITATION.cff` of a release: the project's own, with the release as the data set that is cited."""

from __future__ import annotations

from pathlib import Path

import yaml

from pipeline.resources import ROOT
from pipeline.warehouse.release.edition import Edition

TITLE = "年报: government information disclosure reports of China, numbers as printed"


def write(folder: Path, made: Edition) -> None:
    project = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    said = {
        "cff-version": project["cff-version"],
        "message": "Cite this release by its version; cite a number by its authority, year and address as well.",
        "type": "dataset",
        "title": TITLE,
        "version": made.version,
        "date-released": made.day,
        "authors": project["authors"],
        "keywords": project["keywords"],
        "abstract": f"{made.reports} reports. {made.scope_text}. Made with nianbao {made.program}.",
    }
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=120)
    (folder / "CITATION.cff").write_text(text, encoding="utf-8")
