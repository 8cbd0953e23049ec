"""The short ways to print a division's name: 宁夏, 黔东南州, 石嘴山."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Division

_PEOPLES = (
    "各族|蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|普米族|"
    "塔吉克|怒族|独龙族|保安族|裕固族|鄂温克族"
)
# 东乡族自治县 is named for its people alone.
_AUTONOMOUS = re.compile(rf"^(..+?)(?:(?:{_PEOPLES})+|族)?自治([州县旗])$")
_PROVINCE_END = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_PLAIN_END = re.compile(r"(?:地区|[市县区州盟旗])$")

# Short names in general use that no rule makes.
_CUSTOMARY = {
    "新疆生产建设兵团": "650000",
    "浦东": "310115",
    "巴州": "652800",
    "克州": "653000",
    "博州": "652700",
    "前郭县": "220721",
    "喀左县": "211324",
    "杜蒙县": "230624",
}


def printed_names(row: Division) -> Iterator[str]:
    """The full name and those short ones that say what kind of division is meant; of provinces the bare one as well."""
    yield row.name
    autonomous = _AUTONOMOUS.match(row.name)
    if autonomous and row.level != "province":
        yield autonomous[1] + autonomous[2]
    if row.level == "province":
        yield _PROVINCE_END.sub("", row.name)
    yield from (name for name, code in _CUSTOMARY.items() if code == row.code)


def without_kind(name: str) -> str:
    return _PLAIN_END.sub("", name)
