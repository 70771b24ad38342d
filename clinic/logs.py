"""What the server writes to its log: what went wrong and where in the code, never whose record it was.

Addresses of pages name cases and open invitations, and the text of a database error quotes what was being written.
So a request is named by its route, and an exception by its class and its way through the code.
"""

import logging
import traceback

from django.http import HttpRequest

UNKNOWN_ROUTE = "no page of ours"


class Discreet(logging.Formatter):
    """Formats records without addresses and without the text of exceptions."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as it is written; one that tells of a request says its method, route and answer."""
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return super().format(record)
        route = request.resolver_match.route if request.resolver_match else UNKNOWN_ROUTE
        told = logging.makeLogRecord({**vars(record), "args": (), "exc_text": None})
        told.msg = f"{getattr(record, 'status_code', record.levelname)} {request.method} {route}"
        return super().format(told)

    def formatException(self, ei: "logging._SysExcInfoType") -> str:
        """The way through the code, for the exception and what led to it, each with its class only."""
        parts, error = [], ei[1]
        while error is not None:
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"{frames}{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n\n".join(reversed(parts))
