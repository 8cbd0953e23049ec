"""The sample sites, built from the finished documents: three platforms' ways to publish, any seed in any way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from data.sample.generate.sites import hanweb, trs, vsb
from data.sample.generate.sites.entries import entries_of
from data.sample.generate.sites.files import write
from data.sample.generate.sites.plan import planned_sites

_BUILDERS = {"ningxia": trs.build, "gaoqing": vsb.build, "huaiyuan": hanweb.build}


def build_sites(out: Path, plan: Mapping[str, str] | None = None) -> None:
    """Write every site to `out/<site>`, which must not exist. `plan` gives ways by slug (html, lines, pdf, scan, docx);
    what it leaves out is published as `sites.toml` says."""
    for site in planned_sites(plan or {}):
        write(out / site.folder, _BUILDERS[site.folder](site, entries_of(site)))
