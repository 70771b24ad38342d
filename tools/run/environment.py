"""The Python environment in .venv, installed from the hash-locked requirements when these change."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.run import places, program
from tools.run.places import PYTHON, ROOT, VENV
from tools.run.say import Trouble, count, say

RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
STAMP = VENV / "installed.json"
# How pip and uv begin a line about one package, from a registry, a folder or already here.
PACKAGE = re.compile(r"\s*(?:Collecting |Requirement already satisfied: |\+ |Processing \S*/)([\w.-]+?)(?:-\d|[=[ ]|$)")
# What an installer's output says, and what a person can do about it.
CAUSES = (
    (r"No space left on device", "the disk is full; free about 1 GB and run the same command again."),
    (
        r"DO NOT MATCH THE HASHES|Hash mismatch",
        "a downloaded package is not the one that was locked; try again, and if it stays so do not trust that network.",
    ),
    (
        r"Max retries|Temporary failure|NewConnectionError|ReadTimeout|timed out|ConnectionError"
        r"|Could not find a version|No matching distribution|Failed to fetch|error sending request",
        "the packages could not be downloaded; check the network (or the pip mirror) and run the same command again.",
    ),
    (r"Permission denied|Read-only file system", f"{VENV} cannot be written; clone into a folder that is yours."),
)


def ready(lock: Path) -> None:
    """Have .venv hold what a lock file asks for; takes no time when it does already."""
    if is_current(lock):
        return
    with places.lock("environment", waiting="  waiting for another ./run that installs"):
        if is_current(lock):
            return
        begun = time.monotonic()
        _make_venv()
        _install(lock)
        _stamp(lock)
        say(f"  Python environment ready in {time.monotonic() - begun:.0f} s")


def is_current(lock: Path) -> bool:
    """Whether .venv holds what this lock file asks for, on the Python that it was made with."""
    try:
        installed = json.loads(STAMP.read_text())
    except (FileNotFoundError, ValueError):
        return False
    return PYTHON.exists() and installed.get(lock.name) == _hash(lock) and installed["python"] == _base()


def _base() -> str:
    """Which Python the environment stands on: an upgrade of the system may have put another there."""
    return str(PYTHON.resolve())


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _stamp(lock: Path) -> None:
    """Write down what is installed; the development lock holds all of the other one."""
    held = {lock, RUNTIME} if lock == DEVELOPMENT else {lock}
    STAMP.write_text(json.dumps({"python": _base(), **{each.name: _hash(each) for each in held}}))


def _make_venv() -> None:
    try:
        if json.loads(STAMP.read_text())["python"] == _base():
            return
    except (FileNotFoundError, ValueError):
        say("Making a Python environment in .venv")
    # Debian has no ensurepip without python3-venv; pip comes from outside.
    command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)]
    try:
        list(program.lines(command, places.LOGS / "install.log"))
    except program.Failed as failed:
        raise trouble(str(failed)) from None


def _installer(lock: Path) -> list[str]:
    options = ["--require-hashes", "-r", str(lock)]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", str(PYTHON), *options]
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    for python in (sys.executable, "/usr/bin/python3"):
        if _has_pip(python):
            return [python, "-m", "pip", "--python", str(PYTHON), "install", *quiet, *options]
    raise Trouble("there is no pip here; install it (on Debian: apt-get install python3-pip) and run again.")


def _has_pip(python: str) -> bool:
    return subprocess.run([python, "-c", "import pip"], stderr=subprocess.DEVNULL).returncode == 0


def _install(lock: Path) -> None:
    total = len(re.findall(r"^\S+==(?!.*win32)", lock.read_text(), re.MULTILINE))
    say(f"Installing {total} packages from {lock.name} (needs the network, about a minute)")
    output = program.lines(_installer(lock), places.LOGS / "install.log")
    names = (found[1] for found in map(PACKAGE.match, output) if found)
    try:
        count("downloaded", names, total)
    except program.Failed as failed:
        raise trouble(str(failed)) from None


def trouble(output: str) -> Trouble:
    """Say in one sentence why an installer gave up."""
    for pattern, sentence in CAUSES:
        if re.search(pattern, output, re.IGNORECASE):
            return Trouble(sentence)
    log = places.LOGS / "install.log"
    return Trouble(f"installing failed ({program.last_line(output)}); the whole output is in {log}.")
