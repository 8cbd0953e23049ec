import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mentions import mentions
from pipeline.model import Mention
from pipeline.resources import SAMPLE
from tests.pipeline.checks.conftest import sections_of


def stated(text: str) -> list[tuple[str | None, str, str]]:
    """Metric, number as printed and unit of each mention."""
    return [(mention.metric, text[mention.start : mention.stop], mention.unit) for mention in mentions(1, text)]


def one(text: str) -> Mention:
    (mention,) = mentions(1, text)
    return mention


@pytest.mark.parametrize(
    ("text", "metric", "printed", "unit"),
    [
        ("我局在中卫市人民政府信息公开平台共发布信息 109 条", "posts.website", "109", "条"),
        ("今年以来共在市公安局门户网站发布信息 86 条。", "posts.website", "86", "条"),
        ("我区在政府网站平台主动公开政府信息 1136 条。", "posts.website", "1136", "条"),
        ("其中网站公开1,200条", "posts.website", "1,200", "条"),
        ("“高青警方”微博公开信息410余条，", "posts.weibo", "410", "条"),
        ("“隆德禁毒”微信公众号发布信息 288 条", "posts.wechat", "288", "条"),
        ("“高青公安”抖音号公开信息70余条。", "posts.douyin", "70", "条"),
        ("发布各类图文、视频等宣传信息 2118 条", "posts.total", "2118", "条"),
        ("及时发布各类公安信息，共主动公开信息346条。", "posts.total", "346", "条"),
        ("依托门户网站、政务微博微信等新媒体共公开政府信息 2500 余条", "posts.total", "2500", "条"),
        ("微信公众号、微博、抖音等政务新媒体，发布警务资讯等信息1130条", "posts.new_media", "1130", "条"),
        ("2024年共收到政府信息公开申请6件", "requests.new", "6", "件"),
        ("共收到政府信息依申请公开事项7件", "requests.new", "7", "件"),
        ("接到群众提出依申请公开事项诉求3件", "requests.new", "3", "件"),
        ("审查、答复等环节要求，共受理政府信息公开申请 1 份", "requests.new", "1", "份"),
        ("2023 年全区受理政府信息公开申请 21 件", "requests.new", "21", "件"),
        ("收到公民、法人或其他组织政府信息公开申请 102 件", "requests.new", "102", "件"),
        ("全年新收到政府信息公开申请二十三件", "requests.new", "二十三", "件"),
        ("全年共收到3件政府信息公开申请", "requests.new", "3", "件"),
        ("全年共收到三件政府信息公开申请", "requests.new", "三", "件"),
        ("我局共办理政府信息公开申请 3 件", "requests.closed", "3", "件"),
        ("办理12345热线群众诉求2300余件", "hotline.cases", "2300", "件"),
        ("其中“12345”共受理群众诉求 318 件", "hotline.cases", "318", "件"),
        ("我局主办的人大建议 10 件", "proposals.npc", "10", "件"),
        ("承办县十八届人大三次会议建议2件", "proposals.npc", "2", "件"),
        ("承办县政协十五届三次会议提案5件", "proposals.cppcc", "5", "件"),
        ("共公开17件人大代表建议和政协提案办理信息", "proposals.total", "17", "件"),
        ("全年收取政府信息公开信息处理费 0 元", "information_fee", "0", "元"),
        ("收取信息处理费1.2万元", "information_fee", "1.2", "万元"),
        ("因政府信息公开被申请行政复议 25 件", "review.total", "25", "件"),
        ("因政府信息公开引发的行政诉讼39件", "litigation.total", "39", "件"),
        ("行政事业性收费22.4575万元", "fees.amount", "22.4575", "万元"),
    ],
)
def test_a_number_is_recognised_by_what_its_clause_says(text: str, metric: str, printed: str, unit: str) -> None:
    assert stated(text) == [(metric, printed, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "根据国务院令第711号、国办公开办函〔2021〕30号",
        "自2024 年 1 月 1 日至 12 月 31 日，电话：0955-7067520，邮编：755000，邮箱：1409972131@qq.com",
        "平安东路23号（http://www.nxzw.gov.cn/100条.html）",
        "《条例》第二十条、第 20 条、第十三、十四条规定",
        "主动公开各类政务信息条",
        "严格落实7*24小时网上巡查、“365 天x24 小时”受理",
        "“一窗通办”“三审三校”“两微一端”“三安全一稳定”，一是，党的二十届三中全会",
        "深化“高效办成一件事”，对两次被亮红牌的科室进行约谈",
        "十八届人大三次会议、政协十五届三次会议",
        "结合 1.10、6.1、6.26、7.1、10.1、12.4 等重点节点，通过12123APP",
    ],
)
def test_dates_documents_addresses_articles_and_idioms_are_no_mentions(text: str) -> None:
    assert stated(text) == []


