"""Reading the archive back: damaged records are told, and files are gone through whatever lies between records."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive.reading import Damage, Member, members, read_body
from pipeline.errors import UnreadableDocument
from tests.support.warc_files import store, torn

PAGES = {f"http://a.cn/{number}": bytes(range(256)) * 40 * number for number in range(4)}


@pytest.mark.parametrize("damage", ["gone", "cut", "overwritten"])
def test_a_damaged_record_is_an_unreadable_document(tmp_path: Path, damage: str) -> None:
    [ref] = store(tmp_path, {"http://a.cn/": bytes(range(256)) * 1000})
    file = tmp_path / ref.file
    if damage == "gone":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[: ref.offset + ref.length - 1])
    else:
        file.write_bytes(b"?" * (ref.offset + ref.length))
    with pytest.raises(UnreadableDocument):
        read_body(tmp_path, ref)


def test_a_file_is_gone_through_record_by_record_from_any_of_them(tmp_path: Path) -> None:
    refs = store(tmp_path, PAGES)
    file = tmp_path / refs[0].file
    found = list(members(file))
    assert all(isinstance(one, Member) for one in found)
    assert [(one.offset, one.length) for one in found[1:]] == [(one.offset, one.length) for one in refs]  # type: ignore[union-attr]
    assert list(members(file, refs[2].offset)) == found[3:]
    assert list(members(file, file.stat().st_size)) == []


@pytest.mark.parametrize("kept", [1, 2, 3, 12, 40, 200])
def test_a_record_whose_writing_stopped_is_told_from_damage(tmp_path: Path, kept: int) -> None:
    [ref] = store(tmp_path, {"http://a.cn/": bytes(range(256)) * 40})
    file = tmp_path / ref.file
    file.write_bytes(file.read_bytes()[: ref.offset + kept])
    assert list(members(file))[1:] == [Damage(ref.offset, ref.offset + kept, is_torn=True)]


@pytest.mark.parametrize("left", [b"\0" * 5000, b"\x1f\x8b torn by a disk", b"plain text"])
def test_what_no_writer_leaves_behind_is_damage(tmp_path: Path, left: bytes) -> None:
    [ref] = store(tmp_path, {"http://a.cn/": b"x"})
    file = tmp_path / ref.file
    end = ref.offset + ref.length
    file.write_bytes(file.read_bytes() + left)
    assert list(members(file))[2:] == [Damage(end, end + len(left), is_torn=False)]


def test_records_behind_a_damaged_stretch_are_found(tmp_path: Path) -> None:
    refs = store(tmp_path, PAGES)
    file = tmp_path / refs[0].file
    raw = bytearray(file.read_bytes())
    raw[refs[1].offset + 30 : refs[2].offset] = (
        b"\x1f\x8b\x08" * ((refs[2].offset - refs[1].offset - 30) // 3)
        + b"ab"[: (refs[2].offset - refs[1].offset - 30) % 3]
    )
    file.write_bytes(bytes(raw))
    found = list(members(file))
    assert found[2] == Damage(refs[1].offset, refs[2].offset, is_torn=False)
    assert [one.offset for one in found[3:]] == [refs[2].offset, refs[3].offset]


def test_a_torn_record_before_whole_ones_is_no_tail(tmp_path: Path) -> None:
    [first] = store(tmp_path, {"http://a.cn/1": b"x"})
    torn(tmp_path, tmp_path / "scratch", behind=(tmp_path / first.file).read_bytes())
    damage = [one for one in members(tmp_path / first.file) if isinstance(one, Damage)]
    assert [one.is_torn for one in damage] == [False]
