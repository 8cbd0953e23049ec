"""Keys of addresses, as pywb 2.10 with surt 0.3.1 makes them: each expectation here is its answer."""

from __future__ import annotations

import pytest

from pipeline.archive.records import Sent
from pipeline.archive.urlkey import urlkey, with_sent

SESSION = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://a.gov.cn", "cn,gov,a)/"),
        ("http://a.gov.cn/?", "cn,gov,a)/"),
        ("http://www.a.gov.cn:80/A/B/?b=2&a=1", "cn,gov,a)/a/b?a=1&b=2"),
        ("https://www2.a.gov.cn:8443/x/", "cn,gov,a:8443)/x"),
        ("http://A.gov.cn./x#part", "cn,gov,a)/x"),
        ("http://a.gov.cn/a/../b/./c", "cn,gov,a)/b/c"),
        ("http://a.gov.cn/a//b", "cn,gov,a)/a/b"),
        ("http://127.0.0.2:8642/x.htm", "2,0,0,127:8642)/x.htm"),
        ("http://政府.cn/x", "cn,xn--mxtq1m)/x"),
        ("http://a.gov.cn/%E5%B9%B4/x?y=%E5%B9%B4%20z", "cn,gov,a)/%e5%b9%b4/x?y=%e5%b9%b4%20z"),
        ("http://a.gov.cn/年/x?y=年 z", "cn,gov,a)/%e5%b9%b4/x?y=%e5%b9%b4%20z"),
        ("http://a.gov.cn/x?a=b%26c&d=%2525", "cn,gov,a)/x?a=b&c&d=%25"),
        ("http://a.gov.cn/x?b&a&", "cn,gov,a)/x?&a&b"),
        (f"http://a.gov.cn/x?b=1&sid={SESSION}", "cn,gov,a)/x?&b=1"),
        ("http://a.gov.cn/(S(0123456789abcdef01234567))/x.aspx", "cn,gov,a)/x.aspx"),
        ("urn:nianbao:p:x.gov.cn/a?b=1%20y", "urn:nianbao:p:x.gov.cn/a?b=1%20y"),
    ],
)
def test_addresses_that_differ_harmlessly_have_one_key(url: str, key: str) -> None:
    assert urlkey(url) == key


@pytest.mark.parametrize(
    ("body", "kind", "key"),
    [
        ("foo=bar&dir=%2Fbaz&t=%E5%B9%B4+x", "x-www-form-urlencoded", "dir=/baz&foo=bar&t=%e5%b9%b4%20x"),
        ('{"a": "年", "c": {"a": 2, "z": [1, 2.0, true]}, "d": null}', "json",
         "a=%e5%b9%b4&a.2_=2&d=null&z=1&z.2_=2&z.3_=true"),
        ("{bad", "json", ""),
    ],
)  # fmt: skip
def test_what_was_sent_is_part_of_the_key(body: str, kind: str, key: str) -> None:
    sent = Sent(body.encode(), f"application/{kind}; charset=UTF-8")
    expected = "cn,gov,a)/p?__wb_method=post" + (f"&{key}" if key else "")
    assert urlkey(with_sent("http://a.gov.cn/p", sent)) == expected


@pytest.mark.parametrize(
    "hostile", ["http://[::1/x", "http://a.cn:x/", "http:///", " \n", "http://\ud800.cn/\ud800", "http://a b/\n c"]
)
def test_whatever_is_given_has_a_key_that_fits_a_line(hostile: str) -> None:
    key = urlkey(hostile)
    assert key.isascii()
    assert not set(key) & set(" \n\t")
