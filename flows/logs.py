"""Our log, DIR/logs/nianbao.log: what the terminal does not show, tracebacks among it."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_MAX_BYTES = 10 * 1024 * 1024
_NAME = "nianbao.log"
_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def open_log(folder: Path) -> Path:
    """Send this process's log records to the folder's log, instead of one opened before. Returns the file. A record
    that cannot be written, as on a full disk, is lost without a word: whoever fills the disk hears of it otherwise."""
    logging.raiseExceptions = False
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / _NAME
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, _OurHandler)]:
        root.removeHandler(earlier)
        earlier.close()
    handler = _OurHandler(path, maxBytes=_MAX_BYTES, backupCount=5, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # one line per request to the Prefect server
    return path


def open_worker_log(folder: Path) -> None:
    """The same file for a worker process, which leaves setting it aside to its parent."""
    handler = logging.FileHandler(folder / _NAME, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger().addHandler(handler)
    logging.raiseExceptions = False


def set_aside_when_long(path: Path) -> None:
    """For logs that child processes write themselves: start a new one when the old has grown."""
    if path.exists() and path.stat().st_size > _MAX_BYTES:
        path.replace(path.with_suffix(path.suffix + ".1"))


class _OurHandler(logging.handlers.RotatingFileHandler):
    """Told apart from handlers that others put on the root logger."""
