"""Processes by what they are, not by a number that may have been given to somebody else since."""

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PROC = Path("/proc")


def born(pid: int) -> str | None:
    """When a process was started, in the kernel's own count; None where there is none, or only its shell is left."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *numbers = stat.rpartition(")")[2].split()
    return None if state in "ZX" else f"{numbers[18]}@{_boot()}"


def _boot() -> str:
    return (PROC / "sys/kernel/random/boot_id").read_text().strip()


def same(pid: int, birth: str) -> bool:
    """Whether the process with this number is still the one that was born then."""
    return born(pid) == birth


def named(title: str, uid: int) -> list[int]:
    """The numbers of a user's PostgreSQL processes that carry a cluster's name, children left alone included."""
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if _carries(entry, title, uid)]


def _carries(entry: Path, title: str, uid: int) -> bool:
    try:
        line = (entry / "cmdline").read_text(errors="replace").replace("\0", " ")
        owner = entry.stat().st_uid
    except (FileNotFoundError, ProcessLookupError):
        return False
    program = line.partition(" ")[0].rpartition("/")[2]
    return owner == uid and title in line and program.startswith("postgres")


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
