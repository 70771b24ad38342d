"""A connection that does not wait for ever. The server's own statement timeout is no help when the server hangs."""

import os
from collections.abc import Generator
from typing import Any

import psycopg
from psycopg import errors

# The server cancels a slow statement itself after this; only the processes that serve pages set it (see wsgi.py).
STATEMENT_TIMEOUT = os.environ.get("CLINIC_STATEMENT_TIMEOUT", "0")
BEYOND = 1.0  # seconds that the server may be late with its own cancellation


def patience(statement_timeout: str) -> float | None:
    """Seconds to wait for any answer, from a whole number of "s" or "ms"; None, without end, for "0"."""
    if statement_timeout == "0":
        return None
    if statement_timeout.endswith("ms"):
        return int(statement_timeout.removesuffix("ms")) / 1000 + BEYOND
    return int(statement_timeout.removesuffix("s")) + BEYOND


class BoundedConnection(psycopg.Connection[Any]):
    """Gives up, and hangs up, when an answer takes longer than `patience`; raises OperationalError."""

    patience = patience(STATEMENT_TIMEOUT)

    def wait(self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """The answer that the generator waits for.

        Raises:
            psycopg.OperationalError: it took longer than `timeout` seconds, by default `patience`.
        """
        limit = self.patience if timeout is None else timeout
        try:
            return super().wait(gen, interval, limit)
        except errors._WaitTimeout:
            if timeout is None:
                self.pgconn.finish()  # a late answer would be taken for that of the next question
            raise


# What the pool is made of: a dead connection is noticed before it is handed out, a request waits three seconds for
# one, and after an outage the pool tries again at once instead of ever more rarely. As many workers as connections:
# one that still knocks at a server that hangs keeps no other from being handed back.
SIZE = int(os.environ.get("CLINIC_POOL_SIZE", "8"))
POOL = {
    "min_size": 1,
    "max_size": SIZE,
    "num_workers": SIZE,
    "timeout": 3,
    "reconnect_timeout": 3,
    "connection_class": BoundedConnection,
}
