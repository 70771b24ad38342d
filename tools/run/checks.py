"""./run check: what a machine can say about the code without running the tests."""

import os
import subprocess
import time

from tools.run import environment, places
from tools.run.places import PYTHON, ROOT
from tools.run.say import Trouble, say

# Made up for `check --deploy`, which reads the settings and connects to nothing.
PRODUCTION = {
    "CLINIC_PRODUCTION": "1",
    "CLINIC_DEMO": "",
    "CLINIC_SECRET_KEY": "made-up-for-this-check-only-and-long-enough-0123456789",
    "CLINIC_ALLOWED_HOSTS": "clinic.example.org",
    "CLINIC_PUBLIC_ADDRESS": "https://clinic.example.org",
    "CLINIC_MAIL_HOST": "mail.example.org",
    "CLINIC_MAIL_FROM": "clinic@example.org",
    "DATABASE_URL": "postgresql://clinic@127.0.0.1:1/clinic",
}
CHECKS: dict[str, tuple[list[str], dict[str, str]]] = {
    "style": (["-m", "ruff", "check"], {}),
    "format": (["-m", "ruff", "format", "--check"], {}),
    "types": (["-m", "mypy", "clinic", "education", "referrals", "tools"], {}),
    "import contracts": (["-c", "from importlinter.cli import lint_imports_command as c; c()"], {}),
    "templates": (["-m", "djlint", "--lint", "--quiet", "templates"], {}),
    "migrations": (["-W", "ignore:Got an error checking", "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    "deployment": (["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
}


def check(words: list[str]) -> int:
    """Run every check, say what each found, and fail if any did."""
    if words:
        raise Trouble(f"./run check takes no words; it runs {', '.join(CHECKS)}.")
    environment.ready(environment.DEVELOPMENT)
    failed = [name for name in CHECKS if not _passes(name)]
    say(f"failed: {', '.join(failed)}" if failed else "every check passed")
    return 1 if failed else 0


def _passes(name: str) -> bool:
    words, settings = CHECKS[name]
    begun = time.monotonic()
    surroundings = {**os.environ, "CLINIC_STATE_DIR": str(places.STATE), **settings}
    done = subprocess.run([PYTHON, *words], cwd=ROOT, env=surroundings, capture_output=True, text=True)
    result = "failed" if done.returncode else "ok"
    say(f"{name}: {result} ({time.monotonic() - begun:.1f} s)")
    if done.returncode:
        say((done.stdout + done.stderr).rstrip())
    return done.returncode == 0
