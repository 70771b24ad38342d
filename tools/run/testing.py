"""./run test: pytest on a PostgreSQL of its own, that forgets safety for speed."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tools.run import environment
from tools.run.cluster import TESTS
from tools.run.manage import surroundings
from tools.run.places import PYTHON, ROOT

# tests/conftest.py names its databases like this, and keeps these many of the templates it made.
CLONES, TEMPLATES, KEPT = "clone_", "template_of_", 6


def test(words: list[str]) -> int:
    """Run pytest, on three workers unless told otherwise: while one waits for a page, two keep two cores busy."""
    environment.ready(environment.DEVELOPMENT)
    workers = [] if {"-n", "--numprocesses", "--collect-only"} & set(words) else ["-n", "3", "--dist", "worksteal"]
    with _server() as url:
        # Compiled once, they are there for every worker and the next run, even where the caller keeps no bytecode.
        given = surroundings({"DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": ""})
        return subprocess.run([PYTHON, "-m", "pytest", *workers, *words], cwd=ROOT, env=given).returncode


@contextmanager
def _server() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with TESTS.used() as started:
        if started:
            _sweep()
        yield TESTS.url("postgres")


def _sweep() -> None:
    """Nobody used the server before we started it: what killed runs left behind can go, and old templates."""
    stale = TESTS.sql(
        f"SELECT datname FROM pg_database WHERE datname LIKE '{CLONES}%' UNION ALL "
        f"(SELECT datname FROM pg_database WHERE datname LIKE '{TEMPLATES}%' ORDER BY oid DESC OFFSET {KEPT})"
    )
    for name in stale.split():
        TESTS.sql(f'DROP DATABASE "{name}"')
