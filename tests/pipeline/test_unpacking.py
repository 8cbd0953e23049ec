"""Files inside archives become snapshots of their own, with an address that names them."""

from __future__ import annotations

from pathlib import Path

from pipeline.extraction import Failure
from pipeline.model import Extract, Kind, Snapshot
from tests.support.archives import zip_of
from tests.support.unpacking import ingested, read_all, store_in

REPORT = "某县教育局2024年政府信息公开工作年度报告\n一、总体情况\n收到申请3件。\n".encode()


def inside(body: bytes, folder: Path) -> list[Snapshot]:
    file = folder / "各部门年报.zip"
    file.write_bytes(body)
    return read_all(folder, ingested(folder, [file]))


def test_members_have_addresses_hashes_and_extracts_of_their_own(tmp_path: Path) -> None:
    archive, first, second = inside(zip_of({"教育局 2024.txt": REPORT, "b.txt": b"something else"}), tmp_path)
    assert first.url == f"{archive.url}#教育局%202024.txt"
    assert (first.kind, first.title, first.page_url) == (Kind.ATTACHMENT, "教育局 2024", archive.url)
    assert len({archive.sha256, first.sha256, second.sha256}) == 3
    result = store_in(tmp_path).get(first)
    assert isinstance(result, Extract)
    assert result.titles[0] == "某县教育局2024年政府信息公开工作年度报告"


def test_archives_in_archives_are_opened_too(tmp_path: Path) -> None:
    found = inside(zip_of({"内.zip": zip_of({"a.txt": REPORT, "b.txt": b"x"})}), tmp_path)
    outer = found[0].url
    assert [snapshot.url for snapshot in found[1:]] == [
        f"{outer}#内.zip",
        f"{outer}#内.zip/a.txt",
        f"{outer}#内.zip/b.txt",
    ]


def test_archives_nested_deeper_are_left_closed_with_the_reason(tmp_path: Path) -> None:
    body = REPORT
    for depth in range(5):
        body = zip_of({f"{depth}": body, f"{depth}.txt": b"x"})
    found = inside(body, tmp_path)
    (closed,) = [snapshot for snapshot in found if snapshot.error]
    assert "嵌套" in closed.error and closed.archived is None
    assert closed.url.endswith("#4/3")


def test_a_file_alone_in_an_archive_is_called_what_the_archive_is_called(tmp_path: Path) -> None:
    _, alone = inside(zip_of({"正文.txt": REPORT}), tmp_path)
    assert alone.title == "各部门年报"


def test_names_that_come_twice_have_two_addresses(tmp_path: Path) -> None:
    stand_in = zip_of({"a.txt": b"one", "b.txt": b"two"})
    found = inside(stand_in.replace(b"b.txt", b"a.txt"), tmp_path)
    assert len({snapshot.url for snapshot in found}) == 3


def test_what_belongs_to_a_saved_page_is_no_document(tmp_path: Path) -> None:
    kinds = {snapshot.title: snapshot.kind for snapshot in inside(zip_of({"a.txt": REPORT, "s.css": b"p{}"}), tmp_path)}
    assert (kinds["a"], kinds["s"]) == (Kind.ATTACHMENT, Kind.OTHER)


def test_a_broken_archive_has_its_reason_and_nothing_inside(tmp_path: Path) -> None:
    (archive,) = inside(zip_of({"a.txt": REPORT})[:-30], tmp_path)
    failure = store_in(tmp_path).get(archive)
    assert isinstance(failure, Failure) and "ZIP" in failure.reason
