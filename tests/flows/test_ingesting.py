"""A pass over local files, as far as it differs from a nightly one."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.ingesting import ingest
from flows.progress import LogProgress
from flows.request import PassRequest
from pipeline import extraction
from pipeline.errors import NianbaoError
from pipeline.model import Overrides
from tests.support.gold import seed_text


@pytest.mark.timeout(60)
def test_an_update_of_the_program_meanwhile_ends_the_pass_with_a_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workers, started later, are of another version than we are: what they read lies where we do not look."""
    monkeypatch.setattr(extraction, "extractor_version", lambda: "earlier")
    with pytest.raises(NianbaoError, match="updated meanwhile"):
        ingest([seed_text("longde-gaj-2024")], PassRequest(tmp_path / "data"), Overrides(), LogProgress())
