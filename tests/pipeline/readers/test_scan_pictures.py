"""Image files of every kind as pages."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import UnreadableDocument
from pipeline.readers.scan.document import read_image, read_pictures, read_scanned_pdf
from pipeline.readers.scan.pictures import first_frame, frames

WHITE, BLACK = 250, 20


def drawn() -> np.ndarray:
    """A page with a black bar at its top left: so it is seen which way up it lies, and whether ink is dark."""
    gray = np.full((1754, 1240), WHITE, np.uint8)
    gray[100:160, 100:700] = BLACK
    return gray


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def drawn_rgba() -> Image.Image:
    alpha = np.where(drawn() < 128, 255, 0).astype(np.uint8)
    return Image.fromarray(np.dstack([np.zeros_like(alpha)] * 3 + [alpha]), "RGBA")


def kinds() -> dict[str, bytes]:
    gray = Image.fromarray(drawn())
    return {
        "jpeg": saved(gray, "JPEG", quality=60),
        "cmyk jpeg": saved(gray.convert("CMYK"), "JPEG"),
        "png with 16 bits": saved(Image.fromarray(drawn().astype(np.uint16) * 257), "PNG"),
        "png on nothing": saved(drawn_rgba(), "PNG"),
        "palette png": saved(gray.convert("P"), "PNG"),
        "1-bit tiff": saved(gray.convert("1"), "TIFF", compression="group4"),
        "tiff of 32-bit numbers": saved(Image.fromarray(drawn().astype(np.int32) * 257), "TIFF"),
        "gif": saved(gray, "GIF"),
        "bmp": saved(gray.convert("RGB"), "BMP"),
        "exif-rotated jpeg": saved(gray.rotate(90, expand=True), "JPEG", exif=_exif(6)),
        "exif upside down": saved(gray.rotate(180), "JPEG", exif=_exif(3)),
    }


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("kind", kinds())
def test_whatever_the_colours_ink_is_dark_and_upright(kind: str) -> None:
    page = first_frame(kinds()[kind], 1)
    assert page.gray.dtype == np.uint8 and page.gray.shape == (1754, 1240)
    assert page.gray[110:150, 110:690].mean() < 40
    assert page.gray[1000:, :].mean() > 240


def test_a_large_jpeg_is_brought_to_working_resolution() -> None:
    page = first_frame(saved(Image.fromarray(drawn()).resize((4960, 7016)), "JPEG", dpi=(600, 600)), 3)
    assert (page.number, page.gray.shape) == (3, (2339, 1653))
    assert page.scale * 72 == pytest.approx(200, abs=1)


def test_every_frame_is_a_page() -> None:
    frame = Image.fromarray(drawn()).convert("1")
    body = saved(frame, "TIFF", save_all=True, append_images=[frame, frame], compression="group3")
    assert [page.number for page in frames(body)] == [1, 2, 3]


def test_page_n_is_picture_n_and_a_broken_one_is_a_doubt() -> None:
    blank = saved(Image.fromarray(np.full((600, 800), WHITE, np.uint8)), "PNG")
    document = read_pictures([blank, b"no picture", blank])
    assert document.pages == 3
    assert sum("picture 2" in doubt for doubt in document.doubts) == 1
    assert any("page 3" in doubt for doubt in document.doubts)  # nothing is printed on it


@pytest.mark.parametrize("pictures", [[b"no picture"], [b"", b"nor this"]])
def test_pictures_of_which_none_can_be_read_are_no_document(pictures: list[bytes]) -> None:
    with pytest.raises(UnreadableDocument, match="picture 1"):
        read_pictures(pictures)


def test_pages_before_a_broken_frame_are_kept_and_the_rest_is_a_doubt() -> None:
    shades = np.random.default_rng(1).integers(WHITE - 4, WHITE, (3, 300, 400)).astype(np.uint8)
    first, *others = (Image.fromarray(frame) for frame in shades)
    body = saved(first, "GIF", save_all=True, append_images=others)
    document = read_image(body[: len(body) * 3 // 5])
    assert any("nothing was read after page" in doubt for doubt in document.doubts)


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(UnreadableDocument, match="too many pixels"):
        read_image(_bomb(60_000, 60_000))


def test_a_bomb_inside_a_pdf_is_refused_before_it_is_decoded() -> None:
    page = saved(Image.fromarray(drawn()).convert("1"), "PDF", resolution=150)
    claiming = page.replace(b"/Width 1240", b"/Width 99999", 1).replace(b"/Height 1754", b"/Height 99999", 1)
    assert claiming != page
    with pytest.raises(UnreadableDocument, match="too many pixels"):
        read_scanned_pdf(claiming)


def _bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000)))
