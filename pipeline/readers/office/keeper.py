"""Keeps one LibreOffice running and converts documents with it, one after another.

A script of its own for the Python that LibreOffice speaks with, which is seldom ours; it imports nothing of the
project. Requests come as lines of JSON on standard input, answers leave on standard output. When the input ends,
because its owner has enough or is dead, LibreOffice and the folder that it worked in are gone a moment later.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import queue
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

_STARTS_WITHIN = 60  # seconds
_NEW_PROFILE = 81  # LibreOffice's exit code when it has made a profile and wants to be started again
_MOST_MEMORY = 3 * 1024**3
_LARGEST_FILE = 300 * 1024**2
_PR_SET_PDEATHSIG = 1
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),  # the one named here, and none listens there
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def main(soffice: str) -> int:
    folder = Path(tempfile.mkdtemp(prefix="nianbao-office-"))
    office = Office(soffice, folder)
    signal.signal(signal.SIGTERM, lambda number, frame: office.end())
    try:
        office.start()
        requests: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=_take_requests, args=(requests, office), daemon=True).start()
        office.connect()
        answer({"folder": str(folder)})
        while True:
            answer(office.convert(**json.loads(requests.get())))
    except OfficeLost as lost:
        answer({"lost": str(lost)})
        return 1
    finally:
        office.end()


def answer(content: dict[str, str]) -> None:
    print(json.dumps(content), flush=True)


def _take_requests(requests: queue.SimpleQueue[str], office: Office) -> None:
    for line in sys.stdin:
        requests.put(line)
    office.end()


class OfficeLost(Exception):
    """LibreOffice did not start, or crashed."""


class Office:
    def __init__(self, soffice: str, folder: Path) -> None:
        self._soffice = soffice
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._desktop: Any = None
        self._ending = threading.Lock()

    def start(self) -> None:
        profile = self._folder / "profile"
        (profile / "user").mkdir(parents=True, exist_ok=True)
        (profile / "user" / "registrymodifications.xcu").write_text(settings(), encoding="utf-8")
        command = [self._soffice, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
                   "--nofirststartwizard", f"-env:UserInstallation={profile.as_uri()}",
                   f"--accept=pipe,name={self._folder.name};urp;StarOffice.ComponentContext"]  # fmt: skip
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._folder),
            "TMPDIR": str(self._folder),
            "LANG": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
            "SAL_DISABLE_OPENCL": "1",
        }
        self._process = subprocess.Popen(  # noqa: S603 - the LibreOffice that was found here
            command,
            env=environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=_restrain,
        )

    def connect(self) -> None:
        import uno  # LibreOffice's

        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        no_connection = uno.getClass("com.sun.star.connection.NoConnectException")
        until = time.monotonic() + _STARTS_WITHIN
        while time.monotonic() < until:
            try:
                context = resolver.resolve(f"uno:pipe,name={self._folder.name};urp;StarOffice.ComponentContext")
            except no_connection:
                self._start_again_if_asked()
                time.sleep(0.02)
                continue
            manager = context.ServiceManager
            self._desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            return
        raise OfficeLost(f"it does not answer within {_STARTS_WITHIN} s")

    def _start_again_if_asked(self) -> None:
        code = self._process.poll() if self._process else None
        if code == _NEW_PROFILE:
            self.start()
        elif code is not None:
            raise OfficeLost(f"it ended with code {code}")

    def convert(self, source: str, target: str, load_filter: str, store_filter: str) -> dict[str, str]:
        import uno

        disposed = uno.getClass("com.sun.star.lang.DisposedException")
        failed = uno.getClass("com.sun.star.uno.Exception")
        quiet = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": 0, "UpdateDocMode": 0}
        chosen = {"FilterName": load_filter} if load_filter else {}
        try:
            document = self._desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, _given(quiet | chosen))
            if document is None:
                return {"error": "it is broken, or behind a password"}
            try:
                if _was_taken_for_plain_text(document):
                    return {"error": "it is of no type that LibreOffice knows"}
                document.storeToURL(Path(target).as_uri(), _given({"FilterName": store_filter}))
            finally:
                document.close(True)
        except disposed as error:
            raise OfficeLost("it crashed") from error
        except failed as error:
            return {"error": f"it is broken, or behind a password ({type(error).__name__})"}
        return {"done": target}

    def end(self) -> None:
        """The whole process ends here, whichever thread asks."""
        with self._ending:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            clean(self._folder)
            sys.stdout.flush()
            os._exit(0)


def clean(folder: Path) -> None:
    """Whatever LibreOffice leaves: its folder, and the sockets that it keeps elsewhere."""
    shutil.rmtree(folder, ignore_errors=True)
    digest = hashlib.md5((folder / "profile").as_uri().encode("utf-16-le"), usedforsecurity=False).digest()
    instance = "".join(f"{byte:x}" for byte in digest)  # as LibreOffice writes it, without leading zeros
    for name in (folder.name, f"SingleOfficeIPC_{instance}"):
        Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}").unlink(missing_ok=True)  # noqa: S108 - the place is LibreOffice's


def settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )


def _was_taken_for_plain_text(document: Any) -> bool:
    """LibreOffice's last resort for bytes that it does not understand."""
    loaded = {argument.Name: argument.Value for argument in document.getArgs()}
    return str(loaded.get("FilterName", "")).startswith("Text")


def _given(properties: dict[str, Any]) -> tuple[Any, ...]:
    import uno

    return tuple(
        uno.createUnoStruct("com.sun.star.beans.PropertyValue", name, 0, value, 0) for name, value in properties.items()
    )


_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _restrain() -> None:
    """In LibreOffice's process before it is LibreOffice: bounds, and no life without us."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    for what, most in ((resource.RLIMIT_DATA, _MOST_MEMORY), (resource.RLIMIT_FSIZE, _LARGEST_FILE)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
