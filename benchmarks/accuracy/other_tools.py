"""Tables of PDFs as another tool finds them. Runs in the environment of requirements.lock and imports nothing of ours.

    python other_tools.py TOOL < PATHS > LINES

A line of JSON for every path: the seconds it took, the pages, and the tables as rows of strings.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterable

Rows = list[list[str]]

_MARK = "RESULT "  # tools print things of their own


def pdfplumber(path: str) -> list[Rows]:
    import pdfplumber as tool

    with tool.open(path) as document:
        return [_rows(table) for page in document.pages for table in page.extract_tables()]


def camelot_lattice(path: str) -> list[Rows]:
    return _camelot(path, "lattice")


def camelot_stream(path: str) -> list[Rows]:
    return _camelot(path, "stream")


def _camelot(path: str, flavor: str) -> list[Rows]:
    import camelot as tool

    return [_rows(table.df.values.tolist()) for table in tool.read_pdf(path, pages="all", flavor=flavor)]


def pymupdf(path: str) -> list[Rows]:
    import pymupdf as tool

    with tool.open(path) as document:
        return [_rows(table.extract()) for page in document for table in page.find_tables().tables]


_ENGINES: dict[str, object] = {}


def img2table(path: str) -> list[Rows]:
    from img2table.document import PDF
    from img2table.ocr import RapidOCR
    from rapidocr import LangRec

    if not _ENGINES:
        _ENGINES["ocr"] = RapidOCR({"Rec.lang_type": LangRec.CH, "Global.log_level": "error"})
    found = PDF(path, pdf_text_extraction=False).extract_tables(ocr=_ENGINES["ocr"])
    return [_rows(table.df.values.tolist()) for page in sorted(found) for table in found[page]]


def _rows(rows: Iterable[Iterable[object]]) -> Rows:
    return [["" if cell is None or cell != cell else str(cell) for cell in row] for row in rows]


TOOLS: dict[str, Callable[[str], list[Rows]]] = {
    "pdfplumber": pdfplumber, "camelot lattice": camelot_lattice, "camelot stream": camelot_stream,
    "pymupdf": pymupdf, "img2table + RapidOCR": img2table,
}  # fmt: skip


def main(name: str) -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    paths = [line.strip() for line in sys.stdin if line.strip()]
    TOOLS[name](paths[0])  # imports and models are not what is compared
    for path in paths:
        begin = time.perf_counter()
        try:
            tables, error = TOOLS[name](path), ""
        except Exception as failure:  # a tool that stumbles over one file is measured by the others
            tables, error = [], repr(failure)
        seconds = time.perf_counter() - begin
        print(_MARK + json.dumps({"path": path, "seconds": seconds, "tables": tables, "error": error}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
