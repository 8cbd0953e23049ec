"""Whether this machine has a Chinese font: where a PDF names its fonts without holding them, pages are drawn for OCR
with the machine's own, and with none they are drawn without their labels."""

from __future__ import annotations

from functools import lru_cache

import pypdfium2 as pdfium

INSTALL = "apt install fonts-wqy-microhei"
_WHITE = 255
# One character, 年, in a font that is named only; pdfium needs no table of where the objects stand.
_PAGE = b"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 40 40] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> endobj
4 0 obj << /Length 33 >> stream
BT /F 30 Tf 5 10 Td <5E74> Tj ET
endstream endobj
5 0 obj << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >> endobj
6 0 obj << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 7 0 R
  /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >> endobj
7 0 obj << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0
  /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> endobj
trailer << /Root 1 0 R >>
%%EOF
"""  # noqa: E501 - a line for each object


@lru_cache(maxsize=1)
def missing_fonts() -> tuple[str, ...]:
    """What this machine lacks for such a page to be drawn."""
    with pdfium.PdfDocument(_PAGE) as document:
        page = document[0]
        drawn = page.render(grayscale=True).to_numpy().min() < _WHITE
        page.close()
    return () if drawn else ("Chinese font",)
