"""Archives of files through a whole ingest: every report in them is published, and every file is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.ingesting import ingest
from flows.progress import PlainProgress
from flows.publishing import NothingFound
from flows.request import PassRequest
from pipeline import warehouse
from pipeline.model import Overrides
from pipeline.packed import missing_tools
from tests.support.archives import rar5_of, zip_of
from tests.support.gold import sample_document

GAOQING, LONGDE, ZHONGWEI = (
    sample_document(slug, "html").read_bytes() for slug in ("gaoqing-gaj-2024", "longde-gaj-2024", "zhongwei-gaj-2024")
)


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    return list(warehouse.query(data, sql).rows)


@pytest.mark.slow
@pytest.mark.skipif(bool(missing_tools()), reason="unar is not installed")
def test_every_report_in_an_archive_is_published(tmp_path: Path) -> None:
    file, data = tmp_path / "全县.zip", tmp_path / "data"
    file.write_bytes(zip_of({
        "公安/高青.html": GAOQING,
        "公安/隆德.rar": rar5_of({"隆德.html": LONGDE, "说明.txt": "无关的说明".encode()}),
        "坏.zip": zip_of({"a.html": ZHONGWEI})[:-30],
    }))  # fmt: skip
    result = ingest([file], PassRequest(data, workers=1), Overrides(), PlainProgress())
    assert result.record.new == 2
    assert rows(data, "SELECT count(*) FROM facts") == [(400,)]
    assert set(rows(data, "SELECT regexp_extract(url, '[^#]*$'), outcome FROM documents")) == {
        (file.as_uri(), "loaded"),
        ("公安/高青.html", "loaded"),
        ("公安/隆德.rar", "loaded"),
        ("公安/隆德.rar/隆德.html", "loaded"),
        ("公安/隆德.rar/说明.txt", "not_a_report"),
        ("坏.zip", "failed"),
    }
    (reason,) = rows(data, "SELECT reason FROM documents WHERE outcome = 'failed'")
    assert "ZIP" in str(reason[0])
    assert rows(data, "SELECT count(DISTINCT sha256) FROM documents") == [(6,)]


def test_an_archive_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "年报.rar"
    file.write_bytes(rar5_of({"a.html": GAOQING}, archive_flags=1))
    with pytest.raises(NothingFound, match="分卷"):
        ingest([file], PassRequest(tmp_path / "data", workers=1), Overrides(), PlainProgress())
