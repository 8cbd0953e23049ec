"""A server that speaks nothing newer than TLS 1.0, as some portals still do."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from pipeline.model import Kind
from tests.support.crawling import job_in, portal, run
from tests.support.sites import Site, handler_of, report

pytestmark = pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1 is deprecated")

T2024 = "某县公安局2024年政府信息公开工作年度报告"


@pytest.fixture
def old_server(tmp_path: Path) -> Iterator[str]:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=old.gov.cn"]
    subprocess.run([*request, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.maximum_version = ssl.TLSVersion.TLSv1
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.4.1", 0), handler_of(Site({"/": report(T2024)}))) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"https://127.0.4.1:{server.server_port}/"
        server.shutdown()


def test_only_a_portal_that_asks_for_it_is_read_with_old_tls_and_the_log_says_so(
    tmp_path: Path, old_server: str
) -> None:
    job = job_in(tmp_path, [portal("old", old_server, tls="legacy"), portal("strict", old_server)])
    crawled = run(job)
    assert crawled.outcomes["old"].state == "ok", crawled.outcomes["old"].reason
    assert set(crawled.of("old", Kind.REPORT)) == {"/"}
    assert crawled.outcomes["strict"].state == "dead"
    assert "old: old TLS versions" in crawled.log
    assert "strict: old TLS versions" not in crawled.log
