"""The warehouse beyond one machine: the same tables on DuckLake, a catalog in PostgreSQL with Parquet files in a folder
that all machines see. Every machine loads into its own file as always and shares what is new; several may at once."""

from pipeline.warehouse.lake.connection import Lake
from pipeline.warehouse.lake.gathering import gather
from pipeline.warehouse.lake.reading import attach_current, read_lake
from pipeline.warehouse.lake.sharing import Shared, share

__all__ = ["Lake", "Shared", "attach_current", "gather", "read_lake", "share"]
