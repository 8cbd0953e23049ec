"""When a page that is fetched again says what it said before."""

from __future__ import annotations

import pytest

from crawlers.page import Page
from crawlers.sameness import says_the_same
from tests.support.sites import REPORT_TEXT, document, listing

TITLE = "某县公安局2024年政府信息公开工作年度报告"
ROW = ("/r24", TITLE, "2025-01-20")


def _article(
    text: str = REPORT_TEXT, *, visits: int = 1, news: str = "会议", file: str = "a.pdf", clock: str = "2026年1月2日"
) -> str:
    return document(
        TITLE,
        f"<div class='top'>今天是{clock} 星期五 10:21</div><ul class='side'><li><a href='/{news}'>{news}</a></li></ul>"
        f"<div id='article'><h1>{TITLE}</h1><p>发布日期：2025-01-20 浏览次数：<span>{visits}</span>次</p>"
        f"<div id='zoom'>{text}<p><a href='{file}'>附件</a></p></div></div>",
        f"<script>var token = '{visits:032x}'</script>",
    )


def _same(before: str, after: str) -> bool:
    return says_the_same(*(Page("http://e.gov.cn/r24", body.encode()) for body in (before, after)))


@pytest.mark.parametrize(
    "after",
    [_article(visits=207), _article(news="通知"), _article(clock="2026年11月21日"), _article(visits=9, news="x")],
)
def test_a_report_is_the_same_whatever_stands_around_it(after: str) -> None:
    assert _same(_article(), after)


@pytest.mark.parametrize(
    "after",
    [
        _article(REPORT_TEXT.replace("120条", "121条")),
        _article(REPORT_TEXT + "<p>网站访问量：1234次</p>"),
        _article(REPORT_TEXT + "<p><img src='/2.png'></p>"),
        _article(file="b.pdf"),
        _article().replace("2024年1月1日", "2023年1月1日"),
        _article().replace(TITLE, TITLE + "（更正）"),
        listing(ROW, title=TITLE),
    ],
)
def test_a_report_with_another_figure_title_or_file_is_another(after: str) -> None:
    assert not _same(_article(), after)


def test_figures_of_visits_in_a_report_are_no_visit_counters() -> None:
    counted = REPORT_TEXT + "<p>网站访问量：{}次，10:{}</p>"
    assert not _same(_article(counted.format(1234, 10)), _article(counted.format(1243, 10)))
    assert not _same(_article(counted.format(1234, 10)), _article(counted.format(1234, 12)))


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (listing(ROW, after="<p>访问量：8</p><script>var t = 1763712000123</script>"), True),
        (
            listing(ROW, ("/r23", "x", "2024-01-20"), after="<p>访问量：7</p><script>var t = 1763712000000</script>"),
            False,
        ),
        (listing((*ROW[:2], "2025-01-21"), after="<p>访问量：7</p><script>var t = 1763712000000</script>"), False),
        (listing(ROW, after="<p>访问量：7</p><script>createPageHTML(3, 0, 'index', 'html')</script>"), False),
    ],
)
def test_a_listing_is_the_same_while_its_rows_and_scripts_are(after: str, same: bool) -> None:
    assert _same(listing(ROW, after="<p>访问量：7</p><script>var t = 1763712000000</script>"), after) is same
