"""Pictures find the document that they are a part of, and are read with it and not alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.albums import homes_of_pictures, title_of_file
from pipeline.assembly.bundle import bundles, read_bundle
from pipeline.extraction import ExtractSettings, ExtractStore
from pipeline.model import ArchiveRef, Extract, Kind, Snapshot
from pipeline.shown import series_of, with_pictures

NOW = datetime(2026, 1, 5, tzinfo=UTC)
EXTRACT = Extract("html", "2021", (), None, None, "", (), (), ())


def fetched(url: str, *, page: str = "", media_type: str = "image/jpeg", portal: str = "p") -> Snapshot:
    kind = Kind.ATTACHMENT if page else Kind.REPORT
    place = ArchiveRef("a.warc.gz", 0, 1)
    return Snapshot(url, portal, "r", kind, NOW, media_type=media_type, sha256=url, archived=place, page_url=page)


PAGE = fetched("http://e/a.html", media_type="text/html")


def test_a_pages_pictures_are_read_with_it_in_the_order_in_which_they_came() -> None:
    two, one = fetched("http://e/2.jpg", page=PAGE.url), fetched("http://e/1.jpg", page=PAGE.url)
    page, *pictures = with_pictures([PAGE, two, one])
    assert [picture.url for picture in page.shown] == [two.url, one.url]
    assert [picture.shown_on for picture in pictures] == [PAGE.url] * 2


def test_a_picture_of_another_portals_page_or_that_failed_is_not() -> None:
    other = fetched("http://e/1.jpg", page=PAGE.url, portal="q")
    lost = Snapshot("http://e/3.jpg", "p", "r", Kind.ATTACHMENT, NOW, page_url=PAGE.url, error="404")
    assert with_pictures([PAGE, other, lost]) == [PAGE, other, lost]


def test_numbered_pictures_in_an_archive_file_are_one_document() -> None:
    names = ["http://e/r.zip#10.jpg", *(f"http://e/r.zip#{n}.jpg" for n in range(1, 10)), "http://e/r.zip#seal.jpg"]
    found = {one.url: one for one in with_pictures([fetched(name, page="http://e/r.zip") for name in names])}
    assert [one.url for one in found[names[1]].shown] == [*names[2:10], names[0]]
    assert found[names[-1]].shown_on == ""


def test_what_is_read_with_a_page_is_kept_under_both_and_asked_for_once(tmp_path: Path) -> None:
    store = ExtractStore(tmp_path, ExtractSettings())
    store.put(PAGE, EXTRACT)
    page, picture = with_pictures([PAGE, fetched("http://e/1.jpg", page=PAGE.url)])
    assert store.missing([page, picture]) == [page]
    store.put(page, EXTRACT)
    (bundle,) = bundles([page, picture])
    reading = read_bundle(bundle, store)
    assert [snapshot for snapshot, _ in reading.extracts] == [page]
    assert reading.failures == ()


@pytest.mark.parametrize(
    ("names", "series"),
    [
        (["a/2.jpg", "a/1.jpg", "a/3.jpg"], [[1, 0, 2]]),
        (["a/年报_01.png", "a/年报_02.png", "b/年报_01.png"], [[0, 1]]),
        (["x2022.jpg", "x2023.jpg"], []),
        (["1.jpg", "3.jpg"], []),
        (["1.jpg"], []),
        (["2024年报1.jpg", "2024年报2.jpg", "2023年报1.jpg"], [[0, 1]]),
        (["noending", "1.", ".jpg"], []),
    ],
)
def test_pages_numbered_through_are_told_from_pictures_that_only_have_numbers(
    names: list[str], series: list[list[int]]
) -> None:
    assert series_of(names) == series


def test_local_pictures_belong_to_the_page_that_shows_them_or_to_the_first_of_their_series(tmp_path: Path) -> None:
    names = ["page.html", "img/图 1.png", "img/logo.png", "报告/1.jpg", "报告/2.jpg", "alone.png"]
    files = [tmp_path / name for name in names]
    for file in files:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    files[0].write_text(
        "<img src='img/%E5%9B%BE%201.png?v=2'><IMG class=x SRC=img/logo.png><img src=../../../etc/passwd>"
        '<img src="data:image/png;base64,AAAA"><img src="http://e/alone.png">'
    )
    assert homes_of_pictures(files) == {files[1]: files[0], files[2]: files[0], files[4]: files[3]}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("某局2024/1.jpg", "某局2024"),
        ("x/某局年报_02.png", "某局年报"),
        ("x/某局2024.jpg", "某局2024"),
        ("x/某局2024年报(3).jpg", "某局2024年报"),
        ("x/r.2.html", "r.2"),
    ],
)
def test_a_page_picture_is_called_like_its_report(name: str, title: str) -> None:
    assert title_of_file(Path(name)) == title
