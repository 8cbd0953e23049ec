"""Which reports an archive of files gives, and what becomes of the files and of the archive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pipeline.assembly import Assembly, assemble
from pipeline.model import Kind, Outcome
from tests.support.archives import Files, zip_of
from tests.support.gold import sample_document, seed_text
from tests.support.unpacking import ingested, read_all, store_in

GAOQING = sample_document("gaoqing-gaj-2024", "html").read_bytes()
LONGDE = sample_document("longde-gaj-2024", "html").read_bytes()


def assembled(folder: Path, files: Files, page: bytes = b"") -> Assembly:
    """Of an archive with these files; hanging on a page, if there is one."""
    (folder / "年报.zip").write_bytes(zip_of(files))
    (archive,) = ingested(folder, [folder / "年报.zip"])
    snapshots = [archive]
    if page:
        (folder / "page.html").write_bytes(page)
        (on,) = ingested(folder, [folder / "page.html"])
        snapshots = [on, replace(archive, kind=Kind.ATTACHMENT, page_url=on.url)]
    return assemble(read_all(folder, snapshots), store_in(folder), {})


def outcomes(assembly: Assembly) -> dict[str, Outcome]:
    return {record.snapshot.url.rpartition("/")[2]: record.outcome for record in assembly.documents}


def test_reports_of_several_bodies_are_reports_of_their_own(tmp_path: Path) -> None:
    found = assembled(tmp_path, {"甲.html": GAOQING, "乙.html": LONGDE, "说明.txt": "各部门年报汇总".encode()})
    assert {report.authority.name for report in found.reports} == {"高青县公安局", "隆德县公安局"}
    assert all(len(report.facts) == 200 for report in found.reports)
    assert {report.source.file_url.rpartition("#")[2] for report in found.reports} == {"甲.html", "乙.html"}
    by_name = outcomes(found)
    assert by_name.pop("%E5%B9%B4%E6%8A%A5.zip#说明.txt") is Outcome.NOT_A_REPORT
    assert set(by_name.values()) == {Outcome.LOADED}
    assert len(found.documents) == 4


def test_reports_of_two_years_are_two(tmp_path: Path) -> None:
    earlier = GAOQING.replace(b"2024", b"2023")
    found = assembled(tmp_path, {"a.html": GAOQING, "b.html": earlier})
    assert sorted(report.year for report in found.reports) == [2023, 2024]


def test_the_same_report_in_two_formats_is_one(tmp_path: Path) -> None:
    text = seed_text("gaoqing-gaj-2024").read_bytes()
    found = assembled(tmp_path, {"a.html": GAOQING, "a.txt": text})
    assert len(found.reports) == 1
    assert sorted(outcomes(found).values()) == [Outcome.DUPLICATE, Outcome.LOADED, Outcome.LOADED]


def test_the_report_is_picked_from_among_other_files(tmp_path: Path) -> None:
    found = assembled(tmp_path, {"封面.txt": "封面".encode(), "正文.html": GAOQING, "样式.css": b"p{}"})
    (report,) = found.reports
    assert report.authority.name == "高青县公安局"
    assert report.source.file_url.endswith("#正文.html")


def test_a_guide_beside_the_report_gives_it_nothing(tmp_path: Path) -> None:
    guide = "<html><head><title>高青县公安局政府信息公开指南</title></head><body><h1>高青县公安局政府信息公开指南</h1>"
    guide += f"<p>{'为了更好地提供政府信息公开服务，本局编制了指南。' * 40}</p></body></html>"
    alone = assembled(tmp_path, {"正文.html": GAOQING}).reports
    (tmp_path / "beside").mkdir()
    found = assembled(tmp_path / "beside", {"1指南.html": guide.encode(), "正文.html": GAOQING})
    assert [report.sections for report in found.reports] == [report.sections for report in alone]
    by_name = {name.rpartition("#")[2]: outcome for name, outcome in outcomes(found).items()}
    assert by_name.pop("1指南.html") is Outcome.NOT_A_REPORT
    assert set(by_name.values()) == {Outcome.LOADED}


def test_a_single_report_belongs_to_the_page_that_the_archive_hangs_on(tmp_path: Path) -> None:
    title = "高青县公安局2024年政府信息公开工作年度报告"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>全文见附件。</p></body></html>"
    found = assembled(tmp_path, {"正文.html": GAOQING}, page.encode())
    (report,) = found.reports
    assert report.source.page_url.endswith("page.html")
    assert set(outcomes(found).values()) == {Outcome.LOADED}


def test_an_announced_report_in_an_archive_that_cannot_be_opened_has_failed(tmp_path: Path) -> None:
    title = "高青县公安局2024年政府信息公开工作年度报告"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>全文见附件。</p></body></html>"
    body = zip_of({"正文.html": GAOQING})
    (tmp_path / "page.html").write_text(page)
    (tmp_path / "年报.zip").write_bytes(body[: len(body) // 2])
    on, archive = ingested(tmp_path, [tmp_path / "page.html", tmp_path / "年报.zip"])
    attached = replace(archive, kind=Kind.ATTACHMENT, page_url=on.url)
    found = assemble(read_all(tmp_path, [on, attached]), store_in(tmp_path), {})
    assert found.reports == ()
    assert all(record.outcome is Outcome.FAILED and "ZIP" in record.reason for record in found.documents)


def test_an_archive_of_anything_else_is_no_report(tmp_path: Path) -> None:
    found = assembled(tmp_path, {"通知.txt": "关于开会的通知".encode()})
    assert found.reports == ()
    assert set(outcomes(found).values()) == {Outcome.NOT_A_REPORT}


def test_archives_in_the_archive_have_an_outcome_too(tmp_path: Path) -> None:
    found = assembled(tmp_path, {"内.zip": zip_of({"a.html": GAOQING}), "b.html": LONGDE})
    assert len(found.reports) == 2
    assert len(found.documents) == 4
    assert set(outcomes(found).values()) == {Outcome.LOADED}
