"""`nianbao schedule`: a lasting Prefect server, and the nightly flow served from this process by a timetable."""

from __future__ import annotations

import os
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flows.datafolder import DataFolder
from flows.logs import open_log
from flows.prefect_server import serve_prefect
from flows.request import PassRequest
from flows.settings import load_settings
from pipeline.errors import ConfigError
from pipeline.resources import PACKAGES

_DEPLOYMENT = "every-night"


def serve_schedule(request: PassRequest, *, cron: str, timezone: str, port: int) -> None:
    """Returns when it is told to stop."""
    load_settings()
    _check_timezone(timezone)
    request.select_portals()
    data = DataFolder(request.data)
    data.prepare()
    open_log(data.logs)
    with serve_prefect(data.prefect, data.logs / "prefect.log", lasting=True, port=port) as server:
        from prefect.schedules import Cron

        try:
            schedule = Cron(cron, timezone=timezone)
        except ValueError as error:
            raise ConfigError(f"时间表不对 / not a cron expression: {cron}") from error
        from prefect.types.entrypoint import EntrypointType

        from flows.nightly import nightly

        server.wait_until_ready()
        print(f"每晚任务已就绪 / serving {nightly.name}/{_DEPLOYMENT}: {cron} {timezone}, 数据 data {data.root}")
        print(f"界面 UI {server.url.removesuffix('/api')}, 日志 logs {data.logs}; Ctrl-C 停止 stops", flush=True)
        os.chdir(PACKAGES)  # passes are started from here, by processes that import `flows`
        nightly.serve(
            name=_DEPLOYMENT,
            schedule=schedule,
            parameters=request.as_parameters(),
            limit=1,
            print_starting_message=False,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )


def _check_timezone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"没有这个时区 / no such time zone: {name}") from error
