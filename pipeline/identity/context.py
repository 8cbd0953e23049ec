"""What is known around a printed name when it is read."""

from __future__ import annotations

from dataclasses import dataclass

_READ = 4000  # characters of a preamble that are searched for names


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a printed name. Everything is optional."""

    portal_authority: str = ""
    portal_division: str | None = None
    text: str = ""  # the preamble, as far as it is known
    source: str = ""  # who published, by the page's metadata (ContentSource)
    province: str | None = None  # the user's word: places are looked for there
    authority: str | None = None  # the user's word: this name instead of the printed one
    year: int | None = None

    @property
    def preamble(self) -> str:
        return self.text[:_READ]
