import pytest

from pipeline.extract import period
from pipeline.model import Section


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("报告中所列数据统计期限自2024年1月1日始，至2024年12月31日止。", 2024),
        ("本报告统计数据从 2024 年 1 月 1 日至 12 月 31 日。", 2024),
        ("统计期限为二〇二四年一月一日", None),
        ("数据统计期限为二〇二四年1月1日至12月31日。", 2024),
        ("统计期限：2024.01.01-2024.12.31", 2024),
        ("自2023年1月1日至2024年12月31日", None),
        ("2024年1月1日起施行", None),
    ],
)
def test_the_period_names_the_year_only_where_it_is_a_whole_one(text: str, year: int | None) -> None:
    assert period.year([Section(0, "", text)]) == year


@pytest.mark.parametrize(
    "line", ["2025年1月20日", "某县公安局 2025 年 1 月 20 日", "二〇二五年一月二十日", "二0二五年1月20日"]
)
def test_the_date_that_closes_a_report_is_when_it_was_signed(line: str) -> None:
    signed = period.signed_on([Section(6, "六、其他需要报告的事项", f"没有其他事项。\n某县公安局\n{line}")], 2024)
    assert signed is not None and signed.isoformat() == "2025-01-20"


def test_a_date_in_brackets_under_the_title_dates_the_report() -> None:
    preamble = Section(0, "", "某局2024年政府信息公开工作年度报告\n（2025年1月20日）\n根据条例编制本报告。")
    signed = period.signed_on([preamble, Section(6, "", "无。")], 2024)
    assert signed is not None and signed.isoformat() == "2025-01-20"


@pytest.mark.parametrize("line", ["2025年13月45日", "至2024年12月31日", "印发于2019年4月3日"])
def test_an_impossible_day_and_one_before_the_years_end_date_nothing(line: str) -> None:
    assert period.signed_on([Section(0, "", line), Section(6, "", line)], 2024) is None
