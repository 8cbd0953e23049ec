"""Columns of a table without rulings: the numbers of its rows stand under each other, and where one is missing its
cell is blank. What no such order shows is counted from the left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.model import BBox
from pipeline.readers.layout.lines import Line, is_evenly_set, line_of
from pipeline.readers.layout.roof import bands_of, heads_over
from pipeline.readers.ragged import is_value

_DOUBTFUL = 0.8  # digits that may be two numbers, characters over each other
COUNTED = 0.85  # a number's column is counted, where too few rows show the columns
_FEWEST_ROWS = 3  # full ones, that show the columns of a table
_FEWEST_COLUMNS = 3
_SHARE = 0.5  # of the rows with numbers that are full
_AT_EDGE = 1.0  # points by which a number may stand out of its column
_BACKED = 5  # rows that have a number in a column: where all columns have so many, most rows may have blank cells

Band = tuple[float, float]


class Place(NamedTuple):
    text: str
    box: BBox
    column: int
    confidence: float


def columns_of(rows: Sequence[Sequence[Line]]) -> list[list[Place]]:
    placed: list[list[Place]] = []
    parted = _parted(rows)
    usual = _usual_counts(parted)
    for stretch in _stretches(parted):
        seen = _all_bands(stretch)
        bands = _headed_bands(stretch, seen) or _bands(stretch)
        header: list[Sequence[Line]] = []
        begun = False  # the numbers below the header
        for row in stretch:
            heads = heads_over(row, header) if _values(row) else []
            counts = {_values(row)} if heads else {count for count in usual if count >= len(seen)}
            places = _in_bands(row, bands, counts) if bands else _under_heads(row, heads)
            placed.append(places or _counted(row, counts))
            if _is_header(row) and begun:
                header, begun = [], False
            if _values(row):
                begun = True
            elif not begun:
                header.append(row)
    return placed


def _headed_bands(rows: Sequence[Sequence[Line]], seen: Sequence[Band]) -> list[Band]:
    """The columns of rows with labels that the header over them shows."""
    height = next((place for place, row in enumerate(rows) if _values(row)), len(rows))
    labelled = [row for row in rows[height:] if _values(row)]
    if not height or len(labelled) < _FEWEST_ROWS or any(is_value(row[0].text) for row in labelled):
        return []
    return bands_of(rows[:height], rows[height:], seen)


def _under_heads(row: Sequence[Line], heads: Sequence[tuple[Line, Line | None]]) -> list[Place]:
    """A row of nothing but numbers, with a blank cell under each head that has none."""
    if not heads or len(row) != _values(row):
        return []
    top, bottom = min(piece.box[1] for piece in row), max(piece.box[3] for piece in row)
    return [
        Place(value.text, value.box, column, _confidence(value))
        if value
        else Place("", (head.box[0], top, head.box[2], bottom), column, 1.0)
        for column, (head, value) in enumerate(heads)
    ]


def _usual_counts(rows: Sequence[Sequence[Line]]) -> set[int]:
    """How many numbers the rows of a table have, where several have as many: then none is missing."""
    counts = Counter(_values(row) for row in rows)
    return {count for count, times in counts.items() if count >= _FEWEST_COLUMNS and times >= _FEWEST_ROWS}


def _values(row: Sequence[Line]) -> int:
    return sum(1 for piece in row if is_value(piece.text))


def _parted(rows: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Rows in which two numbers that almost touch are two, if those of other rows stand in a column each, and a label
    that almost touches its number is none of it."""
    values = [piece for row in rows for piece in row if is_value(piece.text) and is_evenly_set(piece)]
    bands = merged_bands([(piece.box[0], piece.box[2]) for piece in values])
    numbers = _backed_bands(bands, values)
    return [[part for piece in row for half in _halves(piece, numbers) for part in _parts(half, bands)] for row in rows]


def _backed_bands(bands: Sequence[Band], values: Sequence[Line]) -> list[Band]:
    backing = Counter(_band_of((piece.box[0], piece.box[2]), bands) for piece in values)
    return [band for place, band in enumerate(bands) if backing[place] >= _BACKED]


def _halves(piece: Line, numbers: Sequence[Band]) -> list[Line]:
    """A label and the number that stands right behind it in a column of numbers, where the label keeps clear of it."""
    cut = len(piece.glyphs)
    while cut and piece.glyphs[cut - 1].text.isdigit():
        cut -= 1
    if not 0 < cut < len(piece.glyphs) or is_value(piece.text) or piece.glyphs[cut - 1].text.isascii():
        return [piece]
    label, number = line_of(piece.glyphs[:cut]), line_of(piece.glyphs[cut:])
    under = [band for band in numbers if band[0] - _AT_EDGE <= number.box[0] and number.box[2] <= band[1] + _AT_EDGE]
    return [label, number] if under and label.box[2] <= under[0][0] + _AT_EDGE else [piece]


