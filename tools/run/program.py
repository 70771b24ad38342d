"""A program whose lines are watched as they come, and kept for reading afterwards."""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.run.places import ROOT


class Failed(Exception):
    """The program ended badly; the text is all that it said."""


def lines(command: list[str], log: Path, environment: Mapping[str, str] | None = None) -> Iterator[str]:
    """Hand on a program's lines, both streams as one; raises Failed with all of them when it ends badly."""
    with (
        log.open("w+") as kept,
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as running,
    ):
        try:
            for line in running.stdout or ():
                kept.write(line)
                yield line.rstrip()
        except BaseException:  # Ctrl-C included: nothing goes on behind our back
            running.terminate()
            raise
    if running.returncode:
        raise Failed(log.read_text())


def last_line(output: str) -> str:
    """What a program said last, for a sentence about it."""
    return (output.strip().splitlines() or ["it said nothing"])[-1].strip()
