"""The OCR models of the RapidOCR wheel: a recogniser for one line's image and a detector of text lines on a page. One
pair per process, loaded when first used; both on few threads, since extraction runs one process per core."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

from pipeline.readers.scan.decoding import Reading, decode
from pipeline.readers.scan.raster import Gray

_HEIGHT = 48  # the recogniser's input
_NARROWEST = 96  # below this it has seen too little in training
_WIDEST = 3200  # columns; a line longer than this is read squeezed
_WIDTH_STEP = 16
_DETECTION_DPI = 100  # lines of text are found at less resolution than they are read at
_BAND = 2000  # rows that the detector sees at once: a page, or a part of a long picture
_LINE_MARGIN = 0.08  # of a found line's height, added above and below


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
    return decode(loaded.recogniser(tensor)[0], loaded.symbols)


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
