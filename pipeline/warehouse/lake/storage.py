"""S3-compatible storage for a lake's files, reached as other clients of it are: by the variables AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_REGION, and AWS_ENDPOINT_URL for a server that is not Amazon's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import urlsplit

from pipeline.errors import WarehouseError
from pipeline.warehouse.database import literal

SCHEME = "s3://"
EXTENSION = "httpfs"

_KEY = "AWS_ACCESS_KEY_ID"
_TEXTS = {
    _KEY: "KEY_ID",
    "AWS_SECRET_ACCESS_KEY": "SECRET",
    "AWS_SESSION_TOKEN": "SESSION_TOKEN",
    "AWS_REGION": "REGION",
}


def needed(files: str) -> bool:
    """`files` is where the lake's files are said to lie. Who only reads a lake need not say it: then whoever has a key
    may need it."""
    if files:
        return files.startswith(SCHEME)
    return _KEY in os.environ and find_spec(f"duckdb_extension_{EXTENSION}") is not None


def secret(environment: Mapping[str, str]) -> str:
    """What gives a connection the key."""
    if _KEY not in environment:
        raise WarehouseError(f"访问 {SCHEME} 须设置 / {SCHEME} needs: {_KEY}, AWS_SECRET_ACCESS_KEY")
    options = ["TYPE s3"]
    options += [f"{option} {literal(environment[name])}" for name, option in _TEXTS.items() if environment.get(name)]
    if endpoint := environment.get("AWS_ENDPOINT_URL"):
        server = urlsplit(endpoint)
        options += [f"ENDPOINT {literal(server.netloc + server.path.rstrip('/'))}", "URL_STYLE 'path'"]
        options += [f"USE_SSL {str(server.scheme == 'https').lower()}"]
    return f"CREATE OR REPLACE SECRET lake_files ({', '.join(options)})"
