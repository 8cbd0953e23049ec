"""Shanghai's Pudong district: articles `/zwgk/<column>/2024/50/323401.html` with the day of the year, listings by JSON
from `/zwgk-search-front/api/data/search`, or from `affair` beside it.

How a column's page names its channel is inferred from the request's own field; a page that names none, or several, is
shown by a browser."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms.interface import Interface, as_json
from crawlers.platforms.replies import number_in

_CHANNEL = re.compile(r"\bchannel(?:List|Id)['\"]?\s*[:=]\s*\[?\s*['\"]?(\d{1,10})['\"]?\s*\]?")
_INTERFACE = re.compile(r"/zwgk-search-front/api/data/(search|affair)\b")
_ROWS = 20


class Pudong(Interface):
    name = "pudong"
    place = "/zwgk-search-front/api/data/"
    rows = ("data", "list")
    total = ("data", "totalCount")
    number = "pageNo"
    days = ("display_date", "issue_date")

    def first(self, page: Page) -> Ask | None:
        channels = dict.fromkeys(_CHANNEL.findall(page.text))
        if self.place not in page.text or len(channels) != 1:
            return None
        sent = {"channelList": list(channels), "pageNo": 1, "pageSize": _ROWS}
        named = _INTERFACE.search(page.text)
        return as_json(urljoin(page.url, f"{self.place}{named[1] if named else 'search'}"), sent, page.url)

    def promised(self, page: Page) -> int:
        return super().promised(page) or number_in(page.json, "data", "total")
