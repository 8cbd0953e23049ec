"""Whether there is a Chinese font is found out by drawing with what there is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pipeline.readers.scan.fonts import missing_fonts
from pipeline.resources import ROOT

# pdfium is told where fonts lie when it starts, so this takes a process of its own.
_WITHOUT = """
import ctypes
import pypdfium2.raw as pdfium_c
import pypdfium2
pdfium_c.FPDF_DestroyLibrary()
config = pdfium_c.FPDF_LIBRARY_CONFIG(version=2)
paths = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.create_string_buffer(b"/nowhere"), None)
config.m_pUserFontPaths = ctypes.cast(paths, type(config.m_pUserFontPaths))
pdfium_c.FPDF_InitLibraryWithConfig(config)
from pipeline.readers.scan.fonts import missing_fonts
print(missing_fonts())
"""


@pytest.mark.skipif(bool(missing_fonts()), reason="no Chinese font on this machine")
def test_a_machine_without_a_chinese_font_is_known() -> None:
    run = subprocess.run([sys.executable, "-c", _WITHOUT], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert run.stdout == "('Chinese font',)\n", run.stderr
