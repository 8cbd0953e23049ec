"""Which pages' letters are what a reader sees there."""

import pytest

from pipeline.readers.layout.trust import PageKind, kind_of

HAN = "政府信息公开工作年度报告" * 20


def kind(text: str) -> PageKind:
    return kind_of([(letter, True) for letter in text], pictured=0.0, outlines=0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HAN + "2048", PageKind.TEXT),
        (HAN + "\uf0b7" * 5, PageKind.TEXT),  # marks of a list
        (HAN + "\ue001\ue002\ue003" * 5, PageKind.RUBBISH),  # digits of a font that does not name them
        ("\ue001" * 30, PageKind.RUBBISH),
    ],
)
def test_letters_for_private_use_are_figures_where_there_are_many(text: str, expected: PageKind) -> None:
    assert kind(text) is expected
