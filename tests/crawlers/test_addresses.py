"""When two addresses are one page."""

from __future__ import annotations

import pytest

from crawlers.addresses import absolute, key_of, own_hosts
from tests.support.crawling import portal


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.gov.cn/a/t20250101_1.html",
        "http://m.example.gov.cn/a/t20250101_1.html",
        "http://example.gov.cn//a//t20250101_1_wap.html",
        "http://example.gov.cn:80/a/t20250101_1.html?isMobile=true",
        "http://example.gov.cn/a/t20250101_1.html?ddtab=true&jump=true",
        "http://wap.example.gov.cn/a/t20250101_1.html",
    ],
)
def test_addresses_of_one_page_have_one_key(url: str) -> None:
    assert key_of(url) == key_of("http://example.gov.cn/a/t20250101_1.html")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://127.0.0.2:8642/", "http://127.0.0.3:8642/"),
        ("http://127.0.0.2:8642/", "http://127.0.0.2:8643/"),
        ("http://e.gov.cn/show?id=1", "http://e.gov.cn/show?id=2"),
        ("http://gaj.e.gov.cn/", "http://jyj.e.gov.cn/"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert key_of(one) != key_of(other)


def test_order_of_parameters_and_index_files_do_not_count() -> None:
    assert key_of("http://e.gov.cn/col/index.html?b=2&a=1") == key_of("http://e.gov.cn/col/?a=1&b=2")
    assert key_of("http://e.gov.cn/content/mpost_12.html") == key_of("http://e.gov.cn/content/post_12.html")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../b.html#top", "http://e.gov.cn/b.html"),
        ("\\c\\d.pdf", "http://e.gov.cn/c/d.pdf"),
        ("x.jsp;jsessionid=AB12?id=1", "http://e.gov.cn/a/x.jsp?id=1"),
        ("list?PHPSESSID=1&p=2", "http://e.gov.cn/a/list?p=2"),
        ("list?p=2&sid=9f86d081884c7d659a2feaa0c55ad015", "http://e.gov.cn/a/list?p=2"),
        ("show?sid=9f86d081884c7d659a2feaa0c55ad015", "http://e.gov.cn/a/show?sid=9f86d081884c7d659a2feaa0c55ad015"),
        ("api?page=2&sid=200001", "http://e.gov.cn/a/api?page=2&sid=200001"),
        ("x.html?t=1732180000123", "http://e.gov.cn/a/x.html"),
        ("x.html?t=5", "http://e.gov.cn/a/x.html?t=5"),
        ("/gate/big5/www.e.gov.cn/nb/t1.html", "http://www.e.gov.cn/nb/t1.html"),
        ("/gate/big5/other.gov.cn", "http://other.gov.cn/"),
        ("年报.pdf", "http://e.gov.cn/a/%E5%B9%B4%E6%8A%A5.pdf"),
        ("#", ""),
        ("javascript:void(0)", ""),
        ("mailto:a@e.gov.cn", ""),
        ("file:///etc/passwd", ""),
        ("http://[broken/", ""),
        ("http://e.gov.cn:port/", ""),
        ("http://e.gov.cn:18080/b.html", "http://e.gov.cn:18080/b.html"),
        ("http://e.gov.cn:65535/b.html", "http://e.gov.cn:65535/b.html"),
        ("http://e.gov.cn:65536/b.html", ""),
        ("/" + "x" * 5000, ""),
    ],
)
def test_a_link_is_made_absolute_without_fragment_and_session_or_is_none(href: str, expected: str) -> None:
    assert absolute("http://e.gov.cn/a/", href) == expected


def test_a_portals_hosts_are_its_addresses_and_those_the_registry_names() -> None:
    hosts = own_hosts(
        portal("p", "http://www.e.gov.cn/", columns=("https://zw.e.gov.cn/nb/",), hosts=("Old.e.gov.cn",))
    )
    assert hosts == {"e.gov.cn", "zw.e.gov.cn", "old.e.gov.cn"}
