"""`nianbao archive`: bytes as they were stored, the index made anew, an unsound archive told; mistakes in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from flows.cli import main
from flows.datafolder import DataFolder
from pipeline.archive import ArchiveWriter, Response
from pipeline.archive.index import NAME
from tests.support.warc_files import NOW, store, torn

URL = "http://www.a.cn/年报.pdf"
BODY = bytes(range(256))

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store(tmp_path / "archive", {"http://www.a.cn/%E5%B9%B4%E6%8A%A5.pdf": BODY})
    return tmp_path


@pytest.fixture
def run(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def command(*arguments: str) -> tuple[int, bytes, str]:
        code = main(["archive", arguments[0], "--data", str(data), *arguments[1:]])
        out, errors = capfdbinary.readouterr()
        return code, out, errors.decode()

    return command


def test_stored_bytes_come_out_as_they_are(run: Run) -> None:
    assert run("index")[:2] == (0, "1 条记录 records\n".encode())
    assert run("show", URL) == (0, BODY, "")
    assert run("show", "pass-000.warc.gz@0", "--at", "2020-01-01")[0] == 0


def test_headers_are_shown_without_the_bytes_and_command_no_terminal(data: Path, run: Run) -> None:
    with ArchiveWriter(data / "archive", "pass-later") as writer:
        headers = {"Server": "\x1b[2Jnginx", "X-Rows": "7"}
        writer.write_response(Response(URL, b"body", 200, headers, NOW, rendered_by="chromium"))
    run("index")
    code, out, _ = run("show", URL, "--headers")
    assert code == 0
    shown = out.decode().splitlines()
    assert {"WARC-Rendered-By: chromium", "HTTP/1.1 200 OK", "X-Rows: 7", "Server: \ufffd[2Jnginx"} <= set(shown)
    assert b"body" not in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((URL,), "nianbao archive index"),
        (("http://b.cn/",), "nianbao archive index"),
        (("pass-000.warc.gz@1",), "no record there"),
    ],
)
def test_what_is_not_to_be_had_is_one_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, errors = run("show", *arguments)
    assert (code, out, errors.count("\n")) == (1, b"", 1)
    assert said in errors


@pytest.mark.parametrize("arguments", [("show", URL), ("index",), ("check",)])
def test_a_folder_without_an_archive_is_one_line_and_stays_as_it_is(
    data: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    code, out, errors = run(*arguments, "--data", str(data / "typo"))
    assert (code, out, errors.count("\n")) == (1, b"", 1)
    assert f"there is no archive: {data / 'typo' / 'archive'}" in errors
    assert not (data / "typo").exists()


def test_an_address_that_was_never_stored_or_not_then_is_one_line(run: Run) -> None:
    run("index")
    for arguments, said in ((("http://b.cn/",), "does not hold"), ((URL, "--at", "2026-01-30"), "from 2026-01-31")):
        code, out, errors = run("show", *arguments)
        assert (code, out, errors.count("\n")) == (1, b"", 1)
        assert said in errors
    assert run("show", URL, "--at", "2026-01-31")[0] == 0


@pytest.mark.parametrize("arguments", [("show",), ("show", URL, "--at", "gestern"), ("burn",)])
def test_wrong_usage_has_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def test_the_index_is_made_anew_and_a_torn_record_cut_off(data: Path, run: Run) -> None:
    torn(data / "archive", data / "scratch")
    assert run("check")[0] == 1
    code, out, _ = run("index")
    assert code == 0
    assert "cut off a record that a killed pass left half written: pass-000.warc.gz@" in out.decode()
    index = (data / "archive" / NAME).read_bytes()
    (data / "archive" / NAME).write_bytes(b"lost")
    run("index")
    assert (data / "archive" / NAME).read_bytes() == index
    assert run("check")[0] == 0


def test_the_index_waits_for_nobody_unless_told(data: Path, run: Run) -> None:
    folder = DataFolder(data)
    folder.prepare()
    with folder.locked():
        code, _, errors = run("index")
        assert (code, errors.count("\n")) == (1, 1)
        assert "another pass is using it" in errors
        assert folder.is_busy()
    assert not folder.is_busy()


def test_problems_are_lines_with_a_count_at_the_end(data: Path, run: Run) -> None:
    run("index")
    file = data / "archive" / "pass-000.warc.gz"
    file.write_bytes(file.read_bytes() + b"\0" * 10)
    code, out, _ = run("check")
    *lines, last = out.decode().splitlines()
    assert code == 1
    assert [line.partition(":")[0] for line in lines] == ["没有记录 / no record there"]
    assert last == "1 个文件 files, 2 条记录 records, 0 处引用 references, 1 处问题 problems"
    assert run("index")[0] == 1
