"""`nianbao run`: one nightly pass with a Prefect server for as long as it lasts."""

from __future__ import annotations

from flows.datafolder import DataFolder
from flows.logs import open_log
from flows.prefect_server import serve_prefect
from flows.progress import shown
from flows.publishing import PassResult
from flows.request import PassRequest
from flows.settings import load_settings


def run_nightly(request: PassRequest) -> PassResult:
    """What can be found wrong at once is found while the server starts."""
    load_settings()
    data = DataFolder(request.data)
    data.prepare()
    open_log(data.logs)
    with serve_prefect(data.prefect, data.logs / "prefect.log") as server, shown():
        if request.from_archive:
            request.province_codes()
        else:
            request.select_portals()
        if not request.wait:
            with data.locked():
                pass
        from flows.nightly import nightly

        server.wait_until_ready()
        result: PassResult = nightly(**request.as_parameters())
        return result
