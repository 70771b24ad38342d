"""The clinic's real server as a process of its own, on a free port and a database of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import databases
from tools.run import static


@contextmanager
def serving(database_url: str, state: Path, **environment: str) -> Iterator[str]:
    """Serve until the end of the block; yields the server's address."""
    with socket.create_server(("127.0.0.1", 0)) as door, (state / "server.log").open("wb") as log:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        surroundings = {"CLINIC_PUBLIC_ADDRESS": address, "CLINIC_STATE_DIR": str(state), "DATABASE_URL": database_url}
        static.gather()
        (state / "static").symlink_to(static.GATHERED)
        server = subprocess.Popen(
            _gunicorn(door.fileno()),
            cwd=databases.ROOT,
            env={**os.environ, **surroundings, **environment},
            stdout=log,
            stderr=log,
            pass_fds=[door.fileno()],
        )
        try:
            _wait_until_ready(address, server, state / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _gunicorn(door: int) -> list[str]:
    size = ["--workers", "1", "--threads", "8"]
    return [sys.executable, "-m", "gunicorn", "clinic.wsgi", "--bind", f"fd://{door}", *size]


def _wait_until_ready(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not come up:\n{log.read_text()[-2000:]}")
