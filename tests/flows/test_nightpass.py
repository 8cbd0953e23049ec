"""What a pass tells before it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import request
from flows.nightpass import nightly_pass
from flows.progress import LogProgress
from flows.request import PassRequest

PORTALS = """\
- {id: seen, authority: 隆德县人民政府, division: "640423", url: "http://a.gov.cn/", verified: 2026-08}
- {id: known, authority: 固原市公安局, division: "640400", url: "http://b.gov.cn/"}
- {id: heard, authority: 固原市教育局, division: "640400", url: "http://c.gov.cn/"}
"""


class Told(LogProgress):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def note(self, line: str) -> None:
        self.lines.append(line)


@pytest.mark.parametrize(("asked", "portals", "notes"), [((), ["seen"], 1), (("known",), ["known"], 0)])
def test_a_night_says_how_many_unverified_portals_it_leaves_out(
    asked: tuple[str, ...], portals: list[str], notes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = tmp_path / "registry"
    registry.mkdir()
    (registry / "portals.yaml").write_text(PORTALS, encoding="utf-8")
    monkeypatch.setattr(request, "REGISTRY", registry)
    told = Told()
    with nightly_pass(PassRequest(tmp_path / "data", (registry,), portals=asked), told) as work:
        assert [portal.id for portal in work.opened.plan.portals] == portals
    assert len(told.lines) == notes
    assert all("2 unverified portals are left out" in line for line in told.lines)
