"""Addresses at a few bytes each behave as in a set and a dictionary."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.keys import Keys, Numbers

TEXTS = st.sampled_from(["", "a", "b", "年报", "年报1", "年报2"])


@given(st.lists(st.tuples(st.booleans(), TEXTS)))
def test_keys_hold_what_a_set_holds(steps: list[tuple[bool, str]]) -> None:
    keys, expected = Keys(), set[str]()
    for adds, text in steps:
        if adds:
            assert keys.add(text) == (text not in expected)
            expected.add(text)
        else:
            keys.discard(text)
            expected.discard(text)
        assert len(keys) == len(expected)
    assert all((text in keys) == (text in expected) for _, text in steps)


@given(st.sets(TEXTS), st.sets(TEXTS))
def test_keys_take_in_those_of_others(some: set[str], others: set[str]) -> None:
    keys = Keys(some)
    keys.merge(Keys(others))
    assert len(keys) == len(some | others)
    assert all(text in keys for text in some | others)


@given(st.lists(st.tuples(TEXTS, st.none() | st.integers(0, 2**40))))
def test_numbers_hold_what_a_dictionary_holds(steps: list[tuple[str, int | None]]) -> None:
    numbers, expected = Numbers(), dict[str, int]()
    for text, number in steps:
        if number is not None:
            numbers[text] = expected[text] = number
        elif text in expected:
            del numbers[text], expected[text]
        else:
            with pytest.raises(KeyError):
                del numbers[text]
    assert sorted(numbers.values()) == sorted(expected.values())
    assert all(numbers.get(text) == expected.get(text) for text, _ in steps)


def test_a_key_takes_less_than_ten_bytes_however_long_it_is() -> None:
    tracemalloc.start()
    try:
        keys = Keys(f"e.gov.cn/zwgk/xxgknb/202501/t20250120_{number}.html" for number in range(5000))
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(keys) == 5000
    assert taken < 10 * 5000
