"""How an office writes a number into a cell, and what that print is as a value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from pipeline.model import ValueKind

_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_KINDS = {"": ValueKind.BLANK, "无": ValueKind.NONE}
_IN_WAN = ("fees.amount", "request_fees.amount", "organisation.budget")
_IN_YUAN = ("procurement.amount",)


@dataclass(frozen=True)
class Hand:
    """One office's way of writing numbers."""

    zeros: tuple[str, ...] = ("0",)
    thousands: str = ""  # the separator
    full_width: bool = False
    counted: str = ""  # 件 behind every count
    money: str = ""  # "" | 元 | 万元: the unit written into cells of money
    wan: bool = False  # 1.2万 for round large counts
    padded: bool = False
    words: bool = False  # now and then 不涉及 for a figure


HANDS: dict[str, Hand] = {
    "plain": Hand(),
    "blank zeros": Hand(zeros=("",)),
    "dashes": Hand(zeros=("-", "—", "/", "——")),
    "none": Hand(zeros=("无",)),
    "mixed zeros": Hand(zeros=("0", "", "/", "无", "0")),
    "thousands": Hand(thousands=","),
    "full-width": Hand(full_width=True, thousands=""),
    "counted": Hand(counted="件"),
    "yuan": Hand(money="元"),
    "wan yuan": Hand(money="万元"),
    "wan": Hand(wan=True),
    "padded": Hand(padded=True),
    "words": Hand(words=True),
}


@dataclass(frozen=True)
class Figure:
    text: str
    kind: ValueKind
    value: Decimal | None


def write(chance: Random, hand: Hand, item: str, value: Decimal) -> Figure:
    if hand.words and chance.random() < 0.03:
        return Figure(chance.choice(("不涉及", "详见附件", "暂无数据")), ValueKind.TEXT, None)
    if value == 0:
        zero = chance.choice(hand.zeros)
        kind = ValueKind.NUMBER if zero == "0" else _KINDS.get(zero, ValueKind.DASH)
        text = zero.translate(_FULL_WIDTH) if hand.full_width and zero == "0" else zero
        return Figure(text, kind, Decimal(0) if kind is ValueKind.NUMBER else None)
    return Figure(_written(chance, hand, item, value), ValueKind.NUMBER, value)


def _written(chance: Random, hand: Hand, item: str, value: Decimal) -> str:
    is_money = item in _IN_WAN + _IN_YUAN
    if is_money and hand.money:
        in_yuan = value * 10_000 if item in _IN_WAN else value
        amount = in_yuan if hand.money == "元" else in_yuan / 10_000
        return f"{_plain(amount)}{hand.money}"
    if hand.wan and not is_money and value >= 10_000 and value % 100 == 0:
        return f"{_plain(value / 10_000)}万"
    text = f"{value.normalize():,f}" if hand.thousands else _plain(value)
    text = text.translate(_FULL_WIDTH) if hand.full_width else text
    if hand.counted and not is_money and value > 0 and not item.endswith(".change"):
        text += hand.counted
    return f" {text}\u00a0" if hand.padded and chance.random() < 0.5 else text


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
