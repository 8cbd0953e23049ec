"""What is chosen for one document; everything else follows from the seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.support.reports.defects import DEFECTS, Defect
from tests.support.reports.facts import PROFILES
from tests.support.reports.figures import HANDS
from tests.support.reports.formats import BORN_DIGITAL, FORMATS
from tests.support.reports.narrative import HEADING_STYLES
from tests.support.reports.tables import SECTION_2_LAYOUTS, SECTION_4_LAYOUTS

FORMS = ("2021", "2021 undivided", "2019", "2014", "narrative")


@dataclass(frozen=True)
class Options:
    seed: int
    format: str = "html"
    style: str = ""
    form: str = "2021"
    profile: str = "busy"
    hand: str = "plain"
    section_2: str = "one"
    section_4: str = "one"
    headings: str = "comma"
    narrative_agrees: bool = True
    wrong_sum: bool = False
    defects: tuple[str, ...] = ()

    @property
    def statutory(self) -> str:
        return self.form.split()[0]

    @property
    def command(self) -> str:
        """What writes this document."""
        settings = [f"--set '{name}={_written(value)}'" for name, value in _different(self)]
        return " ".join(["python -m tests.support.reports --plain --out DIR --seed", str(self.seed), *settings])

    @property
    def topic(self) -> str:
        return " ".join(f"{name}={value}" for name, value in _different(self))

    def __str__(self) -> str:
        return f"seed={self.seed} {self.topic}"


def _different(options: Options) -> list[tuple[str, object]]:
    plain = Options(options.seed)
    names = ("format", "style", "form", "profile", "hand", "section_2", "section_4", "headings", "narrative_agrees",
             "wrong_sum", "defects")  # fmt: skip
    return [(name, getattr(options, name)) for name in names if getattr(options, name) != getattr(plain, name)]


def _written(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


# Where nothing parts the columns and heads alone name the figures, wrapped heads run into each other: they are not
# read, and every cell is missing.
_HEADS_RUN_TOGETHER = frozenset({"no lines", "horizontal lines", "single blanks"})


def choose(
    seed: int, *, formats: Sequence[str] = BORN_DIGITAL, forms: Sequence[str] = FORMS, most_defects: int = 2
) -> Options:
    """A document by chance: half of them of form 2021, most with one or two defects."""
    chance = Random(seed)
    form = chance.choice((*forms, *forms[:1] * 2))
    made = Options(
        seed,
        format=(format_ := chance.choice(tuple(formats))),
        style=chance.choice(FORMATS[format_].STYLES).name,
        form=form,
        profile=chance.choice((*PROFILES, "busy")),
        hand=chance.choice((*HANDS, *["plain"] * len(HANDS))),
        section_2=chance.choice(SECTION_2_LAYOUTS),
        section_4=chance.choice((*SECTION_4_LAYOUTS, "one", "one", "one")),
        headings=chance.choice(HEADING_STYLES),
        narrative_agrees=chance.random() < 0.8,
        wrong_sum=chance.random() < 0.15,
    )
    if made.section_2 == "row" and made.style in _HEADS_RUN_TOGETHER:
        made = replace(made, section_2="one")
    return replace(made, defects=_defects(chance, made, chance.randint(0, most_defects)))


def can_hold(format_: str, style: str, defect: Defect) -> bool:
    """Where cells have places on a page or sheet, a row of too few of them says which are not there."""
    flows = format_ in ("html", "docx", "text") and style != "fixed width"
    return flows or not defect.flowing


def one_of_each(format_: str) -> list[Options]:
    """Every form, hand, layout and defect once, the styles of the format in turn."""
    styles = [style.name for style in FORMATS[format_].STYLES]
    chosen: list[dict[str, object]] = [{"form": form} for form in FORMS]
    chosen += [{"hand": hand, "profile": "usual"} for hand in HANDS]
    chosen += [{"section_2": two, "section_4": four} for two in SECTION_2_LAYOUTS for four in SECTION_4_LAYOUTS]
    for defect in DEFECTS.values():
        form = sorted(defect.forms)[-1] if len(defect.forms) != 2 else sorted(defect.forms)[len(defect.name) % 2]
        able = [style for style in styles if can_hold(format_, style, defect)]
        if able:
            chosen.append({"form": form, "defects": (defect.name,), "style": able[len(chosen) % len(able)]})
    return [
        Options(1000 + n, format=format_, **{"style": styles[n % len(styles)], **changed})  # type: ignore[arg-type]
        for n, changed in enumerate(chosen)
    ]


def _defects(chance: Random, options: Options, count: int) -> tuple[str, ...]:
    held = [one for one in DEFECTS.values() if can_hold(options.format, options.style, one)]
    able = [one for one in held if options.statutory in one.forms]
    stages = sorted({one.stage for one in able})
    chosen = chance.sample(stages, k=min(count, len(stages)))
    names = [chance.choice([one.name for one in able if one.stage == stage]) for stage in chosen]
    return () if "transposed" in names and set(chosen) & {"merging", "breaks", "rows", "columns"} else tuple(names)
