"""Who may import whom, as docs/architecture.md draws it, and where SQL may stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.resources import ROOT

OURS = ("crawlers", "pipeline", "flows")
SOURCES = sorted(path for package in OURS for path in (ROOT / package).rglob("*.py"))
WAREHOUSE = "pipeline/warehouse/"
FOR_CRAWLERS = {"days", "model", "media", "charset", "titles", "archive", "errors", "resources", "lifeline", "scratch",
                "jsonl"}  # fmt: skip

# A third-party package stands in one place alone.
HOMES = {"duckdb": WAREHOUSE, "scrapy": "crawlers/", "playwright": "crawlers/", "scrapy_playwright": "crawlers/",
         "twisted": "crawlers/", "prefect": "flows/"}  # fmt: skip


SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|CREATE\s+(OR\s+REPLACE\s+)?(TEMP\w*\s+)?(TABLE|VIEW)\s"
    r"|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|DROP\s+(TABLE|VIEW)\s|COPY\s+.+\sTO\s|ATTACH\s+')",
    re.I | re.S,
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}:{node.lineno} imports relatively"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_imports_point_one_way(path: Path) -> None:
    for imported in _imports(path):
        package, _, rest = imported.partition(".")
        if package not in OURS:
            continue
        home = _name(path).split("/")[0]
        if home == "pipeline":
            assert package == "pipeline", f"{_name(path)} imports {imported}: pipeline knows nothing of the others"
        elif home == "crawlers":
            assert package != "flows", f"{_name(path)} imports {imported}"
            known = package == "crawlers" or rest.split(".")[0] in FOR_CRAWLERS
            assert known, f"{_name(path)} imports {imported}: crawlers know nothing of tables"


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_third_party_package_stands_in_one_place(path: Path) -> None:
    for imported in _imports(path):
        package = imported.split(".")[0]
        home = HOMES.get(package)
        allowed = home is None or _name(path).startswith(home)
        assert allowed, f"{_name(path)} imports {package}, whose place is {home}"


@pytest.mark.parametrize("path", [path for path in SOURCES if not _name(path).startswith(WAREHOUSE)], ids=_name)
def test_sql_stands_in_the_warehouse_alone(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not SQL.match(node.value), f"{_name(path)}:{node.lineno} holds SQL: {node.value[:60]!r}"


def test_every_file_says_what_it_is() -> None:
    undocumented = [_name(path) for path in SOURCES if path.stat().st_size and not ast.get_docstring(_tree(path))]
    assert undocumented == []
