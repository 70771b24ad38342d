"""`manage.py take_bounce`: reads one returned mail from standard input, for the mail server's pipe.

Its exit codes are those that mail servers know (sysexits.h): what cannot be read is refused, what may be read later
stays in the queue.
"""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.post.returned import MOST_BYTES, NoReport
from referrals.reminders.actions.returned import take_bounce

BY = Actor(role="system", door="take_bounce")


class Command(BaseCommand):
    help = "Read a delivery report (RFC 3464) from standard input and mark the mail of ours that came back."
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        try:
            marked = take_bounce(report=sys.stdin.buffer.read(MOST_BYTES + 1), by=BY)
        except NoReport as problem:
            raise CommandError(f"not taken: {problem}", returncode=os.EX_DATAERR) from problem
        except Refused as problem:
            raise CommandError(str(problem), returncode=os.EX_TEMPFAIL) from problem
        except DatabaseError as problem:
            raise CommandError("the database does not answer", returncode=os.EX_TEMPFAIL) from problem
        self.stdout.write("marked" if marked else "known already")
