"""The hand-checked values of real reports, and how far facts agree with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.model import Fact
from pipeline.resources import SAMPLE

SEEDS = {
    "gaoqing-gaj-2024": "高青县公安局2024",
    "huaiyuan-gaj-2024": "怀远县公安局2024",
    "longde-gaj-2024": "隆德县公安局2024",
    "shizuishan-gaj-2022": "石嘴山市公安局2022",
    "zhongwei-gaj-2024": "中卫市公安局2024",
}
HONGZE = Path(__file__).parent.parent / "fixtures" / "hongze" / "hongze-2023.pdf"

CellKey = tuple[str, str | None]


@dataclass(frozen=True)
class Gold:
    data: dict[str, Any]

    @property
    def cells(self) -> dict[CellKey, Decimal]:
        return {(fact["item"], fact["applicant"]): Decimal(str(fact["value"])) for fact in self.data["facts"]}

    def differences(self, facts: Iterable[Fact]) -> list[str]:
        """Every cell that is wrong, missing or invented, in words."""
        got = {(fact.item, fact.applicant): fact for fact in facts}
        wanted = self.cells
        lines = [f"missing {key}" for key in wanted if key not in got]
        lines += [f"invented {key}: {fact.raw}" for key, fact in got.items() if key not in wanted]
        lines += [
            f"wrong {key}: {got[key].raw!r} is not {value}"
            for key, value in wanted.items()
            if key in got and got[key].amount != value
        ]
        return lines


def gold_of(slug: str) -> Gold:
    return _load(SAMPLE / "seeds" / f"{SEEDS[slug]}.gold.json")


def gold_of_hongze() -> Gold:
    return _load(HONGZE.with_suffix(".gold.json"))


def seed_text(slug: str) -> Path:
    return SAMPLE / "seeds" / f"{SEEDS[slug]}.txt"


def sample_document(slug: str, ending: str) -> Path:
    return SAMPLE / "documents" / f"{slug}.{ending}"


def _load(path: Path) -> Gold:
    return Gold(json.loads(path.read_text(encoding="utf-8")))
