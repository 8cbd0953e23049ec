"""What is compared with: a bare Scrapy spider that downloads the same addresses and forgets them.

python -m benchmarks.crawl.bare REPORTS
"""

from __future__ import annotations

import sys

import scrapy
from scrapy.crawler import CrawlerProcess

from benchmarks.crawl.fleet import PORT, hosts
from benchmarks.quick_server import addresses
from crawlers.job import CrawlSettings


class Bare(scrapy.Spider):
    name = "bare"

    def __init__(self, reports: int) -> None:
        super().__init__()
        # Address by address, as a crawl of many hosts would have it: one request at a time to each.
        self.start_urls = [f"http://{host}:{PORT}{path}" for path in addresses(reports) for host in hosts()]

    def parse(self, response: scrapy.http.Response) -> None:
        return None


def _download(reports: int) -> None:
    """As Scrapy comes, but for the limits that the crawl has too."""
    limits = CrawlSettings()
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "INFO",
            "CONCURRENT_REQUESTS": limits.concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "TELNETCONSOLE_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
        }
    )
    process.crawl(Bare, reports=reports)
    process.start()


if __name__ == "__main__":
    _download(int(sys.argv[1]))
