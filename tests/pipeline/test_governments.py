"""Which governments the law expects to report, and in which years they are expected."""

from __future__ import annotations

from pipeline.divisions import divisions
from pipeline.governments import governments
from pipeline.identity import Context, authority_of
from pipeline.model import Division


def years(*places: Division) -> list[tuple[str, int, int | None]]:
    return [(one.authority.name, one.first_year, one.last_year) for one in governments(places)]


def test_a_government_of_the_list_is_the_authority_that_its_own_report_would_name() -> None:
    for one in governments(divisions().rows):
        authority = one.authority
        context = Context(year=one.last_year or 2025, portal_division=authority.division)
        assert authority_of(authority.name, context=context) == authority


def test_names_are_the_full_legal_ones() -> None:
    names = {one.authority.name for one in governments(divisions().rows)}
    assert names >= {
        "宁夏回族自治区人民政府",
        "北京市朝阳区人民政府",
        "长春市朝阳区人民政府",
        "黔东南苗族侗族自治州人民政府",
        "锡林郭勒盟行政公署",
        "大兴安岭地区行政公署",
        "鄂伦春自治旗人民政府",
        "双江拉祜族佤族布朗族傣族自治县人民政府",
        "六枝特区人民政府",
    }
    assert not [
        name for name in names if "群岛" in name or "市辖区" in name or name.startswith(("台湾", "香港", "澳门"))
    ]


def test_a_government_is_expected_on_the_years_at_whose_end_it_stood() -> None:
    renamed = (
        Division("640299", "甲县", "county", "640200", 2003, 2016),
        Division("640299", "乙县", "county", "640200", 2016, None),
    )
    assert years(*renamed) == [("甲县人民政府", 2008, 2015), ("乙县人民政府", 2016, None)]
    assert years(Division("640298", "丙县", "county", "640200", None, 2008)) == []
    assert years(Division("640298", "丙县", "county", "640200", 2012, 2020)) == [("丙县人民政府", 2012, 2019)]


def test_code_books_that_differ_by_a_year_leave_no_gap_and_a_longer_one_stays() -> None:
    first, then = "640297", Division("640297", "丁区", "county", "640000", 2016, None)
    assert years(Division(first, "丁县", "county", "640200", None, 2015), then)[0][1:] == (2008, 2015)
    assert years(Division(first, "丁县", "county", "640200", None, 2012), then)[0][1:] == (2008, 2011)


def test_zones_townships_and_places_outside_the_regulation_are_not_on_the_list() -> None:
    assert (
        years(
            Division("640221100", "崇岗镇", "township", "640221"),
            Division("810000", "香港特别行政区", "province", None),
        )
        == []
    )
