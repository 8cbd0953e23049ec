"""Finds and brings bytes: from a portal's home page to its annual reports and their attachments, in the archive.

Started as a process of its own, `python -m crawlers JOB.json`, because Scrapy's reactor starts once per process.
"""
