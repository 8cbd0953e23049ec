import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.errors import UnreadableDocument
from pipeline.readers.office.converter import Converter
from tests.support.office import needs_office, processes_with
from tests.support.ooxml import zipped

pytestmark = [
    needs_office,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]

RTF = rb"{\rtf1\ansi hello\par}"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    made = Converter()
    yield made
    made.close()


def convert(converter: Converter) -> bool:
    return converter.convert(RTF, ".rtf").startswith(b"PK")


def office_of(converter: Converter) -> int:
    assert converter.folder is not None
    (process,) = processes_with(f"UserInstallation=file://{converter.folder}")
    return process


def gone(folder: Path, within: float = 8) -> bool:
    """Whether nothing is left that worked in a folder: no process, no file, no socket."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        sockets = list(Path("/tmp").glob(f"OSL_PIPE_*_{folder.name}"))
        if not folder.exists() and not processes_with(folder.name) and not sockets:
            return True
        time.sleep(0.05)
    return False


def test_one_process_converts_many_documents(converter: Converter) -> None:
    assert convert(converter)
    first = office_of(converter)
    assert convert(converter) and convert(converter)
    assert office_of(converter) == first
    assert converter.folder and list(converter.folder.glob("source*")) == []


def test_a_broken_document_is_one_reason_and_the_next_is_read(converter: Converter) -> None:
    with pytest.raises(UnreadableDocument, match="LibreOffice cannot open it"):
        converter.convert(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), ".doc")
    with pytest.raises(UnreadableDocument, match="no type that LibreOffice knows"):
        converter.convert(b"just some words", ".doc")
    assert convert(converter)


def test_a_crash_is_survived(converter: Converter) -> None:
    assert convert(converter)
    folder = converter.folder
    assert folder
    os.kill(office_of(converter), signal.SIGKILL)
    assert convert(converter)
    assert gone(folder)


@pytest.mark.slow
def test_the_death_of_its_keeper_is_survived(converter: Converter) -> None:
    assert convert(converter)
    folder, office = converter.folder, office_of(converter)
    assert folder
    keeper = int(Path(f"/proc/{office}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(keeper, signal.SIGKILL)
    assert convert(converter)
    assert gone(folder)


@pytest.mark.slow
def test_one_that_hangs_is_given_up_and_replaced() -> None:
    impatient = Converter(seconds=20)
    assert convert(impatient)
    folder = impatient.folder
    assert folder
    os.kill(office_of(impatient), signal.SIGSTOP)
    impatient._seconds = 1
    with pytest.raises(UnreadableDocument, match="takes longer than 1 s"):
        convert(impatient)
    assert gone(folder)
    impatient._seconds = 20
    assert convert(impatient)
    impatient.close()


@pytest.mark.slow
def test_it_is_started_anew_after_so_many_documents() -> None:
    fresh = Converter(documents=2)
    folders = []
    for _ in range(3):
        assert convert(fresh)
        folders.append(fresh.folder)
    assert folders[0] == folders[1] != folders[2]
    fresh.close()
    assert all(folder and gone(folder) for folder in folders)


@pytest.mark.slow
def test_two_processes_convert_at_once() -> None:
    code = (
        "import sys; from pipeline.readers.office.converter import Converter\n"
        f"c = Converter(); print(all(c.convert({RTF!r}, '.rtf') for _ in range(3)))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(2)]
    assert [process.communicate(timeout=60)[0].strip() for process in both] == [b"True", b"True"]


@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_nothing_outlives_a_worker_that_is_killed(how: signal.Signals) -> None:
    code = (
        "import time; from pipeline.readers.office.converter import Converter\n"
        f"c = Converter(); c.convert({RTF!r}, '.rtf'); print(c.folder, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        folder = Path(worker.stdout.readline().strip())
        assert folder.is_dir() and processes_with(folder.name)
        worker.send_signal(how)
    assert gone(folder)


def test_links_to_elsewhere_are_not_followed(converter: Converter, tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing."""

    secret = tmp_path / "secret.odt"
    secret.write_bytes(odt("<text:p>secret</text:p>"))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}"
        picture = f'<draw:frame text:anchor-type="as-char"><draw:image xlink:href="{place}/a.png"/></draw:frame>'
        sections = "".join(
            f'<text:section text:name="{url[-9:]}"><text:section-source xlink:href="{url}"/></text:section>'
            for url in (f"{place}/there.odt", secret.as_uri())
        )
        converted = converter.convert(odt(f"<text:p>here{picture}</text:p>{sections}"), ".odt", "writer8")
        server.shutdown()
    with zipfile.ZipFile(io.BytesIO(converted)) as package:
        text = package.read("word/document.xml")
    assert b"here" in text and b"secret" not in text
    assert asked == []


def test_without_libreoffice_the_reason_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument, match="apt install libreoffice"):
        convert(Converter())


def odt(content: str) -> bytes:
    names = {"office": "office", "text": "text", "draw": "drawing"}
    declared = " ".join(f'xmlns:{prefix}="{ODF}:{name}:1.0"' for prefix, name in names.items())
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": (
                f'<office:document-content {declared} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
                f"<office:body><office:text>{content}</office:text></office:body></office:document-content>"
            ).encode(),
            "META-INF/manifest.xml": (
                f'<m:manifest xmlns:m="{ODF}:manifest:1.0"><m:file-entry m:full-path="/" '
                'm:media-type="application/vnd.oasis.opendocument.text"/><m:file-entry m:full-path="content.xml" '
                'm:media-type="text/xml"/></m:manifest>'
            ).encode(),
        }
    )
