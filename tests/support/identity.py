"""Who a printed name is, where some authority has to be."""

from __future__ import annotations

from pipeline.identity import Context, authority_of
from pipeline.model import Authority

NOWHERE = Context()


def who(name: str, context: Context = NOWHERE) -> Authority:
    found = authority_of(name, context=context)
    assert found is not None, name
    return found
