"""What is installed: a wheel holds all that the program reads, and its core answers questions without what a crawl
needs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline import warehouse
from pipeline.resources import ROOT
from tests.pipeline.warehouse.synthetic import DIVISIONS, make_report, make_run, rows

# As a machine without these modules sees them.
_WITHOUT = "import sys; sys.modules.update(dict.fromkeys({names!r}));"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    given = [rows(make_report(1))]
    warehouse.load(folder, reports=given, documents=(), portals=(), outcomes=(), run=make_run(), divisions=DIVISIONS)
    return folder


def _modules_of_extras() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    named = {canonicalize_name(Requirement(one).name) for one in extras}
    found = [
        module
        for module, made_by in packages_distributions().items()
        if {canonicalize_name(n) for n in made_by} & named
    ]
    assert {"scrapy", "prefect", "cv2", "PIL"} <= set(found)
    return found


def _core(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    code = _WITHOUT.format(names=_modules_of_extras()) + "from flows.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True)


def test_the_core_answers_questions(data: Path, tmp_path: Path) -> None:
    answered = _core(["query", "--data", str(data), "--format", "csv", "SELECT count(*) AS n FROM reports"])
    assert (answered.stdout.split(), answered.stderr) == (["n", "1"], "")
    released = _core(["export", "--data", str(data), str(tmp_path / "release")])
    assert (released.returncode, released.stderr) == (0, "")


def test_what_needs_more_says_what_to_install(tmp_path: Path) -> None:
    refused = _core(["run", "--data", str(tmp_path)])
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "pip install 'nianbao[crawl,ocr]'" in refused.stderr


_READ = """
from pathlib import Path
from pipeline.errors import UnreadableDocument
from pipeline.readers import read
for name in sys.argv[1:]:
    try:
        print(len(read(Path(name).read_bytes()).blocks))
    except UnreadableDocument as error:
        print(error)
"""


def test_without_ocr_scans_say_so_and_the_rest_is_read() -> None:
    code = _WITHOUT.format(names=["cv2", "rapidocr", "onnxruntime"]) + _READ
    sample = ROOT / "data" / "sample" / "documents"
    files = [str(sample / f"gaoqing-gaj-2024.{kind}") for kind in ("html", "scan.pdf")]
    read = subprocess.run([sys.executable, "-c", code, *files], cwd=ROOT, capture_output=True, text=True, check=True)
    page, scan = read.stdout.splitlines()
    assert int(page) > 10
    assert "OCR is off or missing" in scan


@pytest.mark.slow
def test_a_wheel_works_away_from_the_checkout(data: Path, tmp_path: Path) -> None:
    python = [sys.executable, "-m"]
    wheels, installed = tmp_path / "wheels", tmp_path / "installed"
    subprocess.run([*python, "hatchling", "build", "-t", "wheel", "-d", str(wheels)], cwd=ROOT, check=True)
    wheel = next(wheels.glob("*.whl"))
    pip = [*python, "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed), str(wheel)]
    subprocess.run(pip, check=True)
    code = (
        f"import sys; sys.path.insert(0, {str(installed)!r}); "
        f"from pipeline.resources import CONFIG; assert str(CONFIG).startswith({str(installed)!r}), CONFIG; "
        "from flows.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    for arguments in (["export", "--data", str(data), str(tmp_path / "release")], ["portals", "check"]):
        subprocess.run([sys.executable, "-P", "-c", code, *arguments], cwd=tmp_path, check=True)


def test_what_the_set_up_asks_python_can_be_answered() -> None:
    script = (ROOT / "scripts" / "setup").read_text(encoding="utf-8")
    imports = [line for line in script.splitlines() if line.startswith(("from ", "import "))]
    assert any("chromium" in line for line in imports)
    subprocess.run([sys.executable, "-c", "\n".join(imports)], cwd=ROOT, check=True)
