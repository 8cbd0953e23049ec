"""A family of Shaanxi: articles are named by a long number, 18 or 19 digits or 24 hexadecimal ones, and a column's
pages are files `1.html`, `2.html`. A body's `1.html` may be the report itself. Rows are often undated."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.page import Page
from crawlers.platforms.numbered import Numbered


class Snowflake(Numbered):
    name = "snsnow"
    article = re.compile(r"/(\d{18,19}|[0-9a-f]{24})\.html$")

    def further(self, page: Page) -> str:
        return urljoin(page.url, "{}.html")
