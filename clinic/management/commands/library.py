from typing import Any

from django.core.management.base import BaseCommand

from education.finding.actions import list_all
from education.first.actions import lay_out


class Command(BaseCommand):
    """Lays out the first library: once; where there is one, it sees to who may do what, and lists it anew to search."""

    help = "Lay out the first library of education, in English and Spanish, as drafts that await your clinician."

    def handle(self, *_args: Any, **_options: Any) -> None:
        lay_out(tell=lambda line: self.stderr.write(line, str))  # as it is: nothing here is an error
        list_all()
