import pytest

from pipeline.readers.charset import decode

TEXT = "政府信息公开工作年度报告，2024年。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_what_the_bytes_are_in_is_found_without_a_label(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("encoding", "label"), [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-8", "no-such-charset")]
)
def test_a_wrong_label_does_not_mislead(encoding: str, label: str) -> None:
    assert decode(TEXT.encode(encoding), label) == TEXT
    page = f'<meta charset="{label}">{TEXT}'
    assert decode(page.encode(encoding)) == page


def test_big5_is_read_when_the_page_says_so() -> None:
    page = '<meta charset="big5">政府資訊公開年度報告'
    assert decode(page.encode("big5")) == page


def test_a_page_cut_in_the_middle_of_a_letter_is_still_read() -> None:
    body = (TEXT * 100).encode("utf-8")[:-2]
    assert decode(body).startswith(TEXT * 99)
