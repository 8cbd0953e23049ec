"""What the recogniser's probabilities say: the likeliest text, and for figures the likeliest readings with how probable
each is as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.signs import FIGURE_SIGNS, figures, is_figures, plain

Probabilities = NDArray[np.float32]  # steps x symbols

_BLANK = 0  # CTC's own symbol
_RIVALS = 5  # symbols looked at beside the likeliest
_LEAST = 1e-4  # of a step's probability: a sign below is not followed
_BEAM = 8
_READINGS = 4
_LONGEST_FIGURES = 24  # characters; more is a text that happens to hold numbers


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recogniser takes a line for. `certainty` is that of its least certain character, `figures` the readings
    as a number or a sign for none, likeliest first, each with its probability."""

    text: str
    certainty: float
    certainty_mean: float = 0.0
    figures: tuple[tuple[str, float], ...] = ()


def decode(probabilities: Probabilities, symbols: tuple[str, ...]) -> Reading:
    """The likeliest symbol of each step, repetitions and blanks left out."""
    best = probabilities.argmax(axis=1)
    starts = np.flatnonzero((best != _BLANK) & np.concatenate([[True], best[1:] != best[:-1]]))
    text = "".join(symbols[best[step]] for step in starts)
    numeric = is_figures(text)
    certainties = [_certainty(probabilities, best, int(step), symbols, numeric) for step in starts]
    readings = _readings(probabilities, symbols) if len(text) <= _LONGEST_FIGURES and _may_be_figures(text) else ()
    if not certainties:
        return Reading("", 0.0, 0.0, readings)
    return Reading(text.strip(), min(certainties), sum(certainties) / len(certainties), readings)


def _may_be_figures(text: str) -> bool:
    """At least half of it; what is read as a single sign of another kind may be a poorly printed digit."""
    return len(text) <= 1 or sum(sign in FIGURE_SIGNS for sign in text) * 2 >= len(text)


def _certainty(
    probabilities: Probabilities, best: NDArray[np.int64], start: int, symbols: tuple[str, ...], numeric: bool
) -> float:
    """How probable a symbol is where it is clearest. Symbols of the same form are no doubt about each other."""
    symbol = best[start]
    stop = start + 1
    while stop < len(best) and best[stop] == symbol:
        stop += 1
    clearest = probabilities[start + int(probabilities[start:stop, symbol].argmax())]
    certainty = float(clearest[symbol])
    if certainty > 1 - _LEAST:
        return certainty
    form = figures if numeric else plain
    for rival in np.argpartition(clearest, -_RIVALS)[-_RIVALS:]:
        if rival not in (symbol, _BLANK) and form(symbols[rival]) == form(symbols[symbol]):
            certainty += float(clearest[rival])
    return min(1.0, certainty)


def _readings(probabilities: Probabilities, symbols: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    """The likeliest strings of figures by CTC's sum over all ways to spread a string over the steps, searched with a
    beam."""
    signs, indices, starts = _sign_classes(symbols)
    by_sign = np.add.reduceat(probabilities[:, indices], starts, axis=1)
    beams: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}  # string: ending in a blank, ending in its last sign
    for blank, step in zip(probabilities[:, _BLANK].tolist(), by_sign.tolist(), strict=True):
        followed = [(sign, share) for sign, share in zip(signs, step, strict=True) if share > _LEAST]
        grown: dict[str, tuple[float, float]] = {}
        for string, (in_blank, in_sign) in beams.items():
            last = string[-1:]
            again = next((share for sign, share in followed if sign == last), 0.0)
            _add(grown, string, (in_blank + in_sign) * blank, in_sign * again)
            for sign, share in followed:
                _add(grown, string + sign, 0.0, share * (in_blank if sign == last else in_blank + in_sign))
        beams = dict(sorted(grown.items(), key=lambda beam: -sum(beam[1]))[:_BEAM])
    ranked = sorted(((string, sum(shares)) for string, shares in beams.items()), key=lambda pair: -pair[1])
    return tuple((string, min(1.0, share)) for string, share in ranked[:_READINGS] if string and share > _LEAST)


def _add(beams: dict[str, tuple[float, float]], string: str, in_blank: float, in_sign: float) -> None:
    held = beams.get(string, (0.0, 0.0))
    beams[string] = held[0] + in_blank, held[1] + in_sign


@lru_cache(maxsize=1)
def _sign_classes(symbols: tuple[str, ...]) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """The signs of figures, and for each the places of the recogniser's symbols that mean or look like it, in one row
    with the place where each begins."""
    by_sign: dict[str, list[int]] = {}
    for index, symbol in enumerate(symbols):
        if symbol in FIGURE_SIGNS:
            by_sign.setdefault(FIGURE_SIGNS[symbol], []).append(index)
    indices = np.array([index for places in by_sign.values() for index in places])
    starts = np.cumsum([0, *(len(places) for places in by_sign.values())])[:-1]
    return list(by_sign), indices, starts
