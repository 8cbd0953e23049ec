"""What the codes in columns mean: `config/codes.toml`, and the forms' own codes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigError
from pipeline.forms import forms
from pipeline.resources import CONFIG

_PATH = CONFIG / "codes.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Code(_Strict):
    code: str
    zh: str
    en: str


class CodedColumn(_Strict):
    name: str
    table: str = ""  # empty: every table that has the column
    codes: tuple[Code, ...]


class _Codes(_Strict):
    column: tuple[CodedColumn, ...]


@lru_cache(maxsize=1)
def coded_columns() -> tuple[CodedColumn, ...]:
    try:
        listed = _Codes.model_validate(tomllib.loads(_PATH.read_text(encoding="utf-8"))).column
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{_PATH.name}: {error}") from error
    applicants = {one.code: one for form in forms().values() for one in form.applicants}
    oldest_first = sorted(forms().values(), key=lambda form: form.from_year)
    return (
        *listed,
        CodedColumn(
            name="applicant",
            codes=tuple(Code(code=one.code, zh=one.label_zh, en=one.label_en) for one in applicants.values()),
        ),
        CodedColumn(
            name="form",
            codes=(
                Code(code="narrative", zh="无报表", en="No form, text alone"),
                *(Code(code=form.form, zh=form.name_zh, en=form.name_en) for form in oldest_first),
            ),
        ),
    )


def code_labels(table: str, column: str) -> Mapping[str, str]:
    """Code -> what it means, in Chinese; empty for a column that holds no codes."""
    for coded in coded_columns():
        if coded.name == column and coded.table in ("", table):
            return {one.code: one.zh for one in coded.codes}
    return {}
