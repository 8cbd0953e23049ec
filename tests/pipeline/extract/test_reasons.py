"""Whatever is doubtful says why."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.extract.facts import SURE
from pipeline.readers import read
from tests.support.reports.making import make
from tests.support.reports.options import choose


@pytest.mark.slow
def test_a_doubtful_fact_says_why_and_a_sure_one_nothing() -> None:
    made = [make(choose(seed, formats=("html", "docx", "text"))) for seed in range(8)]
    facts = [fact for one in made for fact in extract(read(one.body, one.name)).facts]
    assert any(fact.confidence < SURE for fact in facts)
    assert [fact for fact in facts if (fact.confidence < SURE) != bool(fact.reason)] == []
