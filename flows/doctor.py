"""What the next pass needs of this machine, looked at piece by piece, with the way to mend what is missing."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crawlers.browser import chromium
from flows.datafolder import DataFolder
from flows.request import REGISTRY
from flows.settings import load_settings
from pipeline import warehouse
from pipeline.errors import NianbaoError, WarehouseError
from pipeline.packed import missing_tools
from pipeline.readers.office import installed
from pipeline.readers.scan import fonts
from pipeline.registry import load_portals
from pipeline.registry_checks import check_portals

_COMFORTABLE_BYTES = 5 * 1024**3


class State(StrEnum):
    GOOD = "ok  "
    WANTING = "warn"  # passes work, with less
    BROKEN = "FAIL"


@dataclass(frozen=True)
class Finding:
    what: str
    state: State
    detail: str
    mend: str = ""


def examine(data: Path) -> Iterator[Finding]:
    for what, look in _LOOKS.items():
        try:
            yield look(what, DataFolder(data))
        except NianbaoError as error:
            yield Finding(what, State.BROKEN, str(error))


def _python(what: str, data: DataFolder) -> Finding:
    good = sys.version_info >= (3, 11)
    return Finding(what, State.GOOD if good else State.BROKEN, sys.version.split()[0], "" if good else "Python ≥ 3.11")


def _settings(what: str, data: DataFolder) -> Finding:
    settings = load_settings()
    return Finding(what, State.GOOD, f"{settings.crawl.delay:g} s per host, {settings.extract.workers} workers")


def _registry(what: str, data: DataFolder) -> Finding:
    problems = check_portals([REGISTRY])
    if problems:
        return Finding(what, State.BROKEN, f"{len(problems)} problems in {REGISTRY}", "nianbao portals check")
    return Finding(what, State.GOOD, f"{len(load_portals([REGISTRY]))} portals")


def _folder(what: str, data: DataFolder) -> Finding:
    data.prepare()
    free = shutil.disk_usage(data.root).free
    detail = f"{data.root}, {free / 1024**3:.1f} GB free"
    if free < _COMFORTABLE_BYTES:
        return Finding(
            what, State.WANTING, detail, "腾出空间或换一个目录 / make room, or name another folder with --data"
        )
    return Finding(what, State.GOOD, detail)


def _warehouse(what: str, data: DataFolder) -> Finding:
    if not (data.root / "nianbao.duckdb").exists():
        return Finding(what, State.WANTING, "还没有数据 / nothing published yet", "make run; nianbao run")
    count = sum(row.reports_held for row in warehouse.coverage(data.root))
    return Finding(what, State.GOOD, f"{count} reports")


def _lake(what: str, data: DataFolder) -> Finding:
    lake = load_settings().warehouse.lake
    if lake is None:
        return Finding(what, State.GOOD, "没有设置 / none is set")
    try:
        count = sum(row.reports_held for row in warehouse.coverage(lake))
    except WarehouseError as error:  # passes go on without it, and share later
        return Finding(what, State.WANTING, str(error))
    return Finding(what, State.GOOD, f"{count} reports, {lake.shown}")


def _browser(what: str, data: DataFolder) -> Finding:
    found = chromium()
    if found is None:
        return Finding(what, State.WANTING, "没有浏览器 / none", "apt install chromium; or playwright install chromium")
    return Finding(what, State.GOOD, found)


def _ocr(what: str, data: DataFolder) -> Finding:
    found = importlib.util.find_spec("rapidocr")
    models = sorted(Path(found.origin).parent.glob("models/*.onnx")) if found and found.origin else []
    if len(models) < 2:
        return Finding(what, State.BROKEN, "没有识别模型 / models missing", "make setup")
    return Finding(what, State.GOOD, f"rapidocr {version('rapidocr')}, {len(models)} models")


def _fonts(what: str, data: DataFolder) -> Finding:
    if fonts.missing_fonts():
        detail = "没有中文字体 / no Chinese font: PDFs that hold no fonts cannot be recognized"
        return Finding(what, State.WANTING, detail, fonts.INSTALL)
    return Finding(what, State.GOOD, "中文 Chinese")


def _converter(what: str, data: DataFolder) -> Finding:
    found = installed.find_office()
    if found is None:
        detail = "没有 LibreOffice 或其 Python 接口 / no LibreOffice, or no python3-uno: DOC, WPS and RTF stay unread"
        return Finding(what, State.WANTING, detail, installed.INSTALL)
    return Finding(what, State.GOOD, f"{found.soffice}, {found.python}")


def _archives(what: str, data: DataFolder) -> Finding:
    missing = missing_tools()
    if missing:
        return Finding(
            what, State.WANTING, f"没有 / no {', '.join(missing)}: RAR and 7z stay unread", "apt install unar"
        )
    return Finding(what, State.GOOD, "unar")


def _prefect(what: str, data: DataFolder) -> Finding:
    try:
        return Finding(what, State.GOOD, version("prefect"))
    except PackageNotFoundError:
        return Finding(what, State.BROKEN, "not installed", "make setup")


_LOOKS: dict[str, Callable[[str, DataFolder], Finding]] = {
    "python": _python,
    "设置 settings": _settings,
    "名录 registry": _registry,
    "数据目录 data folder": _folder,
    "数据仓库 warehouse": _warehouse,
    "数据湖 lake": _lake,
    "浏览器 browser": _browser,
    "文字识别 OCR": _ocr,
    "字体 fonts": _fonts,
    "转换 converter": _converter,
    "压缩包 archives": _archives,
    "prefect": _prefect,
}
