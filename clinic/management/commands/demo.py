from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.demo.tell import is_empty, is_told, tell


class Command(BaseCommand):
    """Loads the made-up clinic into an empty database; where it is already, it stays as it is."""

    help = "Load the demo clinic. Only with CLINIC_DEMO set, and never beside other people's data."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo clinic is only loaded in demo mode: set CLINIC_DEMO=1.")
        if is_told():
            self._say("The demo clinic is loaded already.")
            return
        if not is_empty():
            raise CommandError("There are other people's data in this database; the demo clinic wants an empty one.")
        tell(lambda number, count, name: self._say(f"patients: {number} of {count}, {name}"))

    def _say(self, line: str) -> None:
        self.stderr.write(line, str)  # as it is: nothing here is an error
