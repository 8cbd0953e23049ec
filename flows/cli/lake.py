"""`nianbao lake`: what several machines share."""

from __future__ import annotations

import argparse

from flows.cli import data_folder
from pipeline.errors import ConfigError

HELP = "the warehouse that several machines share: share, gather"

_ACTIONS = {
    "share": "what this data folder has and the lake has not goes into it, as after every pass",
    "gather": "the data folder's file is made anew from the lake, with what every machine has shared",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=_ACTIONS, help="; ".join(f"{name}: {what}" for name, what in _ACTIONS.items())
    )


def execute(arguments: argparse.Namespace) -> int:
    from flows.datafolder import DataFolder
    from flows.settings import load_settings
    from pipeline import warehouse

    lake = load_settings().warehouse.lake
    if lake is None:
        raise ConfigError("没有设置数据湖 / no lake is set: NIANBAO_WAREHOUSE_URL=ducklake:postgres:…")
    data = DataFolder(data_folder(arguments))
    if arguments.action == "share":
        shared = warehouse.share(data.root, lake)
        print(f"新增 new {shared.new}, 更新 changed {shared.changed}, 湖中较新 newer in the lake {shared.older}")
        return 0
    data.prepare()
    with data.locked():
        print(f"{warehouse.gather(lake, data.root)} 份年报 reports: {data.root}")
    return 0
