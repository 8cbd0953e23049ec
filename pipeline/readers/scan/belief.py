"""From the engine's score to a confidence that means what it says, by the measured steps of `config/ocr.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pipeline.errors import ConfigError
from pipeline.resources import CONFIG


class _Belief(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    steps: tuple[tuple[float, float], ...]  # from this score on, this confidence; the highest score first


@lru_cache(maxsize=1)
def _beliefs() -> dict[str, _Belief]:
    try:
        raw = tomllib.loads((CONFIG / "ocr.toml").read_text(encoding="utf-8"))
        return TypeAdapter(dict[str, _Belief]).validate_python(raw)
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise ConfigError(f"ocr.toml: {error}") from error


def confidence(evidence: str, score: float = 1.0) -> float:
    """`evidence` is a section of the file."""
    return next((share for least, share in _beliefs()[evidence].steps if score >= least), 0.0)
