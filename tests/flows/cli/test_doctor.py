from __future__ import annotations

from pathlib import Path

from tests.support.command import nianbao


def test_the_doctor_names_what_is_broken_and_how_to_mend_it(published: Path, tmp_path: Path) -> None:
    assert "warehouse: 1 reports" in nianbao("doctor", "--data", published).stdout
    (tmp_path / "file").write_text("")
    ill = nianbao("doctor", "--data", tmp_path / "file")
    assert ill.returncode == 1
    assert "FAIL 数据目录 data folder" in ill.stdout
