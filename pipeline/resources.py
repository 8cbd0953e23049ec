"""Where the files that come with the project lie: configuration, reference data, the sample."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "shipped"  # a wheel has them here, a checkout beside the packages

PACKAGES = _PACKAGE.parent  # pipeline, crawlers and flows stand in it
ROOT = _SHIPPED if _SHIPPED.is_dir() else PACKAGES
CONFIG = ROOT / "config"
REFERENCE = ROOT / "data" / "reference"
SAMPLE = ROOT / "data" / "sample"
