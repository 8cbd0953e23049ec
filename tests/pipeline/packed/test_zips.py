"""ZIP files as Chinese offices write them, and as nobody should."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.packed import MOST_MEMBERS, member_body, members
from tests.support.archives import zip_of, zip_with_raw_names

REPORT = "一、总体情况".encode()


def names(body: bytes) -> list[str]:
    return [member.name for member in members(body)]


def test_every_member_has_its_type_size_and_bytes() -> None:
    body = zip_of({"甲.txt": REPORT, "夹/乙.html": b"<html><body>x</body></html>"})
    first, second = members(body)
    assert (first.name, first.media_type, first.bytes) == ("甲.txt", "text/plain", len(REPORT))
    assert (second.name, second.media_type) == ("夹/乙.html", "text/html")
    assert member_body(body, [first.place]) == REPORT


@pytest.mark.parametrize("charset", ["gbk", "utf-8", "gb18030"])
def test_names_without_the_flag_for_utf_8_are_read_as_they_were_written(charset: str) -> None:
    body = zip_with_raw_names({"教育局/2024年年报.txt".encode(charset): REPORT})
    assert names(body) == ["教育局/2024年年报.txt"]
    assert member_body(body, [0]) == REPORT


def test_a_member_of_an_archive_in_an_archive_is_found_by_its_places() -> None:
    outer = zip_of({"封面.txt": b"x", "内.zip": zip_of({"a.txt": b"a", "b.txt": REPORT})})
    assert member_body(outer, [1, 1]) == REPORT


def test_litter_of_systems_folders_and_empty_files_are_no_members() -> None:
    litter = {
        "__MACOSX/._a.txt": b"x",
        ".DS_Store": b"x",
        "Thumbs.db": b"x",
        "~$a.docx": b"x",
        "夹/": b"",
        "空.txt": b"",
    }
    assert names(zip_of({**litter, "a.txt": REPORT})) == ["a.txt"]
    with pytest.raises(UnreadableDocument, match="没有文件"):
        members(zip_of(litter))


@pytest.mark.parametrize("part", ["[Content_Types].xml", "mimetype", "META-INF/manifest.xml"])
def test_a_document_that_is_a_zip_of_parts_is_no_archive(part: str) -> None:
    with pytest.raises(UnreadableDocument, match="类型不支持"):
        members(zip_of({part: b"x", "content.xml": b"<x/>"}))


def test_symbolic_links_are_no_members() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", REPORT)
    assert names(stream.getvalue()) == ["b.txt"]


def test_names_that_lead_elsewhere_are_only_names() -> None:
    body = zip_of({"../../etc/passwd": REPORT, "/etc/shadow": REPORT, "C:\\x\\y.txt": REPORT})
    assert names(body) == ["../../etc/passwd", "/etc/shadow", "C:/x/y.txt"]


def test_an_encrypted_member_has_that_for_its_reason() -> None:
    body = zip_of({"a.txt": REPORT}, zipfile.ZIP_STORED)
    at = body.index(b"PK\x01\x02")
    body = body[: at + 8] + struct.pack("<H", 1) + body[at + 10 :]
    (member,) = members(body)
    assert "已加密" in member.error and not member.sha256


def test_a_damaged_member_does_not_cost_the_others() -> None:
    body = zip_of({"a.txt": REPORT * 9, "b.txt": b"good"}, zipfile.ZIP_STORED)
    broken, good = members(body.replace(REPORT * 9, REPORT * 8 + b"x" * len(REPORT), 1))
    assert "损坏" in broken.error
    assert good.error == "" and good.bytes == 4


def test_a_size_that_lies_is_found_out() -> None:
    body = zip_of({"a.txt": b"\0" * 5_000_000})
    at = body.index(b"PK\x01\x02")
    (member,) = members(body[: at + 24] + struct.pack("<I", 10) + body[at + 28 :])
    assert "损坏" in member.error


def test_one_volume_of_several_says_so() -> None:
    body = zip_of({"a.txt": REPORT})
    end = body.index(b"PK\x05\x06")
    with pytest.raises(UnreadableDocument, match="分卷"):
        members(body[: end + 4] + struct.pack("<HH", 2, 0) + body[end + 8 :])


@pytest.mark.parametrize("cut", [10, 60, -1])
def test_a_cut_archive_is_broken(cut: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"ZIP|压缩"):
        members(zip_of({"a.txt": REPORT})[:cut])


def test_a_bomb_is_refused_before_it_is_unpacked_whole() -> None:
    zeros = b"\0" * (16 * 1024 * 1024)
    body = zip_of({str(number): zeros for number in range(5)})
    assert len(body) < 100_000
    with pytest.raises(UnreadableDocument, match="过大"):
        members(body)


def test_members_that_share_their_packed_data_count_each_time() -> None:
    piece = zip_of({"a": b"\0" * (16 * 1024 * 1024)})
    directory, end = piece.index(b"PK\x01\x02"), piece.index(b"PK\x05\x06")
    entries = piece[directory:end] * 6
    ending = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 6, 6, len(entries), directory, 0)
    try:
        found = members(piece[:directory] + entries + ending)
    except UnreadableDocument as error:
        assert "过大" in str(error)
    else:
        assert sum(not member.error for member in found) <= 1  # newer Pythons refuse what overlaps


def test_archives_with_too_many_members_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="超过"):
        members(zip_of({f"{number}": b"x" for number in range(MOST_MEMBERS + 1)}, zipfile.ZIP_STORED))


def test_a_directory_of_a_hundred_thousand_entries_is_not_even_read() -> None:
    entry = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 100_000
    ending = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 34_464, 34_464, len(directory), 0, 0)
    with pytest.raises(UnreadableDocument, match="过多"):
        members(b"PK\x03\x04" + directory + ending)
