"""`docs/checks.md`, made from what the rules say of themselves: `python -m pipeline.checks.documentation` writes it."""

from __future__ import annotations

from pipeline.checks.registry import Check, checks
from pipeline.resources import ROOT

PAGE = ROOT / "docs" / "checks.md"

_HEAD = """# The rules

How the printed numbers hold together. Made from the rules' docstrings by `python -m pipeline.checks.documentation`.

A rule that holds everywhere in a report is one row in `checks` with `passed` true. Every place where it does not hold
is a row of its own, with a message in Chinese. A rule that cannot be applied is one row with `passed` NULL and the
reason. A rule looks at one report by itself, or at its neighbours as well: the same authority's earlier reports and its
division's of the same year; then it is answered anew whenever one of those comes or changes, and the report's version
stays. Blank cells, dashes and 无 count as zero; cells of text count as absent. Print is never altered. Which cells
make a sum stands in `config/forms/*.toml`.

| rule | severity | in one sentence |
| --- | --- | --- |
"""


def page() -> str:
    every = checks().values()
    table = "".join(f"| [`{one.name}`](#{one.name}) | {one.severity} | {_sentence(one)} |\n" for one in every)
    return _HEAD + table + "".join(_part(one) for one in every)


def _sentence(one: Check) -> str:
    return one.statement.splitlines()[0]


def _part(one: Check) -> str:
    paragraphs = "\n".join(line.strip() for line in one.statement.splitlines())
    source = f"[`pipeline/checks/{one.name}.py`](../pipeline/checks/{one.name}.py)"
    scope = "the report alone" if one.scope == "report" else "its neighbours as well"
    facts = f"Severity {one.severity}, looks at {scope}, version {one.version}, {source}."
    return f"\n## {one.name}\n\n{paragraphs}\n\n{facts}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