def test_comparisons_parts_and_shares_are_not_taken_for_the_requests_received() -> None:
    text = "共收到政府信息公开申请6件，比上年度增加3件。作出政府信息公开申请答复6件，其中予以公开2件、占33.3%。"
    assert stated(text) == [
        ("requests.new", "6", "件"),
        (None, "3", "件"),
        ("requests.closed", "6", "件"),
        (None, "2", "件"),
        (None, "33.3", "%"),
    ]


def test_each_channel_of_a_list_keeps_its_own_number() -> None:
    text = "其中，通过微信公众号发布信息 1336 条、微博发布信息 209 条、视频号发布视频 67\n\n个、抖音发布视频 79 个。"
    assert stated(text) == [
        ("posts.wechat", "1336", "条"),
        ("posts.weibo", "209", "条"),
        ("posts.video_channel", "67", "个"),
        ("posts.douyin", "79", "个"),
    ]


@pytest.mark.parametrize(
    "phrase",
    [
        "没有发生因政务公开申请行政复议、提起行政诉讼情况",
        "未因政府信息公开被申请行政复议、提起行政诉讼",
        "没有引发行政复议、行政诉讼案件",
        "未收到因政府信息公开而提起的行政复议、行政诉讼情况",
        "未发生因政府信息公开引发的行政复\n议和行政诉讼案件",
        "无行政复议、行政诉讼案件",
    ],
)
def test_a_phrase_that_says_there_was_neither_review_nor_litigation_states_two_zeros(phrase: str) -> None:
    text = f"本年度，{phrase}。"
    found = mentions(1, text)
    assert [(mention.metric, mention.value) for mention in found] == [("review.total", 0), ("litigation.total", 0)]
    assert {text[mention.start : mention.stop] for mention in found} == {phrase}


@pytest.mark.parametrize(
    "phrase", ["未收取信息处理费", "没有产生信息公开处理费", "未收取政府信息处理费", "没有向申请人收取费用"]
)
def test_a_phrase_that_says_no_fee_was_charged_states_a_zero(phrase: str) -> None:
    text = f"在办理申请过程中{phrase}。"
    mention = one(text)
    assert (mention.metric, mention.value, mention.unit) == ("information_fee", 0, "元")
    assert text[mention.start : mention.stop] == phrase


def test_having_received_no_request_states_a_zero() -> None:
    assert [(mention.metric, mention.value) for mention in mentions(1, "2024年未收到政府信息公开申请。")] == [
        ("requests.new", 0)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "未经行政复议直接提起行政诉讼的，按规定办理。",
        "未发生行政复议被纠正的情况。",
        "尚未审结的行政复议案件已移交。",
        "逾期未按收费通知要求缴纳信息处理费的，不再处理。",
    ],
)
def test_other_negations_state_no_zero(text: str) -> None:
    assert stated(text) == []


