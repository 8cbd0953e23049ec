"""The index: every record once, sorted, whatever was killed; and looked up without reading it whole."""

from __future__ import annotations

import gzip
import json
import random
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.archive import ArchiveWriter, Response, Sent, read_body, sorting
from pipeline.archive.index import NAME, bring_up_to_date, entries, is_behind, lookup, starting_with
from tests.support.warc_files import NOW, store, torn, warcio_check

PAGES = {f"http://www.a.cn/{number}.html": str(number).encode() for number in range(5)}


def listed(folder: Path) -> list[bytes]:
    return (folder / NAME).read_bytes().splitlines()


def test_each_line_leads_to_its_record_for_any_reader(tmp_path: Path) -> None:
    store(tmp_path, PAGES)
    assert bring_up_to_date(tmp_path).added == 5
    lines = listed(tmp_path)
    assert lines == sorted(lines)
    for line in lines:
        key, time, said = line.decode().split(" ", 2)
        told = json.loads(said)
        assert (key, time) == (f"cn,a)/{told['url'][-6:]}", "20260131235900")
        assert (told["mime"], told["status"]) == ("text/html", "200")
        raw = (tmp_path / told["filename"]).read_bytes()[int(told["offset"]) :][: int(told["length"])]
        record = gzip.decompress(raw)
        assert f"WARC-Target-URI: {told['url']}\r\n".encode() in record
        assert f"WARC-Payload-Digest: {told['digest']}\r\n".encode() in record
        assert record.endswith(b"\r\n\r\n" + PAGES[told["url"]] + b"\r\n\r\n")


def test_what_is_new_is_added_and_nothing_is_listed_twice(tmp_path: Path) -> None:
    store(tmp_path, PAGES)
    bring_up_to_date(tmp_path)
    assert not is_behind(tmp_path)
    store(tmp_path, {"http://0.cn/": b"new"}, series="next")
    assert is_behind(tmp_path)
    assert bring_up_to_date(tmp_path).added == 1
    assert [one.url for one in entries(tmp_path)] == ["http://0.cn/", *PAGES]
    assert len(listed(tmp_path)) == 6
    before = listed(tmp_path)
    bring_up_to_date(tmp_path, anew=True)
    assert listed(tmp_path) == before


def test_more_lines_than_memory_may_hold_are_sorted_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = random.Random(7).sample(range(1000), 200)
    store(tmp_path, {f"http://a.cn/{number}": b"" for number in numbers})
    bring_up_to_date(tmp_path)
    whole = listed(tmp_path)
    monkeypatch.setattr(sorting, "_LINES_AT_ONCE", 7)
    bring_up_to_date(tmp_path, anew=True)
    assert listed(tmp_path) == whole == sorted(whole)
    assert {path.name for path in tmp_path.iterdir()} == {"pass-000.warc.gz", NAME}


def test_a_torn_record_is_cut_off_and_positions_stay_good(tmp_path: Path) -> None:
    refs = store(tmp_path, PAGES)
    file = tmp_path / refs[0].file
    whole = file.read_bytes()
    piece = torn(tmp_path, tmp_path / "scratch")
    assert "not checked" in warcio_check(file).stdout
    assert bring_up_to_date(tmp_path).cut == [f"{file.name}@{len(whole)}: {len(piece)} bytes"]
    assert file.read_bytes() == whole
    checked = warcio_check(file)
    assert (checked.returncode, checked.stdout.count("digest pass")) == (0, len(PAGES) + 1)
    assert [read_body(tmp_path, ref) for ref in refs] == list(PAGES.values())


def test_damage_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    store(tmp_path, PAGES)
    file = tmp_path / "pass-000.warc.gz"
    end = file.stat().st_size
    file.write_bytes(file.read_bytes() + b"\0" * 99)
    update = bring_up_to_date(tmp_path)
    assert update.damaged == [f"{file.name}@{end}-{end + 99}"]
    assert update.added == 5
    assert file.stat().st_size == end + 99


