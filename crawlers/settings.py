"""Scrapy's settings for a crawl. Manners, retries and redirects are `fetch.py`'s: Scrapy only carries requests out."""

from __future__ import annotations

from typing import Any

from crawlers.addresses import own_hosts
from crawlers.browser import LazyBrowser, launch_options
from crawlers.encodings import ContentEncodings
from crawlers.job import CrawlJob
from crawlers.rendering import aborts
from crawlers.tls import DownloadHandler

_UNUSED = (
    "closespider.CloseSpider", "feedexport.FeedExporter", "logcount.LogCount", "logstats.LogStats",
    "memdebug.MemoryDebugger", "memusage.MemoryUsage", "remote_control.RemoteControl", "spiderstate.SpiderState",
    "telnet.TelnetConsole", "throttle.AutoThrottle",
)  # fmt: skip


def scrapy_settings(job: CrawlJob) -> dict[str, Any]:
    limits = job.settings
    hosts = frozenset().union(*(own_hosts(portal) for portal in job.portals))
    return {
        "USER_AGENT": limits.user_agent,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "text/html,*/*;q=0.8", "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.3"},
        "CONCURRENT_REQUESTS": 0,  # 16; the gate limits
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1_000,  # 8; the same
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_TIMEOUT": limits.timeout,  # 180
        "DOWNLOAD_MAXSIZE": limits.max_bytes,  # 1 GiB
        "DOWNLOAD_WARNSIZE": 0,  # 32 MiB; reports as scans are that large
        "DOWNLOAD_HANDLERS": {"http": DownloadHandler, "https": DownloadHandler, "file": None, "ftp": None, "s3": None},
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.stats.DownloaderStats": None,  # nobody reads them
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            ContentEncodings: 590,
        },
        "DNS_TIMEOUT": min(limits.timeout, 60),
        "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        "PLAYWRIGHT_BROWSER_PROVIDER": LazyBrowser,
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(hosts),
        "PLAYWRIGHT_ABORT_REQUEST": aborts,
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 1000,  # 30 s; nothing is downloaded through the browser
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": limits.timeout * 1000,
        # All but CoreStats, which knows how a crawl ended. Nobody is to talk to a running one, and loading what
        # would listen, export or count takes a tenth of a second.
        "EXTENSIONS": {f"scrapy.extensions.{name}": None for name in _UNUSED},
        "LOG_LEVEL": "INFO",  # DEBUG
        "LOG_FORMAT": "%(asctime)s %(process)d [%(name)s] %(levelname)s: %(message)s",  # several write to one log
    }
