"""Makes the sample: the seed reports as HTML, DOCX, PDF and scans, and the sites that publish them.

`python -m data.sample.generate` writes the documents and needs Chromium, LibreOffice and a CJK font. Building the sites
from finished documents (`data.sample.generate.sites`) needs none of them.
"""
