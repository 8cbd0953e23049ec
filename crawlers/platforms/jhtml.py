"""Disclosure sites of Zhengzhou (`public.`): articles `/D42Y/4714992.jhtml`, listings `/?a=path&d=19&p=D12Y&page=2`
with `d` for the body and `p` for the column."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.page import Page
from crawlers.platforms.numbered import Numbered


class Jhtml(Numbered):
    name = "jhtml"
    article = re.compile(r"/D\w+/\d+\.jhtml$")
    sign_has = ("a=path",)
    sign = re.compile(r"[?&](?:amp;)?a=path&(?:amp;)?d=\d+")

    def further(self, page: Page) -> str:
        asked = dict(parse_qsl(urlsplit(page.url).query))
        if asked.get("a") != "path" or not {"d", "p"} <= asked.keys():
            return ""
        listing = urlencode({name: asked[name] for name in ("a", "d", "p")})
        return urljoin(page.url, f"?{listing}&page={{}}")
