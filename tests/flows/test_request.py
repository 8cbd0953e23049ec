"""Which portals a pass is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import request
from flows.request import PassRequest

PORTALS = """\
- {id: seen, authority: 隆德县人民政府, division: "640423", url: "http://a.gov.cn/", evidence: "http://a.gov.cn/nb/1.html"}
- {id: read, authority: 石嘴山市公安局, division: "640200", url: "http://b.gov.cn/", verified: 2026-08}
- {id: known, authority: 固原市公安局, division: "640400", url: "http://c.gov.cn/"}
"""


def ids(asked: PassRequest, **options: bool) -> list[str]:
    return [portal.id for portal in asked.select_portals(**options)]


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "portals.yaml").write_text(PORTALS, encoding="utf-8")
    monkeypatch.setattr(request, "REGISTRY", tmp_path)
    return tmp_path


def test_a_night_by_default_leaves_out_what_rests_on_general_knowledge(tmp_path: Path, registry: Path) -> None:
    assert ids(PassRequest(tmp_path, (registry,))) == ["seen", "read"]
    assert ids(PassRequest(tmp_path, (registry,), provinces=("640000",))) == ["seen", "read"]


def test_it_is_crawled_when_it_or_its_file_is_named_and_listed_with_the_others(tmp_path: Path, registry: Path) -> None:
    assert ids(PassRequest(tmp_path, (registry,), portals=("known",))) == ["known"]
    assert ids(PassRequest(tmp_path, (registry / "portals.yaml",))) == ["seen", "read", "known"]
    assert ids(PassRequest(tmp_path, (registry,)), unverified=True) == ["seen", "read", "known"]
