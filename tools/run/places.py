"""Where things lie. Everything that ./run makes is in .venv and .run, or in CLINIC_STATE_DIR."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.run.say import Trouble, say

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STATE = Path(os.environ.get("CLINIC_STATE_DIR") or ROOT / ".run").absolute()
LOGS = STATE / "log"


def make_state() -> None:
    """Make the state folder, and say so at once where nothing can be written."""
    LOGS.mkdir(parents=True, exist_ok=True)
    probe = STATE / f".probe-{os.getpid()}"
    probe.touch()
    probe.unlink()


@contextmanager
def lock(name: str, *, waiting: str = "") -> Iterator[None]:
    """Hold STATE/name.lock alone; the kernel lets go of it when this process dies, however it dies."""
    with (STATE / f"{name}.lock").open("w") as held:
        if not try_lock(held.fileno()):
            if waiting:
                say(waiting)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def try_lock(number: int) -> bool:
    """Take an open file's lock alone without waiting; False when somebody else has it."""
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def explain(error: OSError) -> Trouble:
    """Say in one sentence what the operating system refused."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(f"{error.filename or ROOT} cannot be written; clone into a folder that is yours.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble("the disk is full; free about 1 GB and run the same command again.")
    return Trouble(f"{error}; put that right and run the same command again.")
