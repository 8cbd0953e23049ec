"""Whatever is doubtful says why, in documents of every format with everything that can be wrong with them."""

from __future__ import annotations

import pytest

from pipeline.extract import extract
from pipeline.extract.facts import SURE
from pipeline.readers import read
from tests.support.reports.making import make
from tests.support.reports.options import choose


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_a_doubtful_fact_says_why_and_a_sure_one_nothing(first: int) -> None:
    made = [make(choose(seed)) for seed in range(first, first + 10)]
    facts = [fact for one in made for fact in extract(read(one.body, one.name)).facts]
    assert any(fact.confidence < SURE for fact in facts)
    assert [fact for fact in facts if (fact.confidence < SURE) != bool(fact.reason)] == []
