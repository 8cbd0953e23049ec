"""A family of Anhui: reports `/XxgkAnnualReport/show/5728.html` or `/openness/detail/annual_report/<id>.html`, listed
for each body at `/opennessAnnualReport/?branch_id=<id>&page=2` or, in the newer form, at
`/XxgkContent/showList/<body>/<column>/page_2.html`.

Every page about a body names its `branch_id`, so that the body's reports are asked for where no link leads to them."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urljoin

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.numbered import Numbered

_BODY = re.compile(r"^(https?://[^?#]*?)/openness\w*/?\?(?:[^#]*&)?branch_id=([0-9a-f]{24})\b", re.I)
_NEWER = re.compile(r"/(?:Xxgk|Openness)Content/showList/\d+/\d+/(page_\d+\.html)?$", re.I)
_MOST_BODIES = 300


class AnhuiOpenness(Numbered):
    name = "ahopenness"
    article = re.compile(
        r"/(?:Xxgk|Openness)AnnualReport/(?:show/\d+|detail/[0-9a-f]{24})\.html"
        r"|/openness/detail/\w+/[0-9a-f]{24}\.html|/(?:Xxgk|Openness)Content/show",
        re.I,
    )

    def detect(self, page: Page) -> float:
        bodies = any(_BODY.match(url) for url in (page.url, *(link.url for link in page.links)))
        return 0.9 if bodies or _NEWER.search(page.url) else super().detect(page)

    def columns(self, page: Page) -> list[Ask]:
        """Of the page's own body, else of all bodies that it links."""
        own = _BODY.match(page.url)
        named = [own] if own else [found for link in page.links if (found := _BODY.match(link.url))]
        reports = [f"{found[1]}/opennessAnnualReport/?{urlencode({'branch_id': found[2].lower()})}" for found in named]
        distinct = list(dict.fromkeys(reports))[:_MOST_BODIES]
        return [Ask(url, referer=page.url, optional=True) for url in distinct if url != page.url]

    def further(self, page: Page) -> str:
        if body := _BODY.match(page.url):
            return f"{page.url.split('?')[0]}?branch_id={body[2]}&page={{}}"
        return urljoin(page.url, "page_{}.html") if _NEWER.search(page.url) else ""
