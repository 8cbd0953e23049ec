"""No family: links, 下一页 and numbered pages, as any listing has them. Such a home page may still have the search of a
family."""

from crawlers.exchange import Ask
from crawlers.page import Page
from crawlers.platforms import site_search
from crawlers.platforms.base import Platform


class Generic(Platform):
    name = "generic"
    searched_as = "trs"

    def detect(self, page: Page) -> float:
        return 0.01  # better than nothing, and worse than any sign of a family

    def searches(self, page: Page) -> list[Ask]:
        return site_search.searches(page) if site_search.is_named(page) else []
