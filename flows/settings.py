"""The settings of a pass: `config/settings.toml`, overridden by `NIANBAO_<SECTION>_<KEY>` in the environment. Every key
has a type and bounds here; a wrong value stops the command before anything is done."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from crawlers.job import CrawlSettings
from pipeline.errors import ConfigError
from pipeline.resources import CONFIG
from pipeline.warehouse.lake import Lake

DEFAULTS = CONFIG / "settings.toml"
_PREFIX = "NIANBAO_"

Value = bool | int | float | str
Values = dict[str, dict[str, Value]]


@dataclass(frozen=True)
class ExtractionSettings:
    workers: int
    ocr: str
    seconds: float  # for one document
    memory: int  # MiB of one worker


@dataclass(frozen=True)
class RunSettings:
    notify_url: str


@dataclass(frozen=True)
class WarehouseSettings:
    url: str  # of a lake; empty where there is none
    files: str  # of the lake

    @property
    def lake(self) -> Lake | None:
        return Lake(self.url, self.files) if self.url else None


@dataclass(frozen=True)
class Settings:
    crawl: CrawlSettings
    extract: ExtractionSettings
    run: RunSettings
    warehouse: WarehouseSettings


def load_settings(path: Path = DEFAULTS, environment: Mapping[str, str] | None = None) -> Settings:
    """The file's values under those of the environment (default: this process's)."""
    values = _read(path)
    for name, text in (os.environ if environment is None else environment).items():
        if name.startswith(_PREFIX) and "_" in name.removeprefix(_PREFIX):  # NIANBAO_DATA and its like are no settings
            section, key = _place(name)
            values[section][key] = _parse(text, section, key, name)
    missing = [f"{section}.{key}" for section, keys in _KEYS.items() for key in keys if key not in values[section]]
    if missing:
        raise ConfigError(f"{path}: 缺少设置 / missing: {', '.join(missing)}")
    return _build(values)


def _build(values: Values) -> Settings:
    crawl = {field.name: values["crawl"][field.name] for field in fields(CrawlSettings)}
    workers = int(values["extract"]["workers"]) or os.cpu_count() or 1
    return Settings(
        crawl=CrawlSettings(**crawl),  # type: ignore[arg-type]  # each checked against _KEYS
        extract=ExtractionSettings(
            workers=workers,
            ocr=str(values["extract"]["ocr"]),
            seconds=float(values["extract"]["seconds"]),
            memory=int(values["extract"]["memory"]),
        ),
        run=RunSettings(str(values["run"]["notify_url"])),
        warehouse=WarehouseSettings(str(values["warehouse"]["url"]), str(values["warehouse"]["files"])),
    )


def _read(path: Path) -> Values:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    values: Values = {section: {} for section in _KEYS}
    for section, keys in document.items():
        if section not in _KEYS or not isinstance(keys, dict):
            raise ConfigError(f"{path}: 未知的设置 / unknown section: {section}")
        for key, value in keys.items():
            if key not in _KEYS[section]:
                raise ConfigError(f"{path}: 未知的设置 / unknown setting: {section}.{key}")
            values[section][key] = _checked(value, section, key, f"{path}: {section}.{key}")
    return values


def _place(name: str) -> tuple[str, str]:
    section, _, key = name.removeprefix(_PREFIX).lower().partition("_")
    if key not in _KEYS.get(section, {}):
        raise ConfigError(f"{name}: 没有这项设置 / no such setting (see {DEFAULTS.name})")
    return section, key


# --- one key's type and bounds ---------------------------------------------------------------------------


@dataclass(frozen=True)
class _Key:
    kind: type[bool] | type[int] | type[float] | type[str]
    fits: Callable[[Value], bool]
    wanted: str  # in words, for the message


def _number(kind: type[int] | type[float], least: float) -> _Key:
    return _Key(kind, lambda value: not isinstance(value, str) and least <= value < 2**53, f"a number from {least:g}")


def _choice(*names: str) -> _Key:
    return _Key(str, lambda value: value in names, " | ".join(names))


_FLAG = _Key(bool, lambda value: True, "true | false")
_LINE = _Key(str, lambda value: str(value).isprintable(), "one line of text")
_ADDRESS = _Key(str, lambda value: not value or str(value).startswith(("http://", "https://")), "an http(s) URL")
_LAKE = _Key(str, lambda value: not value or str(value).startswith("ducklake:postgres"), "ducklake:postgres:…")

_KEYS: dict[str, dict[str, _Key]] = {
    "crawl": {
        "delay": _number(float, 0),
        "concurrency": _number(int, 1),
        "per_host": _number(int, 1),
        "timeout": _number(float, 0.1),
        "retries": _number(int, 0),
        "obey_robots": _FLAG,
        "max_pages": _number(int, 1),
        "max_bytes": _number(int, 1),
        "user_agent": _LINE,
        "render": _choice("auto", "never", "always"),
        "processes": _number(int, 0),
    },
    "extract": {
        "workers": _number(int, 0),
        "ocr": _choice("auto", "never"),
        "seconds": _number(float, 1),
        "memory": _number(int, 512),
    },
    "run": {"notify_url": _ADDRESS},
    "warehouse": {"url": _LAKE, "files": _LINE},
}


def _parse(text: str, section: str, key: str, name: str) -> Value:
    kind = _KEYS[section][key].kind
    value: Value = text
    try:
        if kind is bool:
            value = {"true": True, "1": True, "false": False, "0": False}[text.strip().lower()]
        elif kind is not str:
            value = kind(text)
    except (KeyError, ValueError):
        value = text  # of the wrong type, which the check below says
    return _checked(value, section, key, name)


def _checked(value: Value, section: str, key: str, name: str) -> Value:
    wanted = _KEYS[section][key]
    if wanted.kind is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted.kind or not wanted.fits(value):
        raise ConfigError(f"{name} = {value!r}: 应为 / must be {wanted.wanted}")
    return value
