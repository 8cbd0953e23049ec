"""Where the files that come with the project lie: configuration, reference data, the sample."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "config"
REFERENCE = ROOT / "data" / "reference"
SAMPLE = ROOT / "data" / "sample"
