"""A release as a whole: sums that check, metadata that tell of it, what changed, and a folder that appears whole."""

from __future__ import annotations

import csv
import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
import yaml

from pipeline import warehouse
from pipeline.errors import WarehouseError
from pipeline.forms import forms
from pipeline.warehouse import Scope
from pipeline.warehouse.documentation import relations
from pipeline.warehouse.release.contents import KEYS
from pipeline.warehouse.release.draft import drafted
from tests.pipeline.warehouse.conftest import Load
from tests.pipeline.warehouse.synthetic import make_report, rows
from tests.support.stata_files import read_stata

Release = Callable[[str], Path]

FORMATS = warehouse.FORMATS


def package(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return loaded


# --- what lies in it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_the_sums_check_and_cover_every_file(release: Release, format: str) -> None:
    folder = release(format)
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
    named = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    lying = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert lying - named == {"SHA256SUMS"}
    assert {"codebook.md", "codebook.xlsx", "datapackage.json", "croissant.json", "CITATION.cff"} <= named


@pytest.mark.parametrize("format", FORMATS)
def test_the_data_package_tells_of_every_data_file_with_the_fields_that_are_there(
    release: Release, format: str
) -> None:
    folder = release(format)
    described = package(folder)["resources"]
    data = {path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*") if path.is_file()}
    assert {resource["path"] for resource in described} == data
    assert len({resource["name"] for resource in described}) == len(described)
    for resource in described:
        schema = resource["schema"]
        if isinstance(schema, str):
            schema = json.loads((folder / schema).read_text("utf-8"))
        assert [field["name"] for field in schema["fields"]] == heading(folder, resource)
        assert all(field["title"] and field["description"] for field in schema["fields"])


def heading(folder: Path, resource: dict[str, Any]) -> list[str]:
    path = folder / resource["path"]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return next(csv.reader(stream))
    if path.suffix == ".dta":
        return read_stata(path).names
    if path.suffix == ".parquet":
        return list(pyarrow.parquet.read_schema(path).names)
    sheet = openpyxl.load_workbook(path, read_only=True)[resource["dialect"]["excel"]["sheet"]]
    return [str(cell) for cell in next(sheet.iter_rows(values_only=True))]


def test_keys_and_references_stand_in_the_data_package(release: Release) -> None:
    schemas = {resource["name"]: resource["schema"] for resource in package(release("csv"))["resources"]}
    assert {name: tuple(schema["primaryKey"]) for name, schema in schemas.items() if "primaryKey" in schema} == KEYS
    assert schemas["facts"]["foreignKeys"] == [
        {"fields": ["report_id"], "reference": {"resource": "reports", "fields": ["report_id"]}}
    ]
    assert schemas["facts"]["missingValues"] == [""]
    kinds = {field["name"]: field["type"] for field in schemas["facts"]["fields"]}
    assert (kinds["province"], kinds["year"], kinds["value"], kinds["bbox"]) == ("string", "integer", "number", "array")


def test_croissant_names_every_file_with_its_hash(release: Release) -> None:
    folder = release("csv")
    told = json.loads((folder / "croissant.json").read_text("utf-8"))
    sums = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {one["contentUrl"]: one["sha256"] for one in told["distribution"]}
    assert files == {path: digest for path, digest in sums.items() if path.startswith("data/")}
    assert {one["name"] for one in told["recordSet"]} == {Path(path).stem for path in files}


def test_the_codebook_explains_every_column_and_item_in_both_languages(release: Release) -> None:
    folder = release("dta")
    text = (folder / "codebook.md").read_text("utf-8")
    for relation in relations():
        if (folder / "data" / f"{relation.name}.dta").exists():
            for column in relation.columns:
                assert f"| {relation.name} | {column.name} | {column.type} |" in text
    for form in forms().values():
        for item in form.items:
            assert f"| {item.item} | {item.label_zh} | {item.label_en} | {item.unit} |" in text
    assert "outcome_unavailable_needs_creati" in text  # under which name Stata has it
    book = openpyxl.load_workbook(folder / "codebook.xlsx")
    assert text.count("\n| ") - 2 * (len(book.sheetnames) - 1) == sum(
        sheet.max_row - 1 for sheet in book if sheet.title != "release"
    )


def test_the_citation_is_of_the_data_set_in_this_version(release: Release) -> None:
    cited = yaml.safe_load((release("csv") / "CITATION.cff").read_text("utf-8"))
    assert cited["type"] == "dataset"
    assert cited["version"] == package(release("csv"))["version"]
    assert cited["version"].startswith("2026.3.1+")


def test_the_same_data_make_the_same_files(held: Path, release: Release, tmp_path: Path) -> None:
    warehouse.export(held, tmp_path / "again", format="xlsx")
    assert (tmp_path / "again" / "SHA256SUMS").read_text() == (release("xlsx") / "SHA256SUMS").read_text()


# --- scope and changes -----------------------------------------------------------------------------------


def test_only_the_province_and_year_that_are_asked_for(held: Path, tmp_path: Path) -> None:
    made = warehouse.export(held, tmp_path / "one", format="csv", scope=Scope(("640000",), (2024,)))
    assert made.reports == 2
    for name in ("reports", "facts", "checks", "series", "coverage"):
        with (tmp_path / "one" / "data" / f"{name}.csv").open(encoding="utf-8-sig") as stream:
            assert {(row["province"], row["year"]) for row in csv.DictReader(stream)} == {("640000", "2024")}, name


def test_a_scope_without_reports_is_a_mistake(held: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="nothing to export"):
        warehouse.export(held, tmp_path / "none", scope=Scope(("110000",), ()))
    assert list(tmp_path.iterdir()) == []


def test_what_changed_since_the_previous_release_is_listed(load: Load, tmp_path: Path) -> None:
    load([rows(make_report(1, 2023)), rows(make_report(1, 2024)), rows(make_report(2, 2024))])
    first = warehouse.export(tmp_path, tmp_path / "first", format="csv")
    assert first.changes is None
    load([rows(make_report(1, 2024, facts=make_report(9, 2024).facts)), rows(make_report(3, 2024))])
    second = warehouse.export(tmp_path, tmp_path / "second", format="parquet", previous=tmp_path / "first")
    assert second.version != first.version
    assert second.changes is not None
    assert (second.changes.added, second.changes.corrected, second.changes.gone) == (1, 1, 0)
    with (tmp_path / "second" / "changes.csv").open() as stream:
        found = {row["report_id"]: row for row in csv.DictReader(stream)}
    assert {name: row["change"] for name, row in found.items()} == {
        "640000-00001-2024": "corrected",
        "640000-00003-2024": "added",
    }
    assert (found["640000-00001-2024"]["version_before"], found["640000-00001-2024"]["version_now"]) == ("1", "2")
    part = warehouse.export(
        tmp_path, tmp_path / "part", scope=Scope((), (2023,)), previous=tmp_path / "second", format="csv"
    )
    assert part.changes is not None and (part.changes.added, part.changes.gone) == (0, 0)


def test_a_previous_release_that_is_none_is_named(held: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="not a release"):
        warehouse.export(held, tmp_path / "new", format="csv", previous=tmp_path)
    assert not (tmp_path / "new").exists()


# --- whole or not there ----------------------------------------------------------------------------------


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    with pytest.raises(WarehouseError, match="not empty"), drafted(tmp_path / "mine"):
        raise AssertionError("not reached")
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with drafted(tmp_path / "empty") as draft:
        (draft / "file").write_text("x")
        assert list((tmp_path / "empty").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert (tmp_path / "empty" / "file").exists()


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), drafted(tmp_path / "out") as draft:
        (draft / "file").write_text("x")
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".out.draft" / "data").mkdir(parents=True)
    (tmp_path / ".out.draft" / "data" / "half.csv").write_text("x")
    with drafted(tmp_path / "out") as draft:
        (draft / "file").write_text("x")
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["file"]


def test_two_writers_of_one_folder_do_not_mix(tmp_path: Path) -> None:
    draft = tmp_path / ".out.draft"
    draft.mkdir()
    (draft / "file").write_text("of the other")
    handle = os.open(draft, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(WarehouseError, match="another process"), drafted(tmp_path / "out"):
        raise AssertionError("not reached")
    os.close(handle)
    assert (draft / "file").exists()


def test_an_export_writes_nothing_into_the_data_folder(held: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(held / "nianbao.duckdb", data)
    warehouse.export(data, tmp_path / "out", format="csv")
    assert [path.name for path in data.iterdir()] == ["nianbao.duckdb"]