def test_lines_of_a_file_that_is_gone_go_with_it(tmp_path: Path) -> None:
    store(tmp_path, PAGES)
    store(tmp_path, {"http://b.cn/": b""}, series="other")
    bring_up_to_date(tmp_path)
    (tmp_path / "pass-000.warc.gz").unlink()
    store(tmp_path, {"http://c.cn/": b""}, series="third")
    bring_up_to_date(tmp_path)
    assert [one.url for one in entries(tmp_path)] == ["http://b.cn/", "http://c.cn/"]


def test_an_index_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    store(tmp_path, PAGES)
    bring_up_to_date(tmp_path)
    before = listed(tmp_path)
    (tmp_path / f"{NAME}.next").mkdir()
    store(tmp_path, {"http://b.cn/": b""}, series="other")
    with pytest.raises(OSError, match="directory"):
        bring_up_to_date(tmp_path)
    assert listed(tmp_path) == before


# --- looking up ------------------------------------------------------------------------------------------


def test_an_address_is_found_however_it_is_written_and_the_oldest_comes_first(tmp_path: Path) -> None:
    url = "https://www.a.cn/Nb/index.html?b=2&a=1"
    for day in (2, 0, 1):
        store(tmp_path, {url: str(day).encode()}, series=f"p{day}", at=NOW + timedelta(days=day))
    bring_up_to_date(tmp_path)
    for asked in (url, "http://a.cn/nb/index.html?a=1&b=2", "HTTP://WWW.A.CN:80/nb/index.html?a=1&b=2#top"):
        assert [read_body(tmp_path, one.ref) for one in lookup(tmp_path, asked)] == [b"0", b"1", b"2"]
    assert lookup(tmp_path, "http://a.cn/nb/") == []


def test_of_addresses_that_differ_in_case_the_very_one_is_taken(tmp_path: Path) -> None:
    store(tmp_path, {"http://a.cn/A": b"upper", "http://a.cn/a": b"lower"})
    bring_up_to_date(tmp_path)
    assert [one.url for one in lookup(tmp_path, "https://www.a.cn/a")] == ["http://a.cn/a"]
    store(tmp_path, {"http://a.cn/bB": b"", "http://a.cn/BB": b""}, series="more")
    bring_up_to_date(tmp_path)
    assert len(lookup(tmp_path, "http://a.cn/bb")) == 2


def test_answers_to_different_questions_at_one_address_are_told_apart(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "pass") as writer:
        for page in (b"1", b"2"):
            sent = Sent(b"page=" + page, "application/x-www-form-urlencoded; charset=UTF-8")
            writer.write_response(Response("http://a.cn/api", page, 200, {}, NOW, sent=sent))
        writer.write_response(Response("http://a.cn/api", b"asked by GET", 200, {}, NOW))
    bring_up_to_date(tmp_path)
    assert [line.split(b" ")[0] for line in listed(tmp_path)] == [
        b"cn,a)/api",
        b"cn,a)/api?__wb_method=post&page=1",
        b"cn,a)/api?__wb_method=post&page=2",
    ]
    assert [read_body(tmp_path, one.ref) for one in lookup(tmp_path, "http://a.cn/api")] == [b"asked by GET"]


@pytest.mark.parametrize("prefix", ["a", "cn,", "cn,a0", "cn,a7)/", "cn,a99)/ ", "d", "", "cn,a5)/x"])
def test_a_prefix_is_found_by_halves_as_it_is_by_reading(tmp_path: Path, prefix: str) -> None:
    store(tmp_path, {f"http://a{number}.cn/{'x' * (number * 37 % 400)}": b"" for number in range(100)})
    bring_up_to_date(tmp_path)
    expected = [line for line in listed(tmp_path) if line.startswith(prefix.encode())]
    assert [one.line.strip() for one in starting_with(tmp_path, prefix)] == expected


def test_an_archive_without_an_index_lists_nothing(tmp_path: Path) -> None:
    assert not is_behind(tmp_path)
    assert list(entries(tmp_path)) == lookup(tmp_path, "http://a.cn/") == []
    assert bring_up_to_date(tmp_path / "nowhere").added == 0
    assert list(tmp_path.iterdir()) == []
