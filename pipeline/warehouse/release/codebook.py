"""`codebook.md` and `codebook.xlsx`, in Chinese and English, from the comments in the warehouse and from `config`.

Both lay out the same chapters; what a column, item or code means is said where it is defined and nowhere here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.forms import forms
from pipeline.identity.departments import departments
from pipeline.warehouse.bridge import bridge
from pipeline.warehouse.codes import coded_columns
from pipeline.warehouse.release.citation import LICENCE, RIGHTS
from pipeline.warehouse.release.contents import KEYS, REFERENCES, Contents
from pipeline.warehouse.release.edition import Edition
from pipeline.warehouse.release.parts import Part
from pipeline.warehouse.release.xlsx import Workbook

Row = tuple[object, ...]

# What holds for all tables, and what has misled readers of such data.
_READING = (
    (
        "数值照印刷内容，不改动、不补全；加总不符的记入 checks",
        "Numbers stand as printed, neither corrected nor filled in; sums that do not hold are told in checks",
    ),
    (
        "省份和区划代码、年度以外的代码均为文本；年度是年报所述年度，不是发布年份",
        "Codes of provinces and divisions are text; the year is the one the report is about, not that of publication",
    ),
    (
        "没有该单元格则 facts 中没有行；空白、横线、无在 facts 中有行而无 value，在视图中作零",
        "A cell that is not there has no row in facts; blank, dash and 无 have a row with no value, zero in views",
    ),
    (
        "applicant = total 的行是其他行之和，相加时请排除",
        "Rows with applicant = total sum the others: leave them out of sums",
    ),
    (
        "各格式（2014、2019、2021）的指标只在 series 中按口径说明并列，其他表中不得直接相连",
        "Items of the forms of 2014, 2019 and 2021 meet in series alone, with its caveats; elsewhere there is a break",
    ),
    (
        "空白表示缺失；CSV、XLSX、Stata 中空串与缺失无法区分。列表写成 JSON，时间为协调世界时",
        "Empty is missing; CSV, XLSX and Stata do not tell an empty text from none. Lists are JSON, times are UTC",
    ),
    (
        "CSV 中以 = + - @ 等开头、不是数字的文字前加一个撇号，以免电子表格当作公式；数字不变",
        "In CSV a text that begins with = + - @ and is no number has an apostrophe before it, so that no spreadsheet "
        "runs it; numbers are as they are",
    ),
    (
        "XLSX 单元格最多32767字，更长的文字截断并注明；超过15位的数字写成文本",
        "XLSX cells hold 32,767 characters: longer text is cut and says so; numbers of more than 15 digits are text",
    ),
)


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str  # of the sheet
    title: str
    heading: Sequence[str]
    rows: Sequence[Row]


def write(folder: Path, held: Contents, parts: list[Part], made: Edition) -> None:
    chapters = _chapters(held, parts)
    about = _about(made)
    with Workbook(folder / "codebook.xlsx") as workbook:
        workbook.sheet("release", ("", ""), about)
        for chapter in chapters:
            workbook.sheet(chapter.name, chapter.heading, chapter.rows)
    head = "# 编码手册 / Codebook\n\n" + "".join(f"- {name}: {value}\n" for name, value in about)
    text = head + "".join(_in_markdown(chapter) for chapter in chapters)
    (folder / "codebook.md").write_text(text, encoding="utf-8")


def _about(made: Edition) -> list[Row]:
    return [
        ("版本 version", made.version),
        ("数据截至 data as of", made.day.isoformat()),
        ("范围 scope", made.scope_text),
        ("年报数 reports", made.reports),
        ("格式 format", made.format),
        ("程序 program", f"nianbao {made.program}"),
        ("许可 licence", f"{LICENCE}。{RIGHTS}"),
    ]


def _chapters(held: Contents, parts: list[Part]) -> list[_Chapter]:
    both = ("中文", "English")
    return [
        _Chapter("reading", "读法 / How to read", both, _READING),
        _Chapter("tables", "数据表 / Tables", ("table", *both, "rows", "key", "references"), _tables(held, parts)),
        _Chapter("columns", "列 / Columns", ("table", "column", "type", *both, "name in file"), _columns(held, parts)),
        _Chapter("codes", "代码 / Codes", ("column", "code", *both), _codes()),
        _Chapter("items", "指标 / Items", ("form", "section", "item", *both, "unit", "per applicant"), _items()),
        _Chapter(
            "series",
            "跨格式可比的指标 / Items comparable over the forms",
            ("series", *both, "unit", "form", "sum of", "口径", "caveat"),
            _series(),
        ),
        _Chapter("apart", "同码不同义 / Same code, other meaning", ("form", "item", "column", "why"), _apart()),
    ]


def _tables(held: Contents, parts: list[Part]) -> list[Row]:
    rows = {table.name: sum(part.rows for part in parts if part.table == table.name) for table in held.tables}
    return [
        (
            table.name,
            table.note.chinese,
            table.note.english,
            rows[table.name],
            ", ".join(KEYS.get(table.name, ())),
            ", ".join(f"{column} → {other}" for column, other in REFERENCES.get(table.name, {}).items()),
        )
        for table in held.tables
    ]


def _columns(held: Contents, parts: list[Part]) -> list[Row]:
    first = {part.table: part for part in reversed(parts)}
    rows: list[Row] = []
    for table in held.tables:
        part = first[table.name]
        renamed = dict(zip((column.name for column in part.columns), part.renamed or (), strict=False))
        inside = {column.name for column in part.columns}
        for column in table.columns:
            written = renamed.get(column.name, column.name) if column.name in inside else "文件夹 folder"
            rows.append((table.name, column.name, column.type, column.note.chinese, column.note.english, written))
    return rows


def _codes() -> list[Row]:
    rows: list[Row] = [
        (f"{coded.table}.{coded.name}".lstrip("."), one.code, one.zh, one.en)
        for coded in coded_columns()
        for one in coded.codes
    ]
    known = departments()
    rows += [("department", one.code, one.zh, one.en) for one in (known.government, known.zone)]
    return [*rows, *(("department", one.code, one.zh, one.en) for one in known.department)]


def _items() -> list[Row]:
    return [
        (
            form.form,
            form.table_of(item).section,
            item.item,
            item.label_zh,
            item.label_en,
            item.unit,
            "是 yes" if form.per_applicant(item) else "否 no",
        )
        for form in forms().values()
        for item in form.items
    ]


def _series() -> list[Row]:
    return [
        (
            series.series,
            series.label_zh,
            series.label_en,
            series.unit,
            form,
            "; 或 or ".join(" + ".join(way) for way in ways),
            series.caveat_zh,
            series.caveat_en,
        )
        for series in bridge().all_series()
        for form, ways in series.items.items()
    ]


def _apart() -> list[Row]:
    return [(one.form, one.item, one.column, one.why) for one in bridge().apart]


def _in_markdown(chapter: _Chapter) -> str:
    lines = [chapter.heading, ["---"] * len(chapter.heading), *chapter.rows]
    table = "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)
    return f"\n## {chapter.title}\n\n{table}"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
