"""Templates made once and cloned in a tenth of a second, on the server that DATABASE_URL names."""

import hashlib
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tools.run.testing import CLONES, TEMPLATES

ROOT = Path(__file__).resolve().parent.parent
LOCK = 20261122  # any number, as long as nobody else on the server means something by it


def address(name: str) -> str:
    """The address of a database beside the one that DATABASE_URL names."""
    return make_conninfo(os.environ["DATABASE_URL"], dbname=name)


def url(name: str) -> str:
    """The same as a URL, as the settings want it."""
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    user = ":".join(parts[key] for key in ("user", "password") if key in parts)
    host = parts.get("host", "")
    if host.startswith("/"):
        return f"postgresql://{user}@/{name}?host={host}"
    return f"postgresql://{user}@{host}:{parts.get('port', 5432)}/{name}"


def migrated() -> str:
    """The template with every migration applied and the shipped criteria sets in it."""
    made_of = [
        *ROOT.glob("clinic/**/migrations/*.py"),
        *ROOT.glob("education/*/migrations/*.py"),
        *ROOT.glob("referrals/*/migrations/*.py"),
        *ROOT.glob("clinic/criteria/sets/*.toml"),
        *ROOT.glob("clinic/policies/actions/shipped.py"),
        ROOT / "clinic/settings.py",
        ROOT / "requirements.txt",
    ]
    return _template("schema", made_of, "", _migrate)


def demonstrated() -> str:
    """The template with the demo clinic, as of today (its days are counted from today)."""
    code = [path for room in ("clinic", "education", "referrals") for path in ROOT.glob(f"{room}/**/*.py")]
    made_of = [*code, *ROOT.glob("clinic/**/*.toml"), *ROOT.glob("education/**/*.toml"), ROOT / "requirements.txt"]
    # What was uploaded lies in this checkout's state: another one's template would have no files here.
    return _template("demo", made_of, f"{datetime.now(UTC):%Y-%m-%d} {settings.STATE_DIR}", _load_demo)


def said_in(template: str) -> str:
    """What the command said that made a template."""
    with _server() as server:
        said = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        return str(server.execute(said, [template]).fetchone()[0])


@contextmanager
def clone(template: str) -> Iterator[str]:
    """A database of one's own, gone afterwards."""
    name = f"{CLONES}{secrets.token_hex(6)}"
    with _server() as server:
        _copy(server, template, name)
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _server() -> psycopg.Connection:
    return psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True)


def _template(what: str, made_of: Iterable[Path], also: str, make: Callable[[str], None]) -> str:
    """Make a template unless it is there; whoever comes meanwhile waits, and it gets its name when it is whole."""
    digest = hashlib.sha256(also.encode())
    for path in sorted(made_of):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    name = f"{TEMPLATES}{what}_{digest.hexdigest()[:16]}"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCK, what])
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            unfinished = f"{CLONES}{secrets.token_hex(6)}"
            make(unfinished)
            server.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
            )
    return name


def _copy(server: psycopg.Connection, template: str, name: str) -> None:
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def _migrate(name: str) -> None:
    with _server() as server:
        _copy(server, "template1", name)
    # The tables do not wait for the pages: what is wrong with those, their own tests say.
    manage(name, "migrate", "--verbosity=0", "--skip-checks")
    manage(name, "createcachetable")


def _load_demo(name: str) -> None:
    schema = migrated()
    with _server() as server:
        _copy(server, schema, name)
        said = manage(name, "demo", CLINIC_DEMO="1")
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(said)))


def manage(database: str, *words: str, **environment: str) -> str:
    """Run a command of manage.py on a database and return what it says, which is shown when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, **environment, "DATABASE_URL": url(database)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"manage.py {' '.join(words)} failed:\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr
