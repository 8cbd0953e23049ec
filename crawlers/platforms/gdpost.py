"""Portal posts of Guangdong: articles `/content/post_1506022.html` (`mpost_` for phones), listings `index.html` and
`index_2.html`. What stands under `/gkmlpt/` is another software's."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawlers.page import Page
from crawlers.platforms.numbered import Numbered


class GuangdongPost(Numbered):
    name = "gdpost"
    article = re.compile(r"/content/m?post_\d+\.html")

    def further(self, page: Page) -> str:
        return urljoin(page.url, "index_{}.html")
