import random
from decimal import Decimal

from pipeline.checks.signature import KEPT, common_share, may_share, signature


def text_of(letters: list[str]) -> str:
    return "".join(letters)


def exact(one: str, two: str) -> float:
    first, second = ({text[at : at + 6] for at in range(len(text) - 5)} for text in (one, two))
    return len(first & second) / len(first | second)


def test_the_estimate_is_right_to_a_tenth_whatever_the_share() -> None:
    random.seed(7)
    letters = [chr(0x4E00 + random.randrange(2000)) for _ in range(3000)]
    errors = []
    for changed in (0, 3, 10, 30, 60, 120, 300, 1000):
        other = list(letters)
        for place in random.sample(range(len(other)), changed):
            other[place] = "甲"
        one, two = text_of(letters), text_of(other)
        first, second = signature(one), signature(two)
        assert first is not None and second is not None
        share = common_share(first, second)
        assert may_share(first, second, share - Decimal("0.01"))
        errors.append(abs(float(share) - exact(one, two)))
    assert max(errors) < 0.1
    assert sum(errors) / len(errors) < 0.04


def test_numbers_blanks_and_punctuation_do_not_count() -> None:
    text = "公开政府信息" * 5 + text_of([chr(0x4E00 + place) for place in range(200)])
    spaced = "，".join(text[at : at + 9] for at in range(0, len(text), 9)) + "2024年 12 条".replace("年", "").replace(
        "条", ""
    )
    one, two = signature(text), signature(spaced)
    assert one is not None and two is not None
    assert common_share(one, two) == Decimal(1)


def test_a_signature_is_the_same_every_time_and_small() -> None:
    text = text_of([chr(0x4E00 + place % 700) for place in range(5000)])
    one, two = signature(text), signature(text)
    assert one is not None and two is not None
    assert one == two
    assert len(one) == KEPT
    assert sorted(one)[:3] == [1397787, 12210590, 12586862]


def test_a_short_text_has_none() -> None:
    assert signature("公开" * 74) is None
    assert signature("") is None
