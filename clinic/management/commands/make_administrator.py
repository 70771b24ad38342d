from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.audit.actions import Refused
from clinic.people.actions.invitations import address_of, make_first_administrator


class Command(BaseCommand):
    help = "Make the first administrator, and print the link with which they choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            handed = make_first_administrator(email=options["email"], name=options["name"])
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(address_of(handed.secret))
