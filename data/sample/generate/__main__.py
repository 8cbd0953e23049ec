"""`python -m data.sample.generate`: writes `data/sample/documents`, checks them, and builds the sites from them."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from data.sample.generate.article import write_page
from data.sample.generate.paper import print_page, print_word
from data.sample.generate.scan import scan
from data.sample.generate.seeds import SAMPLE, SLUGS, Part, Seed, without_most_of_section_six
from data.sample.generate.sites import build_sites
from data.sample.generate.sites.plan import published_on
from data.sample.generate.verify import check_document, check_scan
from data.sample.generate.word import write_docx
from data.sample.generate.word_styles import STYLES

DOCUMENTS, SITES = SAMPLE / "documents", SAMPLE / "sites"

# Who prints by LibreOffice, in fonts that this machine has: those that the DOCX names belong to Microsoft and Founder.
_PRINT_FONTS = {
    "longde-gaj-2024": {"body_font": "Noto Serif CJK SC", "table_font": "Noto Serif CJK SC"},
    "zhongwei-gaj-2024": {"body_font": "Noto Serif CJK SC", "table_font": "WenQuanYi Zen Hei"},
    "gaoqing-gaj-2024": {"body_font": "WenQuanYi Micro Hei", "table_font": "WenQuanYi Micro Hei"},
}
# Who prints a page by Chromium: its font, and whether a table's head is repeated.
_PRINTED_PAGES = {"shizuishan-gaj-2022": ("WenQuanYi Zen Hei", False), "huaiyuan-gaj-2024": ("WenQuanYi Zen Hei", True)}


def main() -> None:
    DOCUMENTS.mkdir(exist_ok=True)
    for slug in SLUGS:
        _make(Seed(slug))
        print(f"{slug}: html, docx, pdf, scan")
    shutil.rmtree(SITES, ignore_errors=True)
    build_sites(SITES)


def _make(seed: Seed) -> None:
    page, docx, pdf = (DOCUMENTS / f"{seed.slug}.{suffix}" for suffix in ("html", "docx", "pdf"))
    made = published_on(seed.slug)
    write_page(seed, made.isoformat(), page)
    write_docx(seed.parts, STYLES[seed.slug], docx, made=made)
    _print(seed, seed.parts, pdf)
    for path in (page, docx, pdf):
        check_document(seed, path)
    _make_scan(seed, DOCUMENTS / f"{seed.slug}.scan.pdf")


def _print(seed: Seed, parts: tuple[Part, ...], target: Path) -> None:
    made = published_on(seed.slug)
    if seed.slug in _PRINTED_PAGES:
        font, repeat_head = _PRINTED_PAGES[seed.slug]
        print_page(parts, target, made=made, font=font, repeat_head=repeat_head)
        return
    with tempfile.TemporaryDirectory() as folder:
        docx = Path(folder) / "print.docx"
        write_docx(parts, replace(STYLES[seed.slug], **_PRINT_FONTS[seed.slug]), docx, made=made)
        print_word(docx, target, made=made)


def _make_scan(seed: Seed, target: Path) -> None:
    """A scan is of the PDF's pages, of a shorter print where section 6 alone would fill ten of them."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "print.pdf"
        _print(seed, without_most_of_section_six(seed.parts), pdf)
        check_document(seed, pdf)
        scan(pdf, target, made=published_on(seed.slug), seed=seed.slug)
    check_scan(target)


if __name__ == "__main__":
    main()