def test_reviews_that_are_not_about_disclosure_are_not_recognised() -> None:
    assert stated("全年共发生行政复议 120 件。") == [(None, "120", "件")]
    assert stated("信息公开类行政复议 120 件。") == [("review.total", "120", "件")]
    assert stated("行政复议 0 件。") == [("review.total", "0", "件")]


def test_one_number_for_review_and_litigation_together_counts_only_as_zero() -> None:
    assert {metric for metric, _, _ in stated("信息公开行政复议、行政诉讼共 0 件。")} == {
        "review.total",
        "litigation.total",
    }
    assert stated("信息公开行政复议、行政诉讼共 3 件。") == [(None, "3", "件")]


@pytest.mark.parametrize("text", ["500余条", "约500条", "近500条", "500多条", "500条左右", "500条以上"])
def test_approximate_numbers_are_marked(text: str) -> None:
    mention = one(f"发布动态{text}。")
    assert (mention.value, mention.approximate) == (500, True)


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit", "approximate"),
    [
        ("共发布信息3万5千余条。", "3万5千", "35000", "条", True),
        ("共发布信息1万2345条。", "1万2345", "12345", "条", False),
        ("共发布信息 12 345 条。", "12 345", "12345", "条", False),
        ("共发布信息 1 5 条。", "1 5", "15", "条", False),
        ("共发布信息一万三千余条。", "一万三千", "13000", "条", True),
        ("办结率达百分之百。", "百分之百", "100", "%", False),
        ("办结率为百分之九十八点五。", "百分之九十八点五", "98.5", "%", False),
        ("办结率为百分之98.5。", "百分之98.5", "98.5", "%", False),
    ],
)
def test_a_number_is_read_however_it_is_set(text: str, printed: str, value: str, unit: str, approximate: bool) -> None:
    mention = one(text)
    assert text[mention.start : mention.stop] == printed
    assert (mention.value, mention.unit, mention.approximate) == (Decimal(value), unit, approximate)


@pytest.mark.parametrize("text", ["依申请公开申请数为零。", "政府信息公开申请件数均为零。", "全年零申请、零收费。"])
def test_requests_that_are_said_to_be_none_are_zero(text: str) -> None:
    assert ("requests.new", Decimal(0)) in [(mention.metric, mention.value) for mention in mentions(1, text)]


def test_the_ends_of_a_range_are_two_approximate_mentions() -> None:
    assert [(m.value, m.unit, m.approximate) for m in mentions(1, "每月召开会议3至5次。")] == [
        (Decimal(3), "次", True),
        (Decimal(5), "次", True),
    ]


def test_wan_multiplies_a_count_and_belongs_to_the_unit_of_money() -> None:
    assert [(m.value, m.unit) for m in mentions(1, "总业务42万余件次，收费1202.3万元，关注人数达 50.9 万，")] == [
        (420000, "件次"),
        (Decimal("1202.3"), "万元"),
        (509000, ""),
    ]


def test_a_sentence_runs_over_the_break_of_a_page_but_not_over_a_heading() -> None:
    text = "（一）主动公开情况\n2024年在市\n\n政府网站发布信息86条。"
    assert one(text).sentence == "2024年在市政府网站发布信息86条。"


@given(st.text(alphabet="一二两十余万0159,.，。、：\n 件条次未没有行政复议诉讼申请公开信息微信", max_size=300))
def test_offsets_always_lie_in_the_text(text: str) -> None:
    for mention in mentions(3, text):
        assert 0 <= mention.start < mention.stop <= len(text)
        assert mention.section == 3


@pytest.mark.parametrize("piece", ["1", "\n", "未", "1件，", "微信", "9 ", "网站发布", "十"])
def test_hostile_text_costs_bounded_time(piece: str) -> None:
    began = time.perf_counter()
    mentions(1, piece * (100_000 // len(piece)))
    assert time.perf_counter() - began < 10


GOLD = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "fixtures" / "mentions" / "seeds.jsonl").read_text("utf-8").splitlines()
]
Stated = tuple[str, int, int, str, Decimal, str, bool, str | None]


