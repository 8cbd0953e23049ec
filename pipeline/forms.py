"""The statutory forms as data: what `config/forms/*.toml` says, read once and checked.

Reading, checking, the `items` table and the codebook all come from here; a new form is a new file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import ConfigError
from pipeline.resources import CONFIG

Axes = Literal["row_column", "row_applicant", "column", "row"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FormSection(_Strict):
    number: int
    heading: str
    also: tuple[str, ...] = ()


class Applicant(_Strict):
    code: str
    label_zh: str
    label_en: str
    path: tuple[str, ...]
    also: tuple[str, ...] = ()
    sum: bool = False  # the column that sums the others


class Table(_Strict):
    id: str
    section: int
    title_zh: str
    axes: Axes


class Item(_Strict):
    item: str
    table: str
    label_zh: str
    label_en: str
    unit: str
    marker: str = ""  # the printed number before the label: 一、 （二） 3.
    row: tuple[str, ...] = ()
    column: tuple[str, ...] | str = ()
    also: tuple[str, ...] = ()

    @property
    def column_path(self) -> tuple[str, ...]:
        return (self.column,) if isinstance(self.column, str) else self.column


class SumRule(_Strict):
    rule: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    per_applicant: bool = False


class Alternative(_Strict):
    one: tuple[str, ...]
    other: tuple[str, ...]


class CarriedOver(_Strict):
    this_year: str
    last_year: str


class Continuity(_Strict):
    stock: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]


class NarrativeRule(_Strict):
    rule: str
    metric: str
    items: tuple[str, ...]
    applicant: str | None = None


class Form(_Strict):
    form: str
    name_zh: str
    name_en: str
    from_year: int
    sections: tuple[FormSection, ...]
    applicants: tuple[Applicant, ...]
    tables: tuple[Table, ...]
    items: tuple[Item, ...]
    sums: tuple[SumRule, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    carried_over: tuple[CarriedOver, ...] = ()
    continuity: tuple[Continuity, ...] = ()
    narrative: tuple[NarrativeRule, ...] = Field(default=())

    @model_validator(mode="after")
    def _codes_exist(self) -> Form:
        known = {item.item for item in self.items}
        named = [code for rule in self.sums for code in rule.left + rule.right]
        named += [code for pair in self.alternatives for code in pair.one + pair.other]
        named += [code for link in self.carried_over for code in (link.this_year, link.last_year)]
        named += [code for link in self.continuity for code in (link.stock, *link.plus, *link.minus)]
        named += [code for rule in self.narrative for code in rule.items]
        unknown = sorted(set(named) - known)
        if unknown:
            raise ValueError(f"rules name items that the form does not have: {', '.join(unknown)}")
        tables = {table.id for table in self.tables}
        stray = sorted({item.table for item in self.items} - tables)
        if stray:
            raise ValueError(f"items name unknown tables: {', '.join(stray)}")
        return self

    def table_of(self, item: Item) -> Table:
        return next(table for table in self.tables if table.id == item.table)

    def table_of_id(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)

    def items_of(self, table_id: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.table == table_id)

    def per_applicant(self, item: Item) -> bool:
        return self.table_of(item).axes == "row_applicant"

    def not_expected(self, printed: Set[tuple[str, str | None]], applicant: str | None) -> set[str]:
        """Items that need not be printed because their alternative is. Where both are, the parts count, not their
        sum."""
        anywhere = {item for item, _ in printed}
        spare: set[str] = set()
        for pair in self.alternatives:
            if all((item, applicant) in printed for item in pair.other):
                spare |= set(pair.one)
            elif all((item, applicant) in printed for item in pair.one):
                spare |= set(pair.other)
            else:
                spare |= set(pair.other if anywhere & set(pair.one) and not anywhere & set(pair.other) else pair.one)
        return spare

    @property
    def sum_applicant(self) -> str | None:
        return next((applicant.code for applicant in self.applicants if applicant.sum), None)


def load_form(path: Path) -> Form:
    try:
        return Form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: {error}") from error


@lru_cache(maxsize=1)
def forms() -> Mapping[str, Form]:
    """All forms by code, newest first."""
    loaded = [load_form(path) for path in (CONFIG / "forms").glob("[0-9]*.toml")]
    return {form.form: form for form in sorted(loaded, key=lambda form: -form.from_year)}
