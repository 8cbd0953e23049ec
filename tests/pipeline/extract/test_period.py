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


def test_the_date_that_closes_a_report_is_when_it_was_signed() -> None:
    signed = period.signed_on([Section(6, "六、其他需要报告的事项", "没有其他事项。\n某县公安局\n2025年1月20日")])
    assert signed is not None and signed.isoformat() == "2025-01-20"
    assert period.signed_on([Section(6, "", "2025年13月45日")]) is None
