"""The kinds of public bodies, as `config/departments.toml` lists them: which one a body's printed name belongs to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.resources import CONFIG

OTHER = "other"
_COMMITTEE = "管理委员会"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Department(_Strict):
    code: str = Field(pattern=r"^[a-z_]+$")
    zh: str
    en: str
    names: tuple[str, ...]
    own_places: bool = False
    vertical: bool = False


class GovernmentNames(_Strict):
    code: str
    zh: str
    en: str
    whole: tuple[str, ...]


class ZoneNames(_Strict):
    code: str
    zh: str
    en: str
    endings: tuple[str, ...]
    seats: Mapping[str, str]


class CentralNames(_Strict):
    beginnings: tuple[str, ...]
    names: tuple[str, ...]
    branches: tuple[str, ...]


class Departments(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    government: GovernmentNames
    zone: ZoneNames
    department: tuple[Department, ...]
    abbreviated_endings: Mapping[str, str]
    abbreviations: Mapping[str, str]
    central: CentralNames

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return (self.government.code, self.zone.code, *(one.code for one in self.department), OTHER)

    @cached_property
    def answered_for(self) -> tuple[str, ...]:
        """Departments whose figures a government's own report covers."""
        return (*(one.code for one in self.department if not one.vertical), OTHER)

    @cached_property
    def _by_name(self) -> dict[str, Department]:
        return {name: one for one in self.department for name in one.names}

    @cached_property
    def _stem(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_name, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)))

    @cached_property
    def _zone(self) -> re.Pattern[str]:
        longest_first = sorted(self.zone.endings, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)))

    def code_of(self, body: str) -> str:
        """The department of a body that is written without its place."""
        if body in self.government.whole or body in self.zone.seats or body.endswith(("街道办事处", "人民政府")):
            return self.government.code
        zones = [] if body.endswith("分局") else list(self._zone.finditer(body))  # 公安局工业园区分局 is police
        inside = self.stem_in(body[zones[-1].end() :] if zones else body)
        if inside:
            return inside.code
        return self.zone.code if zones or body.endswith(_COMMITTEE) else OTHER

    def stem_in(self, body: str) -> Department | None:
        found = self._stem.search(body)
        return self._by_name[found[0]] if found else None

    def begins_with_stem(self, text: str) -> bool:
        return self._stem.match(text) is not None

    def begins_body(self, text: str) -> bool:
        """Whether a body without its place, or what is left of a branch's name, begins so."""
        return self.begins_with_stem(text) or text.startswith(self.central.branches)

    def is_zone(self, body: str) -> bool:
        """Whether the body is a development zone's or lies in one."""
        return self._zone.search(body) is not None or self.code_of(body) == self.zone.code

    def seat_of(self, name: str) -> str | None:
        """Where a zone sits whose name begins like this and does not say it."""
        return next((code for beginning, code in self.zone.seats.items() if name.startswith(beginning)), None)

    def spelled_out(self, body: str) -> str:
        """卫生健康委 as 卫生健康委员会: one body is one, however it is shortened."""
        body = self._full_ending(self.abbreviations.get(body, body))
        if body.endswith(self.zone.endings):
            return self._full_ending(body + _COMMITTEE)  # a report of 某某开发区 is its committee's
        return body

    def _full_ending(self, body: str) -> str:
        for short, full in self.abbreviated_endings.items():
            if body.endswith(short):
                body = body.removesuffix(short) + full
        return body


def load_departments(path: Path) -> Departments:
    try:
        loaded = Departments.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    if len(set(loaded.codes)) != len(loaded.codes):
        raise ConfigError(f"{path.name}: a department is listed twice")
    return loaded


@lru_cache(maxsize=1)
def departments() -> Departments:
    return load_departments(CONFIG / "departments.toml")
