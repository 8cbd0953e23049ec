"""RAR of both generations and 7z, read by the program that the machine has for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.packed import member_body, members, missing_tools
from tests.support.archives import rar4_of, rar5_of, zip_of

FILES = {"教育局/2024年年报.txt": "一、总体情况".encode(), "b.txt": b"x" * 3000}
needs_unar = pytest.mark.skipif(bool(missing_tools()), reason="unar is not installed")


@needs_unar
@pytest.mark.parametrize("body", [rar4_of(FILES), rar5_of(FILES)], ids=["RAR4", "RAR5"])
def test_members_have_their_names_and_bytes(body: bytes) -> None:
    found = members(body)
    assert [(member.name, member.bytes, member.error) for member in found] == [
        (name, len(content), "") for name, content in FILES.items()
    ]
    assert [member_body(body, [member.place]) for member in found] == list(FILES.values())


@needs_unar
@pytest.mark.parametrize("name", ["局.txt", "a报.txt", "年报.docx", "镇/①.doc", "喆镕.txt", "notice.txt"])
@pytest.mark.parametrize("charset", ["gbk", "utf-8"])
def test_short_names_in_whatever_charset(name: str, charset: str) -> None:
    assert [member.name for member in members(rar4_of({name: b"x"}, charset=charset))] == [name]


@needs_unar
@pytest.mark.skipif(shutil.which("7zz") is None, reason="7zz, which would write the file, is not installed")
def test_7z(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"content")
    subprocess.run(["7zz", "a", "a.7z", "a.txt"], cwd=tmp_path, check=True, capture_output=True)
    body = (tmp_path / "a.7z").read_bytes()
    assert member_body(body, [members(body)[0].place]) == b"content"


@needs_unar
@pytest.mark.parametrize("body", [rar4_of(FILES), rar5_of(FILES)], ids=["RAR4", "RAR5"])
def test_a_damaged_member_does_not_cost_the_others(body: bytes) -> None:
    first, second = members(body.replace(b"xxxx", b"xyxx", 1))
    assert first.error == ""
    assert "损坏" in second.error


@needs_unar
def test_an_archive_in_another_kind_of_archive() -> None:
    outer = zip_of({"内.rar": rar5_of(FILES)})
    assert member_body(outer, [0, 1]) == FILES["b.txt"]


@needs_unar
def test_names_are_never_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    target = tmp_path / "target.txt"
    hostile = {str(target): b"pwned", "../../target.txt": b"pwned", "-o": b"x", "*": b"y"}
    found = members(rar5_of(hostile))
    assert [member.bytes for member in found if not member.error] == [5, 5, 1, 1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (rar4_of(FILES, main_flags=0x0001), "分卷"),
        (rar5_of(FILES, archive_flags=0x0001), "分卷"),
        (rar4_of(FILES, main_flags=0x0080), "已加密"),
        (rar5_of(FILES, encrypted=True), "已加密"),
    ],
    ids=["volume, RAR4", "volume, RAR5", "encrypted, RAR4", "encrypted, RAR5"],
)
def test_what_cannot_be_opened_says_why(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        members(body)


@needs_unar
def test_an_encrypted_member_has_that_for_its_reason() -> None:
    assert all("已加密" in member.error for member in members(rar4_of(FILES, file_flags=0x0004)))


@needs_unar
@pytest.mark.parametrize("length", [8, 20, 40])
def test_a_cut_archive_is_broken(length: int) -> None:
    with pytest.raises(UnreadableDocument, match=r"损坏|没有文件"):
        members(rar5_of(FILES)[:length])


def test_without_the_program_there_is_one_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match="未安装 unar"):
        members(rar5_of(FILES))


@needs_unar
def test_what_a_killed_process_left_is_cleaned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    dead, alive = (tmp_path / f"nianbao-unpacking-{process}-x" for process in (ended.pid, os.getpid()))
    dead.mkdir()
    alive.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert members(rar4_of(FILES))
    assert [folder.name for folder in tmp_path.iterdir()] == [alive.name]
