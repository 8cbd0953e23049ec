from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pipeline.assembly.bundle import Bundle, Reading
from pipeline.assembly.dates import day_in_address, published_on
from pipeline.model import Extract, Kind, Snapshot

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/zwgk/202401/t20240125_123456.html", date(2024, 1, 25)),
        ("/2024/1/25/art_1_2.html", date(2024, 1, 25)),
        ("/art/2024/1/25/art_1_2.html", date(2024, 1, 25)),
        ("/n1/2024-01/25/c3.shtml", date(2024, 1, 25)),
        ("/xxgk/202401/25/x.htm", date(2024, 1, 25)),
        ("/nb/20240125/1.html", date(2024, 1, 25)),
        ("/nb/2024-02-30/1.html", None),
        ("/nb/t20241399_1.html", None),
        ("/nb/20240125888.html", None),
        ("/nb/2024/index.html", None),
        ("/content/14820240125.html", None),
    ],
)
def test_the_day_in_an_address_is_read_where_it_is_one(path: str, day: date | None) -> None:
    assert day_in_address(f"http://x.gov.cn{path}") == day


def reading(*, url: str, published: date | None = None, listed: date | None = None) -> Reading:
    page = Snapshot(url, "one", "run", Kind.REPORT, NOW, listed_on=listed)
    extract = Extract("html", "2021", (), None, published, "", (), (), ())
    return Reading(Bundle((page,)), ((page, extract),))


DATED = "http://x.gov.cn/202401/t20240125_1.html"


def test_what_the_page_says_goes_before_the_listing_and_the_listing_before_the_address() -> None:
    said, listed = date(2024, 1, 20), date(2024, 1, 22)
    assert published_on(reading(url=DATED, published=said, listed=listed), 2023) == said
    assert published_on(reading(url=DATED, listed=listed), 2023) == listed
    assert published_on(reading(url=DATED), 2023) == date(2024, 1, 25)


def test_an_address_made_long_after_the_report_tells_nothing() -> None:
    assert published_on(reading(url=DATED), 2015) is None
    assert published_on(reading(url=DATED), 2024) is None
