"""Which names a body has borne, by `config/successions.toml`: a reform that renames a body does not make it another."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigError
from pipeline.resources import CONFIG

_OF_A_PROVINCE = "厅"  # an ending that no reform exchanges for another


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    endings: tuple[str, ...] = ()


class _Successions(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    endings: tuple[str, ...]
    branches: tuple[str, ...]
    body: tuple[Body, ...]


def lasting(body: str) -> str:
    """What a body is known by whatever it was called in a year; the name itself where it has had one alone."""
    known = _known()
    return known.get(body, body)


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Every name a body can have had: what it is known by."""
    path = CONFIG / "successions.toml"
    try:
        rules = _Successions.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    known: dict[str, str] = {}
    for one in rules.body:
        endings = one.endings or rules.endings
        for ending in endings:
            lasting_name = one.names[0] + (ending if ending == _OF_A_PROVINCE else endings[0])
            for stem in one.names:
                if known.setdefault(stem + ending, lasting_name) != lasting_name:
                    raise ConfigError(f"{path.name}: {stem}{ending} 属于两个机关 / belongs to two bodies")
    for branch in rules.branches:
        known[branch + "分局"] = known.get(branch + "局", branch + "局")
    return known
