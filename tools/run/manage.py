"""./run manage: any command of manage.py, in the environment and with the database started for it."""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tools.run import environment
from tools.run.cluster import DEMO
from tools.run.places import PYTHON, ROOT, STATE

DATABASE = "clinic"
# These read code and files only; `makemigrations` merely compares with a database when there is one.
NEED_NO_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "determine",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "startapp",
    "version",
}


def manage(words: list[str]) -> int:
    """Run one command of manage.py; its output and its exit status are its own."""
    environment.ready(environment.RUNTIME)
    if _needs_database(words):
        with database() as url:
            return call(words, {"DATABASE_URL": url})
    return call(words, {})


def _needs_database(words: list[str]) -> bool:
    return bool(words) and words[0] not in NEED_NO_DATABASE and not {"--help", "-h", "--version"} & set(words)


@contextmanager
def database() -> Iterator[str]:
    """The address of the clinic's database: DATABASE_URL's, else the embedded one, started for as long as needed."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with DEMO.used():
        DEMO.have_database(DATABASE)
        yield DEMO.url(DATABASE)


def call(words: list[str], settings: Mapping[str, str]) -> int:
    """Run manage.py with these environment variables besides our own."""
    with subprocess.Popen(command(words), cwd=ROOT, env=surroundings(settings)) as running:
        # Ctrl-C goes to both: the command decides what it does about it, and we wait for that.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            return running.wait()
        finally:
            signal.signal(signal.SIGINT, before)


def command(words: list[str]) -> list[str]:
    # Without -P a file of the caller's folder could stand in for a module; unexpected output must not wait in a buffer.
    return [str(PYTHON), "-u", "manage.py", *words]


def surroundings(settings: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "CLINIC_STATE_DIR": str(STATE), **settings}
