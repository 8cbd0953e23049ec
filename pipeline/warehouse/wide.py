"""The parts of the views that depend on the forms: one column per item, the bridge as rows, labels as names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.forms import forms
from pipeline.warehouse.bridge import Series, bridge

_SERIES_VIEWS = ("series_wide", "panel_province", "panel_city")  # have a column per series

# `reports` in Chinese, for the view 年报.
REPORT_LABELS: Mapping[str, str] = {
    "report_id": "年报编号",
    "province": "省级代码",
    "year": "年度",
    "province_name": "省份",
    "division": "区划代码",
    "division_name": "区划",
    "authority": "机关",
    "authority_id": "机关编号",
    "level": "级别",
    "department": "部门",
    "title": "标题",
    "form": "格式",
    "published_on": "发布日期",
    "portal_id": "门户",
    "page_url": "网页",
    "file_url": "文件",
    "media_type": "文件类型",
    "sha256": "文件哈希",
    "fetched_at": "获取时间",
    "extractor": "读取方式",
    "facts": "数字个数",
    "checks_failed": "未通过校验数",
    "status": "完整程度",
    "version": "版本",
}


@dataclass(frozen=True, slots=True)
class WideColumn:
    """One column of `reports_wide`: an item, in the forms where it means the same."""

    name: str
    item: str
    forms: tuple[str, ...]
    label_zh: str
    label_en: str
    unit: str

    @property
    def comment(self) -> str:
        return f"{self.label_zh}，{self.unit}，格式 {'、'.join(self.forms)} / {self.label_en}"


@lru_cache(maxsize=1)
def wide_columns() -> tuple[WideColumn, ...]:
    """In the order of the forms, newest first; an item stands where the newest form has it, under its label there."""
    apart = {(entry.form, entry.item): entry for entry in bridge().apart}
    columns: dict[str, WideColumn] = {}
    for form in forms().values():
        for item in form.items:
            own = apart.get((form.form, item.item))
            name = own.column if own else column_of(item.item)
            label = own.label_zh if own else item.label_zh
            seen = columns.get(name)
            columns[name] = WideColumn(
                name=name,
                item=item.item,
                forms=(*seen.forms, form.form) if seen else (form.form,),
                label_zh=seen.label_zh if seen else label,
                label_en=seen.label_en if seen else item.label_en,
                unit=item.unit,
            )
    return tuple(columns.values())


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def item_amounts() -> str:
    """One aggregate per item code, over rows that have `item` and `amount`."""
    return ",\n        ".join(f"max(amount) FILTER (item = {quote(code)}) AS {name(code)}" for code in item_codes())


def item_codes() -> list[str]:
    """Of all columns, each once."""
    return list(dict.fromkeys(column.item for column in wide_columns()))


def item_columns() -> str:
    """The aggregates under their column names; a code that means different things is told apart by the form."""
    columns = wide_columns()
    shared = items_apart(columns)
    lines = []
    for column in columns:
        amount = f"wide.{name(column.item)}"
        if column.item in shared:
            of_form = ", ".join(quote(form) for form in column.forms)
            amount = f"CASE WHEN reports.form IN ({of_form}) THEN {amount} END"
        lines.append(f"{amount} AS {name(column.name)}")
    return ",\n    ".join(lines)


def items_apart(columns: Sequence[WideColumn]) -> set[str]:
    """Codes that mean different things in different forms, and so have several columns."""
    times = Counter(column.item for column in columns)
    return {item for item, count in times.items() if count > 1}


def labelled_columns() -> str:
    """`reports_wide` under Chinese names; a label that two columns share names its forms."""
    columns = wide_columns()
    labels = [column.label_zh for column in columns]
    lines = [f"{name(code)} AS {name(label)}" for code, label in REPORT_LABELS.items()]
    for column in columns:
        clash = labels.count(column.label_zh) > 1 or column.label_zh in REPORT_LABELS.values()
        label = f"{column.label_zh}（{'、'.join(column.forms)}）" if clash else column.label_zh
        lines.append(f"{name(column.name)} AS {name(label)}")
    return ",\n    ".join(lines)


def applicant_columns() -> str:
    """One aggregate per item of section 3, named like the columns of `reports_wide`."""
    codes = dict.fromkeys(item.item for form in forms().values() for item in form.items if form.per_applicant(item))
    return ",\n    ".join(f"max(amount) FILTER (item = {quote(code)}) AS {name(column_of(code))}" for code in codes)


def bridge_rows() -> str:
    """(series, form, way, item, items in the way): what each form sums to make up a series, the first way first."""
    rows = [
        f"({quote(series.series)}, {quote(form)}, {number}, {quote(code)}, {len(way)})"
        for series in bridge().all_series()
        for form, ways in series.items.items()
        for number, way in enumerate(ways, start=1)
        for code in way
    ]
    return ",\n        ".join(rows)


def series_rows() -> str:
    """(series, label_zh, label_en, unit, caveat_zh, caveat_en)"""
    fields = ("series", "label_zh", "label_en", "unit", "caveat_zh", "caveat_en")
    return ",\n        ".join(
        "(" + ", ".join(quote(getattr(series, field)) for field in fields) + ")" for series in bridge().all_series()
    )


def series_columns() -> str:
    """One aggregate per series, over the rows of the view `series`."""
    codes = [series.series for series in bridge().all_series()]
    return ",\n    ".join(f"max(value) FILTER (series = {quote(code)}) AS {name(column_of(code))}" for code in codes)


def column_of(code: str) -> str:
    """The column of an item or series."""
    return code.replace(".", "_")


def comments() -> str:
    """Comments on the columns that are made here."""
    lines = [
        f"COMMENT ON COLUMN reports_wide.{name(column.name)} IS {quote(column.comment)};" for column in wide_columns()
    ]
    per_applicant: dict[str, str] = {}
    for form in forms().values():
        for item in form.items:
            if form.per_applicant(item):
                per_applicant.setdefault(item.item, f"{item.label_zh}，{item.unit} / {item.label_en}")
    lines += [
        f"COMMENT ON COLUMN applications.{name(column_of(code))} IS {quote(comment)};"
        for code, comment in per_applicant.items()
    ]
    lines += [
        f"COMMENT ON COLUMN {view}.{name(column_of(series.series))} IS {quote(_comment(series))};"
        for series in bridge().all_series()
        for view in _SERIES_VIEWS
    ]
    return "\n".join(lines)


def _comment(series: Series) -> str:
    """The label with the caveat, in both languages."""
    chinese = f"{series.label_zh}，{series.unit}" + (f"。注意：{series.caveat_zh}" if series.caveat_zh else "")
    english = series.label_en + (f". Caution: {series.caveat_en}" if series.caveat_en else "")
    return f"{chinese} / {english}"
