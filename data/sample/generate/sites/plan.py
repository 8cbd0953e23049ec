"""What `sites.toml` says: the sample's sites and which of them publishes which seed, in which way."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from data.sample.generate.seeds import SAMPLE, SLUGS, Seed

WAYS = ("html", "lines", "pdf", "scan", "docx")


@dataclass(frozen=True)
class Publication:
    """One report on one site."""

    slug: str
    way: str
    published: date
    number: int  # the article's number on its platform

    @property
    def seed(self) -> Seed:
        return Seed(self.slug)


@dataclass(frozen=True)
class SitePlan:
    folder: str
    authority: str
    reports: tuple[Publication, ...]


@lru_cache(maxsize=1)
def default_sites() -> tuple[SitePlan, ...]:
    described = tomllib.loads((SAMPLE / "sites.toml").read_text(encoding="utf-8"))
    return tuple(_site(site) for site in described["sites"])


def _site(site: dict) -> SitePlan:
    reports = (Publication(one["seed"], one["way"], one["published"], one["number"]) for one in site["reports"])
    return SitePlan(site["folder"], site["authority"], tuple(reports))


def planned_sites(plan: Mapping[str, str]) -> tuple[SitePlan, ...]:
    """The default sites with the ways that `plan` gives by slug."""
    unknown = (set(plan) - set(SLUGS)) | (set(plan.values()) - set(WAYS))
    if unknown:
        raise ValueError(f"no such seed or way: {', '.join(sorted(unknown))}")
    return tuple(
        replace(site, reports=tuple(replace(one, way=plan.get(one.slug, one.way)) for one in site.reports))
        for site in default_sites()
    )


def published_on(slug: str) -> date:
    return next(one.published for site in default_sites() for one in site.reports if one.slug == slug)
