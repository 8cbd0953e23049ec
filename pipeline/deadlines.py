"""By when a report has to be published, as `config/deadlines.toml` says; read once for the check and for the view."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipeline.errors import ConfigError
from pipeline.resources import CONFIG


class Deadline(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    month: int
    day: int
    last_year: int | None = None
    departments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def fits(self, year: int, department: str, level: str) -> bool:
        return (
            (self.last_year is None or year <= self.last_year)
            and (not self.departments or department in self.departments)
            and (not self.levels or level in self.levels)
        )


class _Deadlines(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    deadlines: tuple[Deadline, ...]

    @model_validator(mode="after")
    def _last_fits_all(self) -> Self:
        last = self.deadlines[-1]
        if last.last_year is not None or last.departments or last.levels:
            raise ValueError("the last deadline must fit every report")
        return self


@lru_cache(maxsize=1)
def deadlines() -> tuple[Deadline, ...]:
    """The first that fits applies; the last fits all."""
    path = CONFIG / "deadlines.toml"
    try:
        return _Deadlines.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).deadlines
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{path.name}: {error}") from error


def due_on(year: int, department: str, level: str) -> date:
    """The last day for a report about that year."""
    one = next(one for one in deadlines() if one.fits(year, department, level))
    return date(year + 1, one.month, one.day)
