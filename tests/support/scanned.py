"""Pages as scanners, copiers and hands leave them: a PDF rendered and made worse, repeatably by its seed."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Damage:
    """What happens to a page on its way. Lengths in inches, grey levels of 255."""

    dpi: int = 150
    skew: float = 0.0  # degrees
    noise: float = 0.0  # standard deviation
    salt: float = 0.0  # share of pixels that are black or white
    blur: float = 0.0  # pixels
    uneven_light: float = 0.0  # how much darker one corner is
    bleed_through: float = 0.0  # share of the back side's ink that shows
    seal: bool = False  # a red round seal somewhere on the page
    holes: bool = False  # punched at the left
    dark_border: bool = False  # where the lid was open
    quarter_turns: int = 0
    two_pages: bool = False  # side by side on one sheet
    black_and_white: bool = False
    jpeg: int = 60  # 0: not compressed with loss


# The scanner that the accuracy asked of scans is measured with.
OFFICE = Damage(dpi=150, skew=1.0, noise=4.0, jpeg=60)


def any_damage(seed: int) -> Damage:
    """What is often seen, often, and what is rarely, rarely."""
    chance = random.Random(seed)

    def sometimes(share: float) -> bool:
        return chance.random() < share

    return Damage(
        dpi=chance.choice((130, 150, 150, 150, 200, 200, 300)),
        skew=chance.uniform(-1.5, 1.5),
        noise=chance.uniform(0, 8),
        salt=0.002 if sometimes(0.2) else 0.0,
        blur=chance.uniform(0, 0.8) if sometimes(0.5) else 0.0,
        uneven_light=chance.uniform(0, 60) if sometimes(0.4) else 0.0,
        bleed_through=0.15 if sometimes(0.2) else 0.0,
        seal=sometimes(0.2),
        holes=sometimes(0.2),
        dark_border=sometimes(0.2),
        quarter_turns=chance.choice((1, 2, 3)) if sometimes(0.06) else 0,
        two_pages=sometimes(0.06),
        black_and_white=sometimes(0.1),
        jpeg=chance.randint(50, 80),
    )


def scanned_pages(pdf: bytes, damage: Damage, seed: int, pages: Sequence[int] | None = None) -> list[Image.Image]:
    """The pages (from 1; all if not said) as images."""
    dice = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(pdf)
    numbers = range(1, len(document) + 1) if pages is None else pages
    sheets = [np.array(document[n - 1].render(scale=damage.dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3])
              for n in numbers]  # fmt: skip
    document.close()
    if damage.two_pages:
        sheets = [_side_by_side(sheets[place : place + 2]) for place in range(0, len(sheets), 2)]
    backs = [*sheets[1:], sheets[0]]
    return [_scanned(sheet, back, damage, dice) for sheet, back in zip(sheets, backs, strict=True)]


def scanned_pdf(pdf: bytes, damage: Damage, seed: int, pages: Sequence[int] | None = None) -> bytes:
    first, *others = scanned_pages(pdf, damage, seed, pages)
    file = io.BytesIO()
    options = {"quality": damage.jpeg} if damage.jpeg and not damage.black_and_white else {}
    first.save(file, "PDF", resolution=damage.dpi, save_all=True, append_images=others, **options)
    return file.getvalue()


def _scanned(sheet: Pixels, back: Pixels, damage: Damage, dice: np.random.Generator) -> Image.Image:
    page = sheet.astype(np.float32)
    if damage.bleed_through and back.shape == sheet.shape:
        page -= damage.bleed_through * (255 - back[:, ::-1].astype(np.float32))
    if damage.seal:
        page = _sealed(page, damage.dpi, dice)
    if damage.holes:
        _punch(page, damage.dpi)
    if damage.skew:
        page = _turned(page, damage.skew)
    if damage.dark_border:
        width = round(damage.dpi * dice.uniform(0.05, 0.2))
        page[:, :width] = dice.uniform(10, 60)
        page[-width // 2 :] = dice.uniform(10, 60)
    if damage.uneven_light:
        page -= damage.uneven_light * _slope(page.shape[:2], dice)[:, :, None]
    if damage.blur:
        page = cv2.GaussianBlur(page, (0, 0), damage.blur)
    if not damage.seal:
        page = page.mean(axis=2)
    if damage.noise:
        page = page + dice.normal(0, damage.noise, page.shape)
    if damage.salt:
        specks = dice.random(page.shape[:2])
        page[specks < damage.salt / 2] = 0
        page[specks > 1 - damage.salt / 2] = 255
    return _compressed(np.rot90(np.clip(page, 0, 255).astype(np.uint8), damage.quarter_turns), damage)


def _compressed(page: Pixels, damage: Damage) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(page))
    if damage.black_and_white:
        return image.convert("L").point(lambda level: 255 if level > 150 else 0).convert("1")
    if not damage.jpeg:
        return image
    file = io.BytesIO()
    image.save(file, "JPEG", quality=damage.jpeg)
    return Image.open(file)


def _side_by_side(sheets: list[Pixels]) -> Pixels:
    left = sheets[0]
    right = sheets[1] if len(sheets) > 1 else np.full_like(left, 255)
    if left.shape[0] != right.shape[0] or left.shape[1] > left.shape[0]:
        return left if len(sheets) == 1 else np.vstack([left, cv2.resize(right, left.shape[1::-1])])
    return np.hstack([left, right])


def _turned(page: NDArray[np.float32], degrees: float) -> NDArray[np.float32]:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)),
        dtype=np.float32,
    )


def _slope(shape: tuple[int, ...], dice: np.random.Generator) -> NDArray[np.float32]:
    """From 0 in one corner to 1 in the opposite one."""
    down, right = np.linspace(0, 1, shape[0]), np.linspace(0, 1, shape[1])
    slope = (down[:, None] + right[None, :]) / 2
    return np.asarray(np.rot90(slope, 2) if dice.random() < 0.5 else slope, dtype=np.float32)


def _sealed(page: NDArray[np.float32], dpi: int, dice: np.random.Generator) -> NDArray[np.float32]:
    """A ring of 42 mm with a star and characters' strokes, as red ink over what is printed."""
    height, width = page.shape[:2]
    ink = np.zeros((height, width), np.float32)
    radius = round(0.8 * dpi)
    center = round(width * dice.uniform(0.25, 0.75)), round(height * dice.uniform(0.2, 0.8))
    cv2.circle(ink, center, radius, 1.0, max(2, dpi // 40), cv2.LINE_AA)
    star = [np.array(center) + 0.3 * radius * (1.0 if k % 2 == 0 else 0.4) * _direction(k * 36.0) for k in range(10)]
    cv2.fillPoly(ink, [np.array(star, np.int32)], 1.0)
    for angle in range(160, 381, 20):  # characters along the ring
        x, y = np.array(center) + 0.78 * radius * _direction(angle)
        half = 0.09 * radius
        for _ in range(4):
            ends = [(round(float(x + dice.uniform(-half, half))), round(float(y + dice.uniform(-half, half))))
                    for _ in range(2)]  # fmt: skip
            cv2.line(ink, ends[0], ends[1], 1.0, max(1, dpi // 75), cv2.LINE_AA)
    strength = dice.uniform(0.5, 0.9)
    return page * (1 - strength * ink[:, :, None] * np.array([0.1, 0.85, 0.85], np.float32))


def _direction(degrees: float) -> NDArray[np.float64]:
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def _punch(page: NDArray[np.float32], dpi: int) -> None:
    height = page.shape[0]
    for place in (0.4, 0.6):
        cv2.circle(page, (round(0.45 * dpi), round(place * height)), round(0.12 * dpi), (30, 30, 30), -1, cv2.LINE_AA)
