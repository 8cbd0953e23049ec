"""The warehouse: everything that is SQL. Others see the functions here and nothing behind them."""

from pipeline.warehouse.content import ReportRows
from pipeline.warehouse.difference import difference
from pipeline.warehouse.lake import Lake, Shared, gather, share
from pipeline.warehouse.load import LoadResult, load, repair
from pipeline.warehouse.notebook import Label, Warehouse
from pipeline.warehouse.parquet import publish_parquet
from pipeline.warehouse.places import archive_references
from pipeline.warehouse.quarantine import Quarantined
from pipeline.warehouse.query import QueryResult, query
from pipeline.warehouse.release import FORMATS, Release, export
from pipeline.warehouse.release.contents import Scope
from pipeline.warehouse.sightings import held_reports
from pipeline.warehouse.status import (
    CoverageRow,
    DocumentFailure,
    Failures,
    NationalRow,
    PortalFailure,
    QuarantinedFile,
    coverage,
    failures,
    national,
    recent_runs,
)

__all__ = [
    "FORMATS",
    "CoverageRow",
    "DocumentFailure",
    "Failures",
    "Label",
    "Lake",
    "LoadResult",
    "NationalRow",
    "PortalFailure",
    "Quarantined",
    "QuarantinedFile",
    "QueryResult",
    "Release",
    "ReportRows",
    "Scope",
    "Shared",
    "Warehouse",
    "archive_references",
    "coverage",
    "difference",
    "export",
    "failures",
    "gather",
    "held_reports",
    "load",
    "national",
    "publish_parquet",
    "query",
    "recent_runs",
    "repair",
    "share",
]
