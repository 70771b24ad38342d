"""How long a preview takes over 100,000 open cases.

`DATABASE_URL=… .venv/bin/python -m bench.preview` makes a database of its own beside the one named (the role must be
a superuser's), fills it with made-up cases, and weighs them as the product does. docs/measured.md says what came out.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from tests.databases import address, manage, url

ROOT = Path(__file__).resolve().parent.parent
NAME = "bench_preview"


def main() -> int:
    options = _options()
    with _database(keep=options.keep):
        manage(NAME, "migrate", "--verbosity=0")
        words = [sys.executable, "-m", "bench.weighing", str(options.cases), str(options.workers)]
        return subprocess.run(words, cwd=ROOT, env={**os.environ, "DATABASE_URL": url(NAME)}).returncode


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.preview", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2, help="one for each core that it may use (2)")
    parser.add_argument("--keep", action="store_true", help=f"leave the database {NAME} for a look at it")
    return parser.parse_args()


@contextmanager
def _database(*, keep: bool) -> Iterator[None]:
    name = sql.Identifier(NAME)
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield
        finally:
            if not keep:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


if __name__ == "__main__":
    sys.exit(main())
