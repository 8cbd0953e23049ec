"""The kinds of bodies."""

from __future__ import annotations

from pipeline.identity.departments import departments


def test_every_department_has_one_code_and_titles_in_two_languages() -> None:
    kinds = departments()
    assert len(kinds.codes) == len(set(kinds.codes)) >= 60
    assert {"public_security", "government", "education", "finance", "market_regulation"} <= set(kinds.codes)
    assert all(one.zh and one.en and one.names for one in kinds.department)
