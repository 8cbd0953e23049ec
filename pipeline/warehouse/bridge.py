"""`config/forms/bridge.toml`: which items of different forms may be read as one, checked against the forms."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import ConfigError
from pipeline.forms import Form, forms
from pipeline.resources import CONFIG

_PATH = CONFIG / "forms" / "bridge.toml"

Way = tuple[str, ...]  # items to be summed


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Apart(_Strict):
    """An item that has its code in common with other forms, but not its meaning: a column of its own."""

    form: str
    item: str
    column: str
    label_zh: str
    why: str


class Same(_Strict):
    forms: tuple[str, ...]
    items: tuple[str, ...]


class Series(_Strict):
    series: str
    label_zh: str
    label_en: str
    unit: str
    caveat_zh: str
    caveat_en: str
    items: Mapping[str, tuple[Way, ...]]  # by form


class Bridge(_Strict):
    apart: tuple[Apart, ...]
    same: Same
    series: tuple[Series, ...]

    def all_series(self) -> Iterator[Series]:
        """The bridged ones, then those that need no bridge, under the labels of the newest form that has them."""
        yield from self.series
        known = forms()
        for code in self.same.items:
            item = next(item for name in self.same.forms for item in known[name].items if item.item == code)
            yield Series(
                series=code,
                label_zh=item.label_zh,
                label_en=item.label_en,
                unit=item.unit,
                caveat_zh="",
                caveat_en="",
                items=dict.fromkeys(self.same.forms, ((code,),)),
            )


@lru_cache(maxsize=1)
def bridge() -> Bridge:
    try:
        loaded = Bridge.model_validate(tomllib.loads(_PATH.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(f"{_PATH.name}: {error}") from error
    _check(loaded, forms())
    return loaded


def _check(loaded: Bridge, known: Mapping[str, Form]) -> None:
    codes = {name: {item.item for item in form.items} for name, form in known.items()}
    named = [(apart.form, apart.item) for apart in loaded.apart]
    named += [(form, code) for form in loaded.same.forms for code in loaded.same.items]
    named += [
        (form, code) for series in loaded.series for form, ways in series.items.items() for way in ways for code in way
    ]
    unknown = sorted({f"{code} ({form})" for form, code in named if code not in codes.get(form, set())})
    if unknown:
        raise ConfigError(f"{_PATH.name} names items that the forms do not have: {', '.join(unknown)}")
    names = [series.series for series in loaded.series] + list(loaded.same.items)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ConfigError(f"{_PATH.name} defines series twice: {', '.join(twice)}")
