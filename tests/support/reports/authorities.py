"""Names of publishing bodies, made of real divisions and the departments that governments have."""

from __future__ import annotations

import csv
from functools import lru_cache
from random import Random

from pipeline.resources import REFERENCE

_DEPARTMENTS = (
    "人民政府", "人民政府", "公安局", "教育局", "财政局", "民政局", "司法局", "审计局", "统计局", "水利局", "信访局",
    "交通运输局", "卫生健康局", "医疗保障局", "应急管理局", "农业农村局", "生态环境局", "商务局", "市场监督管理局",
    "城市管理局", "退役军人事务局", "发展和改革局", "自然资源和规划局", "人力资源和社会保障局", "住房和城乡建设局",
    "文化广电和旅游局", "科学技术局", "行政审批局", "林业局", "乡村振兴局",
)  # fmt: skip


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    with (REFERENCE / "divisions.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["valid_to"]]
    named = {row["code"]: row["name"] for row in rows}
    return tuple(name for row in rows if (name := _full_name(row, named)))


def _full_name(row: dict[str, str], named: dict[str, str]) -> str:
    """As its bodies call it: a district after its city; "" where bodies have no name of the kind."""
    endings = {"city": ("市", "州", "盟", "地区"), "county": ("县", "旗", "市")}.get(row["level"], ())
    if endings and row["name"].endswith(endings):
        return row["name"]
    is_district = row["level"] == "county" and row["name"].endswith("区")
    return named[row["parent"]] + row["name"] if is_district and row["parent"] in named else ""


def authority(chance: Random) -> str:
    return chance.choice(_places()) + chance.choice(_DEPARTMENTS)
