"""The example notebook shows what the program answers: every cell runs, and gives what is kept below it."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest

from flows.sample_server import serve_sample
from pipeline.resources import ROOT
from tests.flows.passes import run_to_end

NOTEBOOK = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))
CELLS: list[dict[str, Any]] = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def kept(cell: dict[str, Any]) -> str:
    """What the cell's last expression came to, as it is kept."""
    shown = [output["data"]["text/plain"] for output in cell["outputs"] if output["output_type"] == "execute_result"]
    return "".join(shown[0]) if shown else ""


@pytest.fixture
def beside_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In a folder beside the data, as the notebook is in docs/."""
    with serve_sample(port=0) as served:
        served.write_registry(tmp_path / "sample.yaml")
        run_to_end(tmp_path / "sample.yaml", tmp_path / "data" / "demo")
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    mpl.use("agg")
    with pd.option_context("display.max_columns", 20):  # as in Jupyter
        yield


def run(source: str, names: dict[str, Any]) -> object:
    """What the last line comes to, where it is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names) if isinstance(last, ast.Expr) else None


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.usefixtures("beside_sample")
def test_every_cell_gives_what_is_kept_below_it() -> None:
    names: dict[str, Any] = {}
    for cell in CELLS:
        came = run("".join(cell["source"]), names)
        assert cell["execution_count"]
        if came is not None and "127.0.0" not in kept(cell):  # the sample's portals are on another port each time
            assert squeezed(repr(came)) == squeezed(kept(cell))


def squeezed(text: str) -> str:
    """Jupyter and Python break a long dictionary's lines differently."""
    return " ".join(text.split())


def test_it_has_charts_and_was_run_in_order() -> None:
    assert [cell["execution_count"] for cell in CELLS] == list(range(1, len(CELLS) + 1))
    assert sum("image/png" in output.get("data", {}) for cell in CELLS for output in cell["outputs"]) >= 2
