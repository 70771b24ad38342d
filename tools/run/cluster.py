"""The embedded PostgreSQL: one cluster for the demo, one for the tests, started when used.

Whoever uses a cluster holds its `users` lock together with the others; the last one to leave stops
it. Locks die with their process, so nothing is left to tidy up after a kill -9 but the server itself,
which the next start finds and uses. Whether it runs is judged by connecting, never by a number.
"""

import errno
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import socket
import stat
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path
from urllib.parse import quote

from tools.run import binaries, places, processes
from tools.run.say import Trouble, say

USER = "clinic"
LENT = Path("/var/lib/spine-clinic")
START_SECONDS = 60
ACCEPTS, REFUSES = "accepts", "refuses"
CANNOT_CONNECT_NOW = b"57P03"
# Nothing of the caller's environment reaches the server: a stray PGDATA or LC_ALL would.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
# Nothing in a test's database outlives the run, so it need not survive a power cut.
UNSAFE_AND_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "200",
}


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server with its data, its socket and its password."""

    name: str
    settings: tuple[tuple[str, str], ...] = ()

    @cached_property
    def home(self) -> Path:
        """In the state folder; where root lends to nobody and nobody cannot reach it, in /var/lib."""
        if binaries.may_use(places.STATE):
            return places.STATE / self.name
        key = hashlib.sha256(str(places.STATE).encode()).hexdigest()[:12]
        return LENT / key / self.name

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def title(self) -> str:
        """The name that every process of this cluster carries in its title."""
        return "clinic-" + hashlib.sha256(str(self.data).encode()).hexdigest()[:12]

    @property
    def socket(self) -> Path:
        """A short folder, for a socket's whole path ends at 107 bytes and a checkout's may not."""
        return Path("/tmp") / f"{self.title}-{os.geteuid()}"

    @property
    def password(self) -> str:
        return self._password_file.read_text()

    @property
    def _password_file(self) -> Path:
        return self.home / "password"

    def url(self, database: str) -> str:
        return f"postgresql://{USER}:{self.password}@/{database}?host={quote(str(self.socket), safe='')}"

    @contextmanager
    def used(self) -> Iterator[bool]:
        """Have the server running inside the with block; yields whether it had to be started."""
        with self._users() as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self._start()
            finally:
                fcntl.flock(users, fcntl.LOCK_UN)
                self.stop_unless_used()

    def stop_unless_used(self) -> bool:
        """Stop the server if nobody uses it; False when somebody does."""
        with self._users() as users:
            if not places.try_lock(users.fileno()):
                return False
            # The postmaster sends everybody home; without one, what is left of its children is ended.
            processes.end(self._postmaster, ((signal.SIGINT, 20),))
            self._end_rest()
            shutil.rmtree(self.socket, ignore_errors=True)
        return True

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement as the cluster's owner and return what it prints."""
        psql = [str(binaries.programs(self.home) / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]
        done = subprocess.run([*psql, self.url(database)], capture_output=True, text=True)
        if done.returncode:
            raise Trouble(f"PostgreSQL refused: {done.stderr.strip()}")
        return str(done.stdout).strip()

    def have_database(self, database: str) -> None:
        """Make a database where there is none yet."""
        with places.lock(f"{self.name}.start"):
            if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"):
                self.sql(f'CREATE DATABASE "{database}"')

    def _users(self) -> TextIOWrapper:
        return (places.STATE / f"{self.name}.users.lock").open("w")

    def _start(self) -> bool:
        with places.lock(f"{self.name}.start", waiting="  waiting for PostgreSQL, which somebody else starts"):
            if self._answer() == ACCEPTS:
                return False
            self._end_rest()
            self._make_home()
            if not self.data.exists():
                self._initialise()
            self._launch()
        return True

    def _make_home(self) -> None:
        if self.home.parent != places.STATE:
            for folder in (LENT, self.home.parent):
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)  # whatever the umask: the database's user passes through
        _make_private(self.home)
        _make_private(self.socket)

    def _initialise(self) -> None:
        """Make the data in a folder of another name first: what is called data is whole."""
        say("  making a PostgreSQL cluster")
        for abandoned in self.home.glob("data-*"):
            shutil.rmtree(abandoned)
        _write_private(self._password_file, secrets.token_urlsafe(24), binaries.database_user().pw_uid)
        unfinished = self.home / f"data-{os.getpid()}"
        self._run_initdb(unfinished)
        unfinished.rename(self.data)

    def _run_initdb(self, data: Path) -> None:
        initdb = str(binaries.programs(self.home) / "initdb")
        options = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=scram-sha-256", f"--username={USER}"]
        command = [initdb, *options, f"--pwfile={self._password_file}", "--no-sync", "-D", str(data)]
        done = subprocess.run(
            command, cwd="/", env=ENVIRONMENT, capture_output=True, text=True, **binaries.as_database_user()
        )
        if done.returncode:
            shutil.rmtree(data, ignore_errors=True)
            raise _trouble(done.stdout + done.stderr)

    def _launch(self) -> None:
        """Start the server apart from this terminal, so that Ctrl-C reaches it only through us."""
        # Its number may have been given away since, and nobody of ours lives: _end_rest saw to that.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        log = places.LOGS / f"{self.name}.log"
        with log.open("ab") as output:
            start = output.tell()
            server = subprocess.Popen(
                self._command(),
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **binaries.as_database_user(),
            )
        until = time.monotonic() + START_SECONDS
        while self._answer() != ACCEPTS:
            if server.poll() is not None or time.monotonic() > until:
                raise _trouble(log.read_bytes()[start:].decode(errors="replace"))
            time.sleep(0.02)

    def _command(self) -> list[str]:
        settings = {
            "cluster_name": self.title,
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            **dict(self.settings),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(binaries.programs(self.home) / "postgres"), "-D", str(self.data), *options]

    def _answer(self) -> str | None:
        """Knock at the door: ACCEPTS, REFUSES (while it starts or stops), or None when nobody is there."""
        hello = struct.pack("!I", 196608) + b"user\0" + USER.encode() + b"\0database\0postgres\0\0"
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(5)
            try:
                door.connect(str(self.socket / ".s.PGSQL.5432"))
                door.sendall(struct.pack("!I", len(hello) + 4) + hello)
                reply = door.recv(4096)
            except OSError:
                return None
        return REFUSES if CANNOT_CONNECT_NOW in reply or not reply else ACCEPTS

    def _postmaster(self) -> list[int]:
        """The server itself still shows how it was started; its children show only the cluster's name."""
        return processes.named(f"cluster_name={self.title}", binaries.database_user().pw_uid)

    def _alive(self) -> list[int]:
        return processes.named(self.title, binaries.database_user().pw_uid)

    def _end_rest(self) -> None:
        processes.end(self._alive, ((signal.SIGQUIT, 5), (signal.SIGKILL, 5)))


def _make_private(folder: Path) -> None:
    """Make a folder that only the database's user may enter; refuse one that somebody else put there."""
    owner = binaries.database_user().pw_uid
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise Trouble(f"{folder} belongs to somebody else; remove it and run again.") from None
        folder.chmod(0o700)


def _write_private(file: Path, text: str, owner: int) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    file.unlink(missing_ok=True)
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(number, "w") as opened:
        os.fchown(number, owner, -1)
        opened.write(text)


def _trouble(output: str) -> Trouble:
    """The last thing that PostgreSQL said, as one sentence."""
    if "No space left on device" in output:
        return places.explain(OSError(errno.ENOSPC, ""))
    last = next((line for line in reversed(output.splitlines()) if "FATAL" in line or "error" in line), "it was silent")
    return Trouble(f"PostgreSQL did not start ({last.strip()}); its log is in {places.LOGS}.")


DEMO = Cluster("postgres")
TESTS = Cluster("test-postgres", tuple(UNSAFE_AND_QUICK.items()))
