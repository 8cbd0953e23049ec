"""What readers read: the published file of a data folder, or the lake that several machines share."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from pipeline.warehouse.database import Connection
from pipeline.warehouse.files import Paths
from pipeline.warehouse.lake import Lake, read_lake
from pipeline.warehouse.opening import read_published

Place = Path | Lake


def read_place(
    place: Place, spill: Path | None = None, target: Path | None = None
) -> AbstractContextManager[Connection]:
    """Read-only, with the tables of this version; errors come as one line. DuckDB puts into `spill` what does not fit
    into memory; `target` is where what is read is written."""
    return read_lake(place, spill) if isinstance(place, Lake) else read_published(place, spill, target)


def holds_nothing(place: Place) -> bool:
    """Of a data folder: nothing has been published there yet."""
    return isinstance(place, Path) and not Paths(place).published.exists()
