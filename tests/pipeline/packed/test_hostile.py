"""Whatever bytes an archive has, opening it gives members or one reason why not, within bounds."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.packed import Member, member_body, members, missing_tools
from tests.support.archives import rar4_of, rar5_of, zip_of

FILES = {"教育局/年报.txt": "一、总体情况".encode() * 20, "b.docx": b"PK\x03\x04" + bytes(200), "c": b"\x00" * 500}
ZIP = zip_of(FILES)
RARS = (rar4_of(FILES), rar5_of(FILES))


def opened(body: bytes) -> None:
    found: tuple[Member, ...] = ()
    with contextlib.suppress(UnreadableDocument):
        found = members(body)
    for member in found:
        assert bool(member.error) != bool(member.sha256)
        with contextlib.suppress(UnreadableDocument):
            assert len(member_body(body, [member.place])) == member.bytes


def damaged(body: bytes, where: int, noise: bytes) -> bytes:
    at = where % len(body)
    return body[:at] + noise + body[at + len(noise) :]


@given(st.integers(0, 2**20), st.binary(min_size=1, max_size=30))
@settings(max_examples=120, deadline=None)
def test_damaged_zips(where: int, noise: bytes) -> None:
    opened(damaged(ZIP, where, noise))


@pytest.mark.skipif(bool(missing_tools()), reason="unar is not installed")
@given(st.sampled_from(RARS), st.integers(0, 2**20), st.binary(min_size=1, max_size=30))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_rars(body: bytes, where: int, noise: bytes) -> None:
    opened(damaged(body, where, noise))
