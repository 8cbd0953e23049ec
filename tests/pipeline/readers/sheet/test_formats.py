import pytest

from pipeline.readers.sheet.formats import NOT_UNDERSTOOD, printed_number, printed_text

ACCOUNTING = '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (12.0, "General", "12"),
        (12.5, "General", "12.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "General", "1234567.891"),
        (-3, "General", "-3"),
        (123456789012, "General", "1.23457E+11"),
        (7, 'G/通用格式"件"', "7件"),
        (251000, "#,##0", "251,000"),
        (12345.678, "#,##0.00", "12,345.68"),
        (999, "#,##0", "999"),
        (25.13, "0", "25"),
        (2.5, "0", "3"),  # Excel rounds halves away from zero
        (1.005, "0.00", "1.01"),
        (-0.2, "0", "0"),
        (3, "000", "003"),
        (0.5, "#.##", ".5"),
        (0, "#", ""),
        (0, ACCOUNTING, "-"),
        (1234, ACCOUNTING, "1,234"),
        (-5, ACCOUNTING, "-5"),
        (0, "0;-0;;@", ""),
        (5, ";;;", ""),
        (0.256, "0.0%", "25.6%"),
        (5, '0"件"', "5件"),
        (5, "0_ ", "5"),
        (25.1, '"¥"#,##0.00_);[Red]\\("¥"#,##0.00\\)', "¥25.10"),
        (-25.1, '"¥"#,##0.00_);[红色]\\("¥"#,##0.00\\)', "(¥25.10)"),
        (25.1, "[$￥-804]#,##0.00", "￥25.10"),
        (251000, '0\\.0,"万元"', "25.1万元"),
        (251234, "0!.0000", "25.1234"),
        (1234567, "#,##0,", "1,235"),
        (150, '[>=100]0"多";0', "150多"),
        (50, '[>=100]0"多";0', "50"),
        (123456, "0.00E+00", "1.23E+5"),
        (13812345678, "000\\-0000\\-0000", "138-1234-5678"),
        (45291, 'yyyy"年"m"月"d"日"', "2023年12月31日"),
        (45291, "yyyy/mm/dd", "2023/12/31"),
        (45291.75, "yyyy-m-d h:mm:ss", "2023-12-31 18:00:00"),
        (45291, '[$-804]yyyy"年"m"月";@', "2023年12月"),
    ],
)
def test_a_number_is_printed_as_its_format_says(value: float, code: str, printed: str) -> None:
    assert printed_number(value, code) == (printed, "")


@pytest.mark.parametrize("code", ["# ?/?", "[DBNum1]General", "[DBNum2][$-804]0", "0 nonsense 0", '0"' + "0" * 9999])
def test_what_is_not_understood_is_a_doubt(code: str) -> None:
    text, doubt = printed_number(1.5, code)
    assert (text, doubt) == ("1.5", NOT_UNDERSTOOD)


def test_the_other_calendar() -> None:
    assert printed_number(43829, "yyyy/m/d", from_1904=True) == ("2023/12/31", "")


def test_days_that_no_calendar_has_are_doubtful() -> None:
    assert printed_number(-1, "yyyy/m/d")[1] != "" and printed_number(1e12, "yyyy/m/d")[1] != ""


def test_text_is_printed_with_what_its_format_adds() -> None:
    assert printed_text("无", "General") == "无"
    assert printed_text("无", '@"件"') == "无件"
    assert printed_text("无", ACCOUNTING) == "无"
    assert printed_text("无", "0;0;0;") == ""
