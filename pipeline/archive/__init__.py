"""The archive of everything fetched or ingested: WARC files and one index over them. Whoever crawls or ingests writes,
everybody reads by position or by address; the files alone are enough to make the index and the warehouse again."""

from pipeline.archive.describing import Description
from pipeline.archive.reading import read_body
from pipeline.archive.records import Response, Sent
from pipeline.archive.writing import ArchiveWriter, Harvest

__all__ = ["ArchiveWriter", "Description", "Harvest", "Response", "Sent", "read_body"]
