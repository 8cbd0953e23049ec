"""Which link is followed first on the way to a column."""

from __future__ import annotations

import pytest

from crawlers.links import Link
from crawlers.scoring import address_score, way_of


def _rank(text: str, path: str = "/x/", place: str = "main", beside: str = "") -> float:
    return way_of(Link(f"http://e.gov.cn{path}", text, place=place, beside=beside)).rank


def test_the_nearer_a_link_brings_to_a_column_the_earlier_it_is_followed() -> None:
    ranks = [
        _rank("政府信息公开年报"),
        _rank("更多", beside="政府信息公开年报"),
        _rank("政府信息公开年报", place="foot"),
        _rank("政府信息公开", "/zfxxgk/"),
        _rank("政府信息公开"),
        _rank("走进某县", "/xxgk/"),
        _rank("走进某县"),
    ]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == len(ranks)
    assert ranks[-1] == 0


@pytest.mark.parametrize(
    ("text", "path", "is_column"),
    [
        ("年报专区", "/gk/nb/", True),
        ("公开", "/gk/zfxxgknb_70842/", True),
        ("", "/XxgkAnnualReport/", True),
        ("企业服务", "/nb/", False),
        ("新闻", "/zfxxgknb/202502/t20250218_2534939.html", False),
        ("新闻", "/zfxxgknb/202502/5728.html", False),
        ("政府信息公开年报解读", "/zfxxgknb/", False),
        ("某局2024年政府信息公开工作年度报告", "/zfxxgknb/", False),
    ],
)
def test_text_and_address_together_tell_a_column(text: str, path: str, is_column: bool) -> None:
    assert way_of(Link(f"http://e.gov.cn{path}", text)).is_column is is_column


@pytest.mark.parametrize(
    "path", ["/zwgk/zfxxgknb/", "/zfxxgknb/index_2.html", "/zfxxgknb.htm", "/a/ZFXXGKNB_81/list.shtml"]
)
def test_a_column_is_known_by_its_folder(path: str) -> None:
    assert address_score(f"http://e.gov.cn{path}") >= 0.8
