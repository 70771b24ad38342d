"""The processes that serve: started apart from the terminal, and written down so that they can be found again."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tools.run import places, processes
from tools.run.manage import surroundings
from tools.run.places import PYTHON, ROOT, STATE
from tools.run.say import Trouble

RECORD = STATE / "demo.json"
READY_SECONDS = 60


@dataclass
class Record:
    """What runs: an address, and each process by its number and its birth."""

    address: str
    births: dict[str, str] = field(default_factory=dict)

    def add(self, pid: int) -> None:
        self.births[str(pid)] = processes.born(pid) or ""
        RECORD.write_text(json.dumps(asdict(self)))

    def alive(self) -> list[int]:
        """What was written down and still runs, with its children, but not the process that asks."""
        families = (processes.family(int(pid), birth) for pid, birth in self.births.items())
        return [pid for family in families for pid in family if pid != os.getpid()]


def recorded() -> Record | None:
    """What an earlier start wrote down, if anything."""
    try:
        return Record(**json.loads(RECORD.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def end(record: Record) -> None:
    """Ask the recorded processes to finish what they do, and end those that do not."""
    processes.end(record.alive, ((signal.SIGTERM, 20), (signal.SIGKILL, 5)))
    RECORD.unlink(missing_ok=True)


def reserve(port: int) -> socket.socket:
    """Take the port at once, before the long steps, so that nobody can take it in between."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind(("127.0.0.1", port))
        door.listen()
    except OverflowError:
        raise Trouble(f"there is no port {port}; choose one from 1024 to 65535.") from None
    except PermissionError:
        raise Trouble(f"port {port} is not yours to open; choose one from 1024 to 65535.") from None
    except OSError:
        raise Trouble(f"port {port} is in use; stop what uses it, or run: ./run demo --port {port + 1}") from None
    return door


def serve(door: socket.socket, settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start the web server on a port that is already ours."""
    command = [str(PYTHON), "-m", "gunicorn", "clinic.wsgi", "--bind", f"fd://{door.fileno()}"]
    return _start("server", command, settings, door.fileno())


def work(settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start the worker, which sends the mail of the outbox."""
    return _start("worker", [str(PYTHON), "manage.py", "procrastinate", "worker"], settings)


def log_of(name: str) -> Path:
    return places.LOGS / f"{name}.log"


def _start(name: str, command: list[str], settings: Mapping[str, str], *shared: int) -> "subprocess.Popen[bytes]":
    with log_of(name).open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=surroundings(settings),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=shared,
        )


def wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait for the first answer that has been to the database and back."""
    until = time.monotonic() + READY_SECONDS
    while not _answers(f"{address}/health/ready"):
        if server.poll() is not None or time.monotonic() > until:
            raise Trouble(f"the server did not come up; the reason is in {log_of('server')}.")
        time.sleep(0.1)


def _answers(page: str) -> bool:
    # A proxy of the caller's environment has no business between us and this machine.
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(page, timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False
