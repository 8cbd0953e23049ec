"""Settings: the file's defaults, the environment over them, and one clear line for whatever is wrong."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from flows.settings import DEFAULTS, load_settings
from pipeline.errors import ConfigError


def test_the_file_holds_the_defaults_of_the_contract() -> None:
    settings = load_settings(environment={})
    crawl = settings.crawl
    assert (crawl.delay, crawl.concurrency, crawl.per_host, crawl.timeout, crawl.retries) == (1.0, 32, 1, 30.0, 3)
    assert (crawl.obey_robots, crawl.max_pages, crawl.max_bytes, crawl.render) == (True, 2000, 104857600, "auto")
    assert crawl.processes == 0
    assert crawl.user_agent.startswith("nianbao/")
    assert (settings.extract.workers, settings.extract.ocr) == (os.cpu_count(), "auto")
    assert settings.run.notify_url == ""


def test_every_key_in_the_file_is_explained() -> None:
    lines = DEFAULTS.read_text("utf-8").splitlines()
    for above, line in pairwise(lines):
        if "=" in line and not line.startswith("#"):
            assert above.startswith("#"), line


def test_the_environment_overrides_with_the_type_of_the_default() -> None:
    settings = load_settings(
        environment={
            "NIANBAO_CRAWL_DELAY": "2",
            "NIANBAO_CRAWL_PER_HOST": "3",
            "NIANBAO_CRAWL_OBEY_ROBOTS": "false",
            "NIANBAO_EXTRACT_WORKERS": "5",
            "NIANBAO_RUN_NOTIFY_URL": "https://hook.example/x",
        }
    )
    assert settings.crawl.delay == 2.0 and isinstance(settings.crawl.delay, float)
    assert settings.crawl.per_host == 3
    assert settings.crawl.obey_robots is False
    assert settings.extract.workers == 5
    assert settings.run.notify_url == "https://hook.example/x"


def test_names_that_are_no_settings_are_left_alone() -> None:
    assert load_settings(environment={"NIANBAO_DATA": "/x", "NIANBAO_CHROMIUM": "/y", "HOME": "/"})


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("NIANBAO_CRAWL_DELAY", "fast", "a number from 0"),
        ("NIANBAO_CRAWL_DELAY", "-1", "a number from 0"),
        ("NIANBAO_CRAWL_DELAY", "nan", "a number from 0"),
        ("NIANBAO_CRAWL_RETRIES", "1.5", "a number from 0"),
        ("NIANBAO_CRAWL_CONCURRENCY", "0", "a number from 1"),
        ("NIANBAO_CRAWL_OBEY_ROBOTS", "maybe", "true | false"),
        ("NIANBAO_CRAWL_RENDER", "sometimes", "auto | never | always"),
        ("NIANBAO_CRAWL_USER_AGENT", "a\r\nX: y", "one line"),
        ("NIANBAO_RUN_NOTIFY_URL", "ftp://x", "http(s)"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(name: str, value: str, wanted: str) -> None:
    with pytest.raises(ConfigError) as error:
        load_settings(environment={name: value})
    assert name in str(error.value)
    assert wanted in str(error.value)


@pytest.mark.parametrize("name", ["NIANBAO_CRAWL_DELAYS", "NIANBAO_CRAWLS_DELAY", "NIANBAO_EXTRACT_DPI"])
def test_an_unknown_setting_is_an_error_not_a_silence(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load_settings(environment={name: "1"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[crawl]\nspeed = 1\n", "crawl.speed"),
        ("[crawler]\ndelay = 1\n", "crawler"),
        ('[crawl]\ndelay = "1"\n', "crawl.delay"),
        ("[crawl\n", "settings.toml"),
        ("[crawl]\ndelay = 1.0\n", "missing"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(content)
    with pytest.raises(ConfigError, match=message):
        load_settings(file, {})
