"""What ./run says goes to standard error, so that pipes stay clean."""

import sys
from collections.abc import Iterable


class Trouble(Exception):
    """One sentence for the person at the terminal: what is wrong and what to do."""


def say(text: str = "") -> None:
    print(text, file=sys.stderr, flush=True)


def count(what: str, steps: Iterable[str], total: int) -> None:
    """Show "what: k of total, name" while steps go by: one changing line on a terminal, plain lines elsewhere."""
    terminal = sys.stderr.isatty()
    done = 0
    for done, name in enumerate(steps, start=1):  # noqa: B007  (the last number is needed below)
        line = f"  {what}: {done} of {max(done, total)}, {name}"
        if terminal:
            print(f"\r\033[K{line[:100]}", end="", file=sys.stderr, flush=True)
        elif done % 10 == 0:
            say(line)
    if terminal and done:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if done:
        say(f"  {what}: {done} of {done}, done")
