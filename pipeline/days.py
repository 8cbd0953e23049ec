"""A day from the numbers that are printed for it."""

from __future__ import annotations

import re
from datetime import date


def day_of(found: re.Match[str] | None) -> date | None:
    """From the year, month and day that a pattern's first three groups hold; None where there is no such day."""
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
