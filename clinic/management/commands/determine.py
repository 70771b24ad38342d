"""`manage.py determine`: weighs facts documents on criteria sets, with neither database nor server."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic.criteria.command import Stopped, run


class Command(BaseCommand):
    help = "Weigh one facts document, or a list of them, on criteria sets and print the result as JSON."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--facts", required=True, metavar="FILE", help="a JSON file, or - for standard input")
        parser.add_argument(
            "--policy",
            action="extend",
            nargs="+",
            metavar="KEY",
            help="KEY or KEY@VERSION; without it, the current version of every set",
        )

    def handle(self, **options: Any) -> None:
        try:
            data = sys.stdin.buffer.read() if options["facts"] == "-" else Path(options["facts"]).read_bytes()
            text, status = run(data, options["policy"])
        except OSError as problem:
            raise CommandError(f"cannot read {options['facts']}: {problem.strerror}", returncode=2) from problem
        except Stopped as problem:
            raise CommandError(str(problem), returncode=2) from problem
        self.stdout.write(text)
        if status:
            sys.exit(status)
