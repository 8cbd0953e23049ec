from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import ValueKind
from pipeline.numerals import find_numbers, parse_cell, parse_chinese, parse_number


def spell(number: int) -> str:
    """The Chinese numeral of a number below a hundred million, written out by the book."""
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return spell(high) + "万" + gap + (spell(low) if low else "")
    if number == 0:
        return "零"
    printed = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            printed += digits[digit] + places[place]
        elif printed and not printed.endswith("零"):
            printed += "零"
    return printed.rstrip("零")


@given(st.integers(0, 10**8 - 1))
def test_a_spelled_number_reads_back(number: int) -> None:
    assert parse_chinese(spell(number)) == number


@given(st.integers(-(10**15), 10**15), st.booleans(), st.booleans())
def test_a_printed_number_reads_back_with_and_without_separators_and_full_width(
    number: int, separated: bool, wide: bool
) -> None:
    printed = f"{number:,}" if separated else str(number)
    if wide:
        printed = printed.translate(str.maketrans("0123456789,-", "０１２３４５６７８９，－"))
    assert parse_cell(printed, "件") == (ValueKind.NUMBER, Decimal(number))


@given(st.decimals(0, 10**9, places=4))
def test_an_amount_reads_back_whatever_unit_it_is_printed_in(amount: Decimal) -> None:
    assert parse_cell(f"{amount}", "万元") == (ValueKind.NUMBER, amount)
    assert parse_cell(f"{amount}万元", "元") == (ValueKind.NUMBER, amount * 10000)
    assert parse_cell(f"{amount * 10000:f}元", "万元") == (ValueKind.NUMBER, amount)


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers_of_numbers(text: str) -> None:
    kind, value = parse_cell(text, "件")
    assert (value is not None) == (kind is ValueKind.NUMBER)
    for number in find_numbers(text):
        assert 0 <= number.start < number.stop <= number.unit_at <= len(text)
        assert parse_number(text[number.start : number.stop].replace("余", "").replace("多", "")) == number.value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("二十", 20),
        ("两", 2),
        ("十二", 12),
        ("一百一十", 110),
        ("一百二", 120),
        ("一百零二", 102),
        ("三万五", 35000),
        ("三万零五", 30005),
        ("一亿二千万", 120000000),
        ("二〇二四", 2024),
        ("壹佰", 100),
    ],
)
def test_chinese_numerals_have_their_spoken_value(printed: str, value: int) -> None:
    assert parse_chinese(printed) == value


@pytest.mark.parametrize("printed", ["", "三五", "十百", "万", "百", "一件", "12", "一" * 30, "二万三万"])
def test_what_is_no_chinese_numeral_has_no_value(printed: str) -> None:
    assert parse_chinese(printed) is None


@pytest.mark.parametrize(
    ("raw", "unit", "value"),
    [
        ("0", "件", "0"),
        (" 2\u3000", "件", "2"),
        ("\u200b7", "件", "7"),
        ("3,119", "件", "3119"),
        ("3，119", "件", "3119"),
        ("１２", "件", "12"),
        ("1.2万", "件", "12000"),
        ("3件", "件", "3"),
        ("3 项", "件", "3"),
        ("二十", "件", "20"),
        ("-5", "项", "-5"),
        ("－5", "项", "-5"),
        ("+5", "项", "5"),
        ("减少3", "项", "-3"),
        ("增2项", "项", "2"),
        ("314.4765", "万元", "314.4765"),
        ("251000元", "万元", "25.1"),
        ("1.2万元", "万元", "1.2"),
        ("1.2万", "万元", "1.2"),
        ("22.4575（万元）", "万元", "22.4575"),
        ("￥3", "元", "3"),
        ("[bookmark: _GoBack]4", "件", "4"),
        ("12¹", "件", "12"),
        ("12①", "件", "12"),
        ("12（注1）", "件", "12"),
        ("12 [3]", "件", "12"),
        ("1,234*", "件", "1234"),
    ],
)
def test_a_cell_with_a_number_has_its_value_in_the_unit_of_the_column(raw: str, unit: str, value: str) -> None:
    assert parse_cell(raw, unit) == (ValueKind.NUMBER, Decimal(value))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        *((blank, ValueKind.BLANK) for blank in ("", "  ", "\n\t", "\u3000", "\u200b", "\u00a0")),
        *((dash, ValueKind.DASH) for dash in ("-", "—", "——", "－", "/", "\\", "--", "／", "＼", "–", " - ")),
        *((none, ValueKind.NONE) for none in ("无", "没有", " 无 ", "无。", "（无）")),
    ],
)
def test_a_cell_without_a_number_says_in_which_way(raw: str, kind: ValueKind) -> None:
    assert parse_cell(raw, "件") == (kind, None)


@pytest.mark.parametrize(
    ("raw", "unit"),
    [
        ("O", "件"),
        ("①", "件"),
        ("一", "件"),
        ("500余", "件"),
        ("1 2", "件"),
        ("0\n0", "件"),
        ("00", "件"),
        ("1,23", "件"),
        ("3元", "件"),
        ("3件", "万元"),
        ("1e5", "件"),
        ("NaN", "件"),
        ("12345678901234567", "件"),
        ("999999999亿", "件"),
        ("9" * 100_000, "件"),
        ("规章", "件"),
    ],
)
def test_a_cell_that_is_not_clearly_one_exact_number_is_text(raw: str, unit: str) -> None:
    assert parse_cell(raw, unit) == (ValueKind.TEXT, None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("总业务42万余件次，其中1.7万余件次", [("42万", 420000, True), ("1.7万", 17000, True)]),
        ("二十余件", [("二十", 20, True)]),
        ("近2000条、约3,119件", [("2000", 2000, True), ("3,119", 3119, True)]),
        ("附近20户", [("20", 20, False)]),
        ("平均阅读量在5000人次以上", [("5000", 5000, True)]),
        ("500多万人", [("500多万", 5000000, True)]),
        ("受理2件，100件", [("2", 2, False), ("100", 100, False)]),
        ("关注人数达 50.9 万，", [("50.9 万", 509000, False)]),
        ("公开３件", [("３", 3, False)]),
    ],
)
def test_numbers_in_running_text_are_found_where_they_stand(text: str, found: list[tuple[str, int, bool]]) -> None:
    numbers = list(find_numbers(text))
    assert [(text[number.start : number.stop], number.value, number.approximate) for number in numbers] == found