def _parts(piece: Line, bands: Sequence[Band]) -> list[Line]:
    if is_evenly_set(piece) or not is_value(piece.text):
        return [piece]
    cut = max(range(1, len(piece.glyphs)), key=lambda place: piece.glyphs[place].x0 - piece.glyphs[place - 1].x1)
    parts = [replace(line_of(glyphs), clear=False) for glyphs in (piece.glyphs[:cut], piece.glyphs[cut:])]
    under = [[band for band in bands if band[0] < part.box[2] and part.box[0] < band[1]] for part in parts]
    return parts if all(len(found) == 1 for found in under) and under[0] != under[1] else [piece]


def _stretches(rows: Sequence[Sequence[Line]]) -> list[list[Sequence[Line]]]:
    """Rows behind each other whose numbers do not contradict one set of columns; a header behind numbers opens more
    columns."""
    stretches: list[list[Sequence[Line]]] = []
    bands: list[Band] = []
    for row in rows:
        spans = [(piece.box[0], piece.box[2]) for piece in row if is_value(piece.text)]
        merged = merged_bands([*bands, *spans])
        if (
            stretches
            and not (bands and _is_header(row))
            and (not spans or len({_band_of(span, merged) for span in spans}) == len(spans))
            and (not bands or len(merged) >= len(bands))
        ):
            stretches[-1].append(row)
            bands = merged
        else:
            stretches.append([row])
            bands = merged_bands(spans)
    return stretches


def _is_header(row: Sequence[Line]) -> bool:
    return len(row) > 1 and not _values(row)


def _bands(rows: Sequence[Sequence[Line]]) -> list[Band]:
    """The columns of numbers, if enough rows have a number in every one of them."""
    counts = [_values(row) for row in rows]
    bands = _all_bands(rows)
    full = sum(1 for count in counts if count == len(bands))
    with_numbers = sum(1 for count in counts if count)
    backed = _are_backed(bands, rows)
    needed = _FEWEST_ROWS if backed else max(_FEWEST_ROWS, _SHARE * with_numbers)
    if len(bands) >= _FEWEST_COLUMNS and (full >= needed or (backed and _are_beside(bands, rows))):
        return bands
    return []


def _are_beside(bands: Sequence[Band], rows: Sequence[Sequence[Line]]) -> bool:
    """Whether several rows have a number in both of any two columns beside each other: else these may be one column,
    numbers and signs for none set apart in it."""
    filled = [{_band_of((piece.box[0], piece.box[2]), bands) for piece in row if is_value(piece.text)} for row in rows]
    return all(
        sum(place in row and place + 1 in row for row in filled) >= _FEWEST_ROWS for place in range(len(bands) - 1)
    )


def _all_bands(rows: Sequence[Sequence[Line]]) -> list[Band]:
    return merged_bands([(piece.box[0], piece.box[2]) for row in rows for piece in row if is_value(piece.text)])


def _are_backed(bands: Sequence[Band], rows: Sequence[Sequence[Line]]) -> bool:
    return len(_backed_bands(bands, [piece for row in rows for piece in row if is_value(piece.text)])) == len(bands)


def merged_bands(spans: Sequence[Band]) -> list[Band]:
    merged: list[Band] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _band_of(span: Band, bands: Sequence[Band]) -> int:
    return next(place for place, band in enumerate(bands) if band[0] <= span[0] and span[1] <= band[1])


def _counted(row: Sequence[Line], usual: set[int]) -> list[Place]:
    most = 1.0 if _values(row) in usual or _values(row) == 1 else COUNTED  # one number cannot change places
    return [
        Place(piece.text, piece.box, column, min(_confidence(piece), most if is_value(piece.text) else 1.0))
        for column, piece in enumerate(row)
    ]


def _in_bands(row: Sequence[Line], bands: Sequence[Band], usual: set[int]) -> list[Place]:
    """A row of numbers with a blank cell in each column where nothing is printed."""
    values = [piece for piece in row if is_value(piece.text)]
    labels = [piece for piece in row if piece.box[2] <= bands[0][0]]
    if not values or len(values) + len(labels) != len(row):
        return _counted(row, usual)
    by_band = {_band_of((piece.box[0], piece.box[2]), bands): piece for piece in values}
    top, bottom = min(piece.box[1] for piece in values), max(piece.box[3] for piece in values)
    places = _counted(labels, usual)
    for band, (x0, x1) in enumerate(bands):
        piece = by_band.get(band)
        column = len(labels) + band
        if piece is None:
            places.append(Place("", (x0, top, x1, bottom), column, 1.0))
        else:
            places.append(Place(piece.text, piece.box, column, _confidence(piece)))
    return places


def _confidence(piece: Line) -> float:
    return 1.0 if piece.clear and is_evenly_set(piece) else _DOUBTFUL
