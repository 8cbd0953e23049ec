"""What can become of a print, by name; and when two things together leave nobody a way to know.

A defect spoils some of what a reader goes by and needs the rest. Where one spoils what another needs, the cells of the
sections it touches are unknowable: they must then be missing or doubted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.support.reports.printed import Printed

Change = Callable[[Printed, Random], Printed]

STAGES = ("shape", "labels", "columns", "rows", "years", "merging", "breaks")
WITH_TABLES = frozenset({"2021", "2019"})
EVERY_TABLE = WITH_TABLES | {"2014"}


@dataclass(frozen=True)
class Defect:
    name: str
    stage: str  # one defect of a stage at a time; stages follow one another
    change: Change
    forms: frozenset[str]
    sections: frozenset[int]  # that it touches
    needs: frozenset[str]  # header | labels | groups | order | count | structure
    spoils: frozenset[str]
    flowing: bool  # what no page or sheet shows: rows of too few cells, converters' marks, 28 columns


DEFECTS: dict[str, Defect] = {}


def defect(
    stage: str,
    *,
    forms: frozenset[str] = WITH_TABLES,
    sections: tuple[int, ...] = (3,),
    needs: str = "",
    spoils: str = "",
    flowing: bool = False,
) -> Callable[[Change], Change]:
    assert stage in STAGES

    def register(change: Change) -> Change:
        name = change.__name__
        faces = (frozenset(sections), frozenset(needs.split()), frozenset(spoils.split()))
        DEFECTS[name] = Defect(name, stage, change, forms, *faces, flowing)
        return change

    return register


def damaged(report: Printed, names: tuple[str, ...], chance: Random, spoiled: frozenset[str] = frozenset()) -> Printed:
    """`spoiled` is what the file's own layout leaves out already."""
    chosen = sorted((DEFECTS[name] for name in names), key=lambda one: STAGES.index(one.stage))
    for one in chosen:
        report = one.change(report, chance)
    for one in chosen:
        others = spoiled.union(*(other.spoils for other in chosen if other is not one))
        if one.needs & others:
            report = unknowable(report, one.sections)
    return report


def unknowable(report: Printed, sections: frozenset[int]) -> Printed:
    return report.with_tables(
        lambda table: table.map(lambda cell: replace(cell, knowable=False)) if table.section in sections else table
    )
