"""What ./run says goes to standard error, so that pipes stay clean."""

import sys
from collections.abc import Iterable

CLEAR = "\r\033[K"  # back to the start of the line and wipe it


class Trouble(Exception):
    """One sentence for the person at the terminal: what is wrong and what to do."""


def say(text: str = "") -> None:
    print(text, file=sys.stderr, flush=True)


def count(what: str, steps: Iterable[str], total: int) -> None:
    """Show "what: k of total, name" as steps go by: one changing line on a terminal, else every tenth."""
    terminal = sys.stderr.isatty()
    done = 0
    for name in steps:
        done += 1
        line = f"  {what}: {done} of {max(done, total)}, {name}"
        if terminal:
            print(f"{CLEAR}{line[:79]}", end="", file=sys.stderr, flush=True)
        elif done % 10 == 0:
            say(line)
    say(f"{CLEAR if terminal else ''}  {what}: {done} of {done}, done")
