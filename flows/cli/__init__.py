"""The command `nianbao`: finds the command's module, runs it, and is the one place where an error becomes a line.

A command is a module here with HELP, `add_arguments(parser)` and `execute(arguments) -> exit code`.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline.errors import NianbaoError

if TYPE_CHECKING:
    from pipeline.warehouse import Lake

_COMMANDS = (
    "run",
    "ingest",
    "schedule",
    "query",
    "export",
    "diff",
    "status",
    "archive",
    "portals",
    "lake",
    "doctor",
    "demo",
)
_INTERRUPTED = 130

# What the operating system refuses because of something a user can mend.
_FULL = "磁盘空间不足 / the disk is full"
_CLOSED = "没有权限 / no permission"
_MENDABLE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
    errno.EMFILE: "打开的文件过多 / too many open files",
    errno.ENAMETOOLONG: "名称过长 / the name is too long",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line instead of the whole usage."""
        self.exit(2, f"{self.prog}: {message} ({self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.execute(arguments)
        sys.stdout.flush()
    except NianbaoError as error:
        return _say(_one_line(error))
    except KeyboardInterrupt:
        return _say("已中断 / interrupted", _INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        return _say(f"没有安装 {missing} / {missing} is not installed: pip install 'nianbao[crawl,ocr]'")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _MENDABLE:
            return _say(f"{_MENDABLE[error.errno]}: {error.filename or data_folder(arguments)}")
        return _say(f"程序出错 / unexpected {type(error).__name__}: {_one_line(error)}; 详见 see {_keep_traceback()}")
    return code


def data_folder(arguments: argparse.Namespace) -> Path:
    """--data, else $NIANBAO_DATA, else ./data."""
    return Path(arguments.data or os.environ.get("NIANBAO_DATA") or "data")


def place_of(arguments: argparse.Namespace) -> Path | Lake:
    """What is read: the lake where one is set, else the data folder."""
    from flows.settings import load_settings

    return load_settings().warehouse.lake or data_folder(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nianbao",
        description="年报: China's government information disclosure reports, from the portals to SQL",
    )
    parser.add_argument("--version", action="version", version=f"nianbao {version('nianbao')}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for name in _COMMANDS:
        module = importlib.import_module(f"{__name__}.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        command.add_argument("--data", metavar="DIR", help="data folder (default: $NIANBAO_DATA, else ./data)")
        module.add_arguments(command)
        command.set_defaults(execute=module.execute)
    return parser


def _say(line: str, code: int = 1) -> int:
    print(f"nianbao: {line}", file=sys.stderr)
    return code


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _keep_traceback() -> str:
    """Where the traceback of the exception being handled was written to."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.FileHandler):
            logging.getLogger("nianbao").exception("unexpected")
            return handler.baseFilename
    with tempfile.NamedTemporaryFile("w", prefix="nianbao-", suffix=".log", delete=False) as file:
        traceback.print_exc(file=file)
        return file.name
