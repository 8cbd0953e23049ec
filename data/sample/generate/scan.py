"""A PDF as an office scanner leaves it: grey page images, a little turned and noisy, no text layer."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

DPI = 150
_MOST_TURNED = 0.8  # degrees
_QUALITY = 58


def scan(pdf: Path, target: Path, *, made: date, seed: str) -> None:
    chance = random.Random(seed)
    noise = np.random.default_rng(chance.randrange(2**32))
    document = pypdfium2.PdfDocument(pdf)
    pages = [_page(page.render(scale=DPI / 72, grayscale=True).to_pil(), chance, noise) for page in document]
    document.close()
    first, *others = pages
    scanned = time.struct_time(made.timetuple())
    first.save(
        target, "PDF", resolution=DPI, save_all=True, append_images=others, quality=_QUALITY,
        creationDate=scanned, modDate=scanned, producer="KONICA MINOLTA bizhub C360",
    )  # fmt: skip


def _page(image: Image.Image, chance: random.Random, noise: np.random.Generator) -> Image.Image:
    paper = chance.uniform(244, 251)
    angle = chance.uniform(-_MOST_TURNED, _MOST_TURNED)
    turned = image.convert("L").rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned, dtype=np.float32) * (paper / 255) + chance.uniform(6, 14)
    speckled = grey + noise.normal(0, 2.0, grey.shape)
    return Image.fromarray(np.clip(speckled, 0, 255).astype(np.uint8))
