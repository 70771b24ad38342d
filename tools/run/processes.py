"""Processes by what they are, not by a number that may have been given to somebody else since."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PROC = Path("/proc")


def born(pid: int) -> str | None:
    """When a process was started, in the kernel's own count; None where there is none, or only its shell is left."""
    numbers = _stat(pid)
    return f"{numbers[19]}@{_boot()}" if numbers else None


def family(pid: int, birth: str) -> list[int]:
    """A process and what it left in its session, were it itself killed; empty if the number is another's now."""
    found = born(pid)
    if found not in (None, birth):
        return []
    members = {int(entry.name) for entry in PROC.glob("[0-9]*") if _stat(int(entry.name))[3:4] == [str(pid)]}
    return sorted(members | ({pid} if found else set()))


def _stat(pid: int) -> list[str]:
    """The state of a process, its parent, group, session and so on, as proc(5) lists them; empty for a dead one."""
    try:
        numbers = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [] if numbers[0] in "ZX" else numbers


def _boot() -> str:
    return (PROC / "sys/kernel/random/boot_id").read_text().strip()


def named(title: str, uid: int) -> list[int]:
    """The numbers of a user's PostgreSQL processes that carry a cluster's name, children left alone included."""
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if _carries(entry, title, uid)]


def _carries(entry: Path, title: str, uid: int) -> bool:
    try:
        line = (entry / "cmdline").read_text(errors="replace")
        owner = entry.stat().st_uid
    except (FileNotFoundError, ProcessLookupError):
        return False
    program = line.partition("\0")[0]
    is_postgres = program.startswith("postgres: ") or program.endswith("/postgres")
    return owner == uid and title in line and is_postgres


def end(alive: Callable[[], Iterable[int]], signals: tuple[tuple[signal.Signals, float], ...]) -> None:
    """Send each signal in turn to what is alive, giving it so many seconds, until nothing is."""
    for number, seconds in signals:
        for pid in alive():
            _send(pid, number)
        if _gone(alive, seconds):
            return


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _gone(alive: Callable[[], Iterable[int]], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while list(alive()):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
