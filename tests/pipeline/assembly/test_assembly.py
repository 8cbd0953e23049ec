"""What becomes of documents that give no report, and what the user's word overrides."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pipeline.archive import ArchiveWriter
from pipeline.assembly import Assembly, assemble
from pipeline.extraction import ExtractSettings, ExtractStore, extract_one
from pipeline.ingest import ingest_files
from pipeline.model import Kind, Outcome, Overrides, Snapshot
from tests.support.gold import sample_document

SETTINGS = ExtractSettings("never")
REPORT = sample_document("longde-gaj-2024", "html")


def assembled(folder: Path, files: list[Path], *more: Snapshot, overrides: Overrides | None = None) -> Assembly:
    with ArchiveWriter(folder / "archive", "run") as archive:
        snapshots = [*ingest_files(files, archive=archive, run_id="run", overrides=overrides), *more]
    for snapshot in snapshots:
        extract_one(folder / "archive", folder / "extracts", SETTINGS, snapshot)
    return assemble(snapshots, ExtractStore(folder / "extracts", SETTINGS), {})


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("隆德县公安局2024年政府信息公开工作年度报告", Outcome.FAILED),
        ("关于召开工作会议的通知", Outcome.NOT_A_REPORT),
    ],
    ids=["announced", "something else"],
)
def test_an_announced_report_whose_attachment_cannot_be_had_has_failed(
    tmp_path: Path, title: str, outcome: Outcome
) -> None:
    page = tmp_path / f"{title}.html"
    page.write_text(f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>见附件。</p></body></html>")
    with ArchiveWriter(tmp_path / "archive", "look") as archive:
        (snapshot,) = ingest_files([page], archive=archive, run_id="run")
    attachment = replace(
        snapshot,
        url="http://portal.example/a.pdf",
        kind=Kind.ATTACHMENT,
        page_url=snapshot.url,
        archived=None,
        title="附件",
        error="dead: refused",
    )
    found = assembled(tmp_path, [page], attachment)
    assert found.reports == ()
    by_url = {record.snapshot.url: record for record in found.documents}
    assert by_url[snapshot.url].outcome is outcome
    assert ("refused" in by_url[snapshot.url].reason) == (outcome is Outcome.FAILED)
    assert by_url[attachment.url].reason == "dead: refused"


def test_the_province_that_the_user_names_goes_before_what_the_document_says(tmp_path: Path) -> None:
    found = assembled(tmp_path, [REPORT], overrides=Overrides(province="620000"))
    assert [report.province for report in found.reports] == ["620000"]


def test_an_authority_that_the_user_names_and_whose_place_nobody_knows_is_named(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(REPORT.read_text("utf-8").replace("隆德县", ""), "utf-8")
    found = assembled(tmp_path, [file], overrides=Overrides(authority="鼓楼区公安局"))
    assert found.reports == ()
    assert "鼓楼区公安局" in found.documents[0].reason


def test_what_a_reader_could_not_do_stands_with_the_document(tmp_path: Path) -> None:
    body = _pdf_with_a_picture_page(
        sample_document("gaoqing-gaj-2024", "pdf"), sample_document("gaoqing-gaj-2024", "scan.pdf")
    )
    (tmp_path / "高青县公安局2024年政府信息公开工作年度报告.pdf").write_bytes(body)
    with ArchiveWriter(tmp_path / "archive", "test") as archive:
        snapshots = list(ingest_files(list(tmp_path.glob("*.pdf")), archive=archive, run_id="test"))
    never = ExtractSettings(ocr="never")
    for snapshot in snapshots:
        extract_one(tmp_path / "archive", tmp_path / "extracts", never, snapshot)
    (document,) = assemble(snapshots, ExtractStore(tmp_path / "extracts", never), {}).documents
    assert document.outcome is Outcome.LOADED
    assert "OCR is off" in document.reason


def _pdf_with_a_picture_page(born_digital: Path, scan: Path) -> bytes:
    merged = pypdfium2.PdfDocument(born_digital)
    merged.import_pages(pypdfium2.PdfDocument(scan), pages=[0])
    stream = io.BytesIO()
    merged.save(stream)
    return stream.getvalue()