def wanted() -> set[Stated]:
    return {
        (*(line[key] for key in ("seed", "section", "start", "printed")), Decimal(line["value"]), line["unit"],
         line["approximate"], metric)
        for line in GOLD
        for metric in line["metrics"] or [None]
    }  # fmt: skip


def found_in_seeds() -> set[Stated]:
    found = set()
    for seed in sorted({line["seed"] for line in GOLD}):
        text = (SAMPLE / "seeds" / f"{seed}.txt").read_text(encoding="utf-8")
        for section in sections_of(text):
            if section.number in (1, 5, 6):
                for one in mentions(section.number, section.text):
                    printed = section.text[one.start : one.stop]
                    found.add(
                        (seed, section.number, one.start, printed, one.value, one.unit, one.approximate, one.metric)
                    )
    return found


def test_of_the_seeds_numbers_hardly_any_is_missed_or_made_up() -> None:
    gold, found = wanted(), found_in_seeds()
    assert len(gold) > 100
    assert len(gold & found) / len(found) >= 0.97
    assert len(gold & found) / len(gold) >= 0.97


def test_what_the_seeds_numbers_count_is_told_right() -> None:
    gold, found = ({one for one in every if one[-1]} for every in (wanted(), found_in_seeds()))
    assert len(gold) > 60
    assert len(gold & found) / len(found) >= 0.97, found - gold
    assert len(gold & found) / len(gold) >= 0.97, gold - found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共受理三千二百余件群众诉求", [("三千二百", "3200", "件", True)]),
        ("收到政府信息公开申请十余件", [("十", "10", "件", True)]),
        ("收到十二三件信件", [("十二三", "12", "件", True)]),
        ("开展活动两三次", [("两三", "2", "次", True)]),
        ("收到3-5件申请", [("3", "3", "件", True), ("5", "5", "件", True)]),
        ("办理不足10件，超过100件", [("10", "10", "件", True), ("100", "100", "件", True)]),
        ("同比增长98.6％", [("98.6", "98.6", "%", False)]),
        ("阅读量5.6万余次", [("5.6万", "56000", "次", True)]),
        ("通过网站公开信息 1,2\n34 条", [("1,2\n34", "1234", "条", False)]),
        ("共收到申请12\n件", [("12", "12", "件", False)]),
        ("发布数十条信息，几百条动态", []),
        ("国办发〔2019〕60号、国务院令第711号、第三季度、（二）、2024.1.5", []),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, expected: list[tuple[str, str, str, bool]]) -> None:
    found = [(text[m.start : m.stop], f"{m.value.normalize():f}", m.unit, m.approximate) for m in mentions(1, text)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("本年度制发行政规范性文件3件、废止文件1件、现行有效文件12件",
         ["normative_documents.issued", "normative_documents.repealed", "normative_documents.in_force"]),
        ("共发布信息1234条，其中网站1000条、微信200条、微博34条",
         ["posts.total", "posts.website", "posts.wechat", "posts.weibo"]),
        ("在门户网站、微信公众号分别发布信息300条、200条", [None, None]),
        ("承办人大代表建议、政协提案12件和30件", [None, None]),
        ("收到2件政府信息公开申请，上年结转1件，结转下年度3件",
         ["requests.new", "requests.carried_in", "requests.carried_out"]),
        ("开展政务公开业务培训4次，举办新闻发布会2场，开放日活动3次", ["training", "press_conferences", "open_days"]),
        ("答复网民留言56条，公众号粉丝1.2万人，阅读量30万次", ["messages", "followers", "views"]),
    ],
)  # fmt: skip
def test_what_a_number_counts_follows_from_its_clause(text: str, metrics: list[str | None]) -> None:
    assert [mention.metric for mention in mentions(1, text)] == metrics
