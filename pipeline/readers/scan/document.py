"""Page images as one document: scanned PDF pages, image files, pictures that stand for pages, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.errors import UnreadableDocument
from pipeline.model import Block, Document, Grid, Paragraph
from pipeline.readers.scan.page import read_page
from pipeline.readers.scan.pictures import first_frame, frames
from pipeline.readers.scan.prose import joined
from pipeline.readers.scan.raster import MAX_PAGES, PageImage, open_pdf, pdf_pages


def read_scanned_pdf(body: bytes, pages: Sequence[int] | None = None) -> Document:
    """Read these pages (from 1; all of them if not said) of a PDF as images, whatever text layer they have."""
    with open_pdf(body) as pdf:
        count = len(pdf)
        wanted = list(range(1, count + 1)) if pages is None else [page for page in pages if 1 <= page <= count]
        document = read_scan(pdf_pages(pdf, wanted[:MAX_PAGES]), media_type="application/pdf")
    doubts = document.doubts
    if len(wanted) > MAX_PAGES:
        doubts += (f"只识别了前{MAX_PAGES}页 / only the first {MAX_PAGES} of {len(wanted)} page images were read",)
    return replace(document, pages=count, doubts=doubts)


def read_image(body: bytes, media_type: str = "image") -> Document:
    """Read an image file; each frame is a page."""
    return read_scan(frames(body), media_type=media_type)


def read_pictures(pictures: Iterable[bytes], media_type: str = "image") -> Document:
    """Read several image files as one document: page n is picture n, the first frame of it. A picture that cannot be
    read is a doubt; UnreadableDocument is raised when none can be."""
    doubts: list[str] = []
    count = 0

    def pages() -> Iterator[PageImage]:
        nonlocal count
        for number, body in enumerate(pictures, start=1):
            if number > MAX_PAGES:
                doubts.append(f"只识别了前{MAX_PAGES}张图片 / only the first {MAX_PAGES} pictures were read")
                return
            count = number
            try:
                yield first_frame(body, number)
            except UnreadableDocument as error:
                doubts.append(f"第{number}张 / picture {number}: {error}")

    document = read_scan(pages(), media_type)
    if doubts and document.pages == 0:
        raise UnreadableDocument("; ".join(doubts[:3]))
    return replace(document, pages=count, doubts=(*doubts, *document.doubts))


def read_scan(images: Iterable[PageImage], media_type: str = "image") -> Document:
    """Read page images in their order, one at a time. A paragraph that runs on over a page's end is one."""
    blocks: list[Block] = []
    tables = count = 0
    open_end = False  # the last block is a paragraph that may go on
    doubts: list[str] = []
    for image in _until_broken(images, doubts):
        count += 1
        read = read_page(image)
        if not read:
            doubts.append(f"第{image.number}页没有可识别的内容 / nothing was recognised on page {image.number}")
        for place, block in enumerate(read):
            if isinstance(block, Grid):
                tables += 1
                blocks.append(replace(block, number=tables))
                open_end = False
                continue
            last = blocks[-1] if blocks else None
            if place == 0 and open_end and not block.starts and isinstance(last, Paragraph):
                blocks[-1] = replace(last, text=joined(last.text, block.paragraph.text))
            else:
                blocks.append(block.paragraph)
            open_end = block.runs_on
    return Document("scan", media_type, tuple(blocks), pages=count, doubts=tuple(doubts))


def _until_broken(images: Iterable[PageImage], doubts: list[str]) -> Iterator[PageImage]:
    """The pages before the first that cannot be read; when that is the very first, there is no document."""
    last = 0
    try:
        for image in images:
            yield image
            last = image.number
    except UnreadableDocument as error:
        if not last:
            raise
        doubts.append(f"第{last}页之后未读 / nothing was read after page {last}: {error}")
