"""No family: links, 下一页 and numbered pages, as any listing has them."""

from crawlers.page import Page
from crawlers.platforms.base import Platform


class Generic(Platform):
    name = "generic"

    def detect(self, page: Page) -> float:
        return 0.01  # better than nothing, and worse than any sign of a family
