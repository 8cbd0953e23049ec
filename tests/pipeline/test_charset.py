import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.page import Page
from pipeline.charset import decode, known_charset
from pipeline.media import HTML, TEXT, sniff

REPORT = "政府信息公开工作年度报告，2024年。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_what_the_bytes_are_in_is_found_without_a_label(encoding: str) -> None:
    text = f"<html><p>{REPORT}</p></html>"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "label"),
    [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-8", "no-such-charset"), ("gbk", "iso-8859-1"), ("utf-8", "hex")],
)
def test_a_wrong_label_does_not_mislead(encoding: str, label: str) -> None:
    assert decode(REPORT.encode(encoding), label) == REPORT
    page = f'<meta charset="{label}">{REPORT}'
    assert decode(page.encode(encoding)) == page
    assert decode(page.encode(encoding), label) == page


def test_big5_is_read_when_the_page_says_so() -> None:
    page = '<meta charset="big5">政府資訊公開年度報告'
    assert decode(page.encode("big5")) == page


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_page_cut_in_the_middle_of_a_letter_is_still_read(encoding: str, lost: int) -> None:
    body = (REPORT * 100).encode(encoding)[:-lost]
    assert decode(body, "gbk").startswith(REPORT * 99)


def test_an_included_file_in_another_encoding_is_read_as_what_it_is() -> None:
    foot = "<div>主办单位：某县人民政府</div>"
    body = f"<p>{REPORT * 5}</p>"
    expected = body + foot
    assert decode(body.encode() + foot.encode("gbk")) == expected
    assert decode(body.encode("gbk") + foot.encode()) == expected
    assert decode((body * 200).encode() + foot.encode("gbk")) == body * 200 + foot


def test_a_broken_letter_costs_that_letter_alone() -> None:
    body = (REPORT * 60).encode()
    broken = body[:301] + b"\xff" + body[302:]
    assert decode(broken).count("政府") >= 59


def test_letters_that_gb18030_alone_has_are_read_beside_repairs() -> None:
    text = "<p>镕基、堃、喆、㙍</p><p>" + REPORT + "</p>"
    assert decode(text.encode("gb18030")) == text


def test_a_person_has_the_last_word() -> None:
    assert decode("政府資訊公開年報".encode("big5"), "gbk", "big5") == "政府資訊公開年報"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_the_crawl_sees_the_letters_that_the_readers_see(encoding: str) -> None:
    body = f"<html><head><title>{REPORT}</title></head><body><p>12</p></body></html>".encode(encoding)
    assert Page("http://e.gov.cn/", body, charset="iso-8859-1").window_title == REPORT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_text_and_no_unknown_file(encoding: str) -> None:
    assert sniff(f"<html><body>{REPORT}</body></html>".encode(encoding)) == HTML
    assert sniff(f"{REPORT}\t12\t0\t0\r\n".encode(encoding)) == TEXT


def test_labels_that_name_no_charset_mean_nothing() -> None:
    assert [known_charset(label) for label in ("", "x\x00", "auto", "hex", "rot13", "GBK")] == [None] * 5 + ["gbk"]


@given(st.binary(max_size=300), st.text(max_size=12))
def test_any_bytes_become_text(body: bytes, label: str) -> None:
    assert isinstance(decode(body, label), str)
