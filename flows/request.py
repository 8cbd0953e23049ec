"""What a pass is asked to do, in plain values, and the portals that this means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.model import Portal
from pipeline.registry import load_portals, province_code
from pipeline.resources import CONFIG

REGISTRY = CONFIG / "portals"
_YEARS = range(2008, 2101)  # reports exist since the regulation of 2008


@dataclass(frozen=True)
class PassRequest:
    data: Path
    registry: tuple[Path, ...] = (REGISTRY,)
    portals: tuple[str, ...] = ()  # ids; all when empty, likewise the provinces and years
    provinces: tuple[str, ...] = ()  # codes or names
    years: tuple[int, ...] = ()
    workers: int | None = None  # None: as the settings say
    full: bool = False
    from_archive: bool = False  # what is held already is read again, and nothing is asked
    allow_shrink: bool = False
    wait: bool = False

    def as_parameters(self) -> dict[str, Any]:
        """As the flow takes them."""
        return {
            "data": str(self.data),
            "registry": [str(path) for path in self.registry],
            "portals": list(self.portals),
            "provinces": list(self.provinces),
            "years": list(self.years),
            "workers": self.workers,
            "full": self.full,
            "from_archive": self.from_archive,
            "allow_shrink": self.allow_shrink,
            "wait": self.wait,
        }

    def select_portals(self, *, unverified: bool = False) -> tuple[Portal, ...]:
        """The portals of the registry that are asked for, by id; a ConfigError when an id or province is unknown.

        What was never seen to answer (`Portal.was_seen`) is crawled where a portal or a file is named, not by default.
        """
        provinces = self.province_codes()
        known = load_portals(self.registry)
        unknown = set(self.portals) - {portal.id for portal in known}
        if unknown:
            raise ConfigError(f"名录中没有这个门户 / no such portal in the registry: {', '.join(sorted(unknown))}")
        unverified = unverified or bool(self.portals) or self.registry != (REGISTRY,)
        chosen = [
            portal
            for portal in known
            if (not self.portals or portal.id in self.portals)
            and (not provinces or portal.province in provinces)
            and (unverified or portal.was_seen)
        ]
        if not chosen:
            raise ConfigError(f"没有可抓取的门户 / no portal to crawl in {', '.join(map(str, self.registry))}")
        return tuple(chosen)

    def province_codes(self) -> frozenset[str]:
        """Raises a ConfigError when a province is unknown, or a year none."""
        check_years(self.years)
        return frozenset(province_code(given) for given in self.provinces)


def check_years(years: Sequence[int]) -> None:
    for year in years:
        if year not in _YEARS:
            raise ConfigError(f"年份不对 / no such year: {year}")
