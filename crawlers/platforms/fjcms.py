"""A family of Fujian (南平, 漳州): articles `/cms/html/npszf/2013-01-25/1779102018.html`, columns
`/cms/html/<site>/<column>/index.html`, whose further pages go by the number that the page names in a meta tag."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.page import Page
from crawlers.platforms.numbered import Numbered


class FujianCms(Numbered):
    name = "fjcms"
    article = re.compile(r"/cms/html/\w+/\d{4}-\d{2}-\d{2}/\d+\.html|/cms/infopublic/publicInfo\.shtml\?")
    sign_has = ("siteIdMeta", "/cms/sitemanage/")
    sign = re.compile(r"name=[\"']?siteIdMeta\b|/cms/sitemanage/index\.shtml\?siteId=")

    def further(self, page: Page) -> str:
        column = page.meta("siteidmeta")
        if not column.isdecimal():
            return ""
        return urljoin(page.url, f"/cms/sitemanage/index.shtml?siteId={column}&page={{}}")
