"""The OCR models of the RapidOCR wheel: a recogniser for one line's image and a detector of text lines on a page. One
pair per process, loaded when first used; both on few threads, since extraction runs one process per core."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.raster import Gray
from pipeline.readers.scan.signs import figures, is_figures, plain

_HEIGHT = 48  # the recogniser's input
_NARROWEST = 96  # below this it has seen too little in training
_WIDEST = 3200  # columns; a line longer than this is read squeezed
_WIDTH_STEP = 16
_BLANK = 0  # CTC's own symbol
_RIVALS = 5  # symbols looked at beside the likeliest
_RIVAL = 0.01  # one less probable than this is no other reading
_DETECTION_DPI = 100  # lines of text are found at less resolution than they are read at
_BAND = 2000  # rows that the detector sees at once: a page, or a part of a long picture
_LINE_MARGIN = 0.08  # of a found line's height, added above and below


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recogniser takes a line for. `certainty` is that of its least certain character."""

    text: str
    certainty: float
    certainty_mean: float = 0.0
    second: str = ""  # with the least certain character replaced by its runner-up


@dataclass(frozen=True, slots=True)
class Models:
    recogniser: Any
    detector: Any
    symbols: tuple[str, ...]


@cache
def models() -> Models:
    from rapidocr import RapidOCR  # loading it takes a second; most documents need no OCR

    cv2.setNumThreads(1)
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engine = RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,  # documents are read by a process per core
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_side_len": 32,  # the page is scaled here, and never up
        }
    )
    recogniser = engine._load_rec_model()  # type: ignore[no-untyped-call]
    detector = engine._load_det_model()  # type: ignore[no-untyped-call]
    return Models(recogniser.session, detector, tuple(recogniser.postprocess_op.character))


def read_line(line: Gray) -> Reading:
    """One printed line. The image is scaled to the recogniser's height and keeps its own width: unlike in a batch,
    nothing is padded to the longest line."""
    loaded = models()
    scaled = max(1, min(_WIDEST, round(line.shape[1] * _HEIGHT / line.shape[0])))
    width = max(_NARROWEST, -(-scaled // _WIDTH_STEP) * _WIDTH_STEP)
    tensor = np.zeros((1, 3, _HEIGHT, width), dtype=np.float32)
    resized = cv2.resize(line, (scaled, _HEIGHT), interpolation=cv2.INTER_LINEAR)
    tensor[0, :, :, :scaled] = resized.astype(np.float32) / 127.5 - 1.0
    return _decode(loaded.recogniser(tensor)[0], loaded.symbols)


def _decode(probabilities: NDArray[np.float32], symbols: tuple[str, ...]) -> Reading:
    """The likeliest symbol of each step, repetitions and blanks left out."""
    best = probabilities.argmax(axis=1)
    starts = np.flatnonzero((best != _BLANK) & np.concatenate([[True], best[1:] != best[:-1]]))
    if len(starts) == 0:
        return Reading("", 0.0)
    text = [symbols[best[step]] for step in starts]
    form = figures if is_figures("".join(text)) else plain
    judged = [_judge(probabilities, best, int(step), symbols, form) for step in starts]
    certainties = [certainty for certainty, _ in judged]
    weakest = certainties.index(min(certainties))
    runner_up = [*text[:weakest], judged[weakest][1], *text[weakest + 1 :]]
    mean = sum(certainties) / len(certainties)
    return Reading("".join(text).strip(), certainties[weakest], mean, "".join(runner_up).strip())


def _judge(
    probabilities: NDArray[np.float32],
    best: NDArray[np.int64],
    start: int,
    symbols: tuple[str, ...],
    form: Callable[[str], str],
) -> tuple[float, str]:
    """How probable a symbol is where it is clearest, and what it would be otherwise. Symbols of the same form are no
    doubt about each other."""
    symbol = best[start]
    stop = start + 1
    while stop < len(best) and best[stop] == symbol:
        stop += 1
    clearest = probabilities[start + int(probabilities[start:stop, symbol].argmax())]
    certainty, other = float(clearest[symbol]), ""
    for rival in np.argsort(clearest)[-_RIVALS:]:
        if rival in (symbol, _BLANK):
            continue
        if form(symbols[rival]) == form(symbols[symbol]):
            certainty += float(clearest[rival])
        elif clearest[rival] > _RIVAL:
            other = symbols[rival]
    return min(1.0, certainty), other


def detect_lines(gray: Gray, scale: float) -> list[tuple[int, int, int, int]]:
    """Boxes around the lines of text on a straight page; `scale` is its pixels per point."""
    shrink = min(1.0, _DETECTION_DPI / (72 * scale))
    small = cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    inked = np.flatnonzero(small.min(axis=1) < np.median(small) - 60)
    if len(inked) == 0:
        return []
    boxes = []
    for top in range(max(0, int(inked[0]) - 16), int(inked[-1]) + 16, _BAND):
        band = small[top : min(top + _BAND, int(inked[-1]) + 16)]
        found = models().detector(cv2.cvtColor(band, cv2.COLOR_GRAY2BGR)).boxes
        for box in [] if found is None else found:
            low, high = box.min(axis=0), box.max(axis=0)
            margin = _LINE_MARGIN * (high[1] - low[1])
            x0, x1 = low[0] / shrink, high[0] / shrink
            y0, y1 = (top + low[1] - margin) / shrink, (top + high[1] + margin) / shrink
            boxes.append((max(0, int(x0)), max(0, int(y0)), int(x1) + 1, int(y1) + 1))
    return boxes
