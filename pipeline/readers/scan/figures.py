"""What a cell's line says when it may be a number or a sign for none: two crops of it are read, and its ink must have
the shape of what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline.readers.scan.belief import confidence
from pipeline.readers.scan.decoding import Reading
from pipeline.readers.scan.shapes import Shape
from pipeline.readers.scan.signs import figures, is_dash, is_figures

_ALTERNATIVES = 4
_LEAST = 0.002  # less probable than this is no other reading
_DASHES = ("-", "—")


@dataclass(frozen=True, slots=True)
class CellText:
    text: str
    confidence: float
    alternatives: tuple[str, ...] = ()  # likeliest first


def read_figures(usual: Reading, loose: Reading, tight: Callable[[], Reading], shape: Shape) -> CellText | None:
    """None when it is no number. `tight` reads a third crop, and is asked only where the first two differ."""
    readings = [usual, loose]
    if shape.sign:
        return _sign(shape.sign, readings)
    if not any(_says_figures(reading) for reading in readings):
        return None
    if shape.speck:
        return CellText(usual.text or loose.text, confidence("undecided"), _others("", readings))
    first, second = (_best(reading) for reading in readings)
    if first[0] == second[0] and first[0]:
        return _agreed(first[0], min(first[1], second[1]), readings, shape)
    readings.append(tight())
    return _vote(readings, shape)


def _says_figures(reading: Reading) -> bool:
    return bool(reading.figures) and (is_figures(reading.text) or is_dash(reading.text) or reading.text == "/")


def _best(reading: Reading) -> tuple[str, float]:
    """The likeliest reading as a number; a text that is none counts as another reading."""
    numbers = [(text, share) for text, share in reading.figures if is_figures(text)]
    return numbers[0] if numbers and _says_figures(reading) else ("", 0.0)


def _sign(sign: str, readings: Sequence[Reading]) -> CellText:
    """The stroke's shape tells which sign it is; the recogniser need only see one as well."""
    seen = [reading for reading in readings if _is_sign(reading, sign)]
    others = tuple(other for other in _others(sign, readings) if other not in _DASHES)
    evidence = "sign" if seen else "slash" if sign == "/" else "sign_alone"
    return CellText(sign, confidence(evidence), () if len(seen) == len(readings) else others)


def _is_sign(reading: Reading, sign: str) -> bool:
    return reading.text == "/" if sign == "/" else is_dash(reading.text)


def _agreed(text: str, score: float, readings: Sequence[Reading], shape: Shape) -> CellText:
    others = _others(text, readings)
    doubt = shape.fits(text)
    if not doubt:
        return CellText(text, confidence("agreed", score), others)
    fitting = next((other for other in others if not shape.fits(other)), "")
    if fitting:
        return CellText(fitting, confidence("outvoted", 0.0), (text, *(other for other in others if other != fitting)))
    if shape.minus and not shape.fits(f"-{text}"):
        return CellText(f"-{text}", confidence("outvoted", 0.0), (text, *others))
    return CellText(text, confidence("contradicted", score), others)


def _vote(readings: Sequence[Reading], shape: Shape) -> CellText | None:
    """Two of three, else the likeliest that the ink fits."""
    said = [best for best in map(_best, readings) if best[0]]
    shares: dict[str, float] = {}
    for text, share in said:
        shares[text] = shares.get(text, 0.0) + share
    ranked = sorted(shares, key=lambda text: (bool(shape.fits(text)), -shares[text]))
    if not ranked:
        return None
    chosen = ranked[0]
    times = sum(text == chosen for text, _ in said)
    evidence = "outvoted" if times > 1 and not shape.fits(chosen) else "undecided"
    score = min(share for text, share in said if text == chosen)
    return CellText(chosen, confidence(evidence, score), _others(chosen, readings))


def _others(chosen: str, readings: Iterable[Reading]) -> tuple[str, ...]:
    """All other readings as figures, by how probable any crop makes them."""
    shares: dict[str, float] = {}
    for reading in readings:
        for text, share in reading.figures:
            if is_figures(text) and text != chosen and share >= _LEAST:
                shares[text] = max(share, shares.get(text, 0.0))
    ranked = sorted(shares, key=lambda text: -shares[text])
    return tuple(dict.fromkeys(figures(text) for text in ranked))[:_ALTERNATIVES]
