"""How far a long work is, on standard error: a bar on a terminal, a line for each tenth elsewhere."""

import sys

WIDTH = 40


class Bar:
    """Called with what is done now, how much of it, and of how much."""

    def __init__(self) -> None:
        self.said = ("", -1)

    def __call__(self, what: str, done: int, of: int) -> None:
        tenth = 10 * done // max(of, 1)
        if sys.stderr.isatty():
            filled = WIDTH * done // max(of, 1)
            end = "\n" if done >= of else ""
            line = f"\r{what:<12}[{'#' * filled:<{WIDTH}}] {done:,} of {of:,}"
            print(line, end=end, file=sys.stderr, flush=True)
        elif (what, tenth) != self.said:
            print(f"{what}: {done:,} of {of:,}", file=sys.stderr, flush=True)
        self.said = (what, tenth)
