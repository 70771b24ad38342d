from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clinic.audit.actor import SYSTEM
from referrals.faxes.actions.taking_in import take_in
from referrals.faxes.models import Trouble


class Command(BaseCommand):
    """Does at once what the worker does every minute."""

    help = "Take in the scanned faxes that lie in the folder of CLINIC_FAX_FOLDER."

    def handle(self, *_args: Any, **_options: Any) -> None:
        new = take_in(by=SYSTEM)
        self.stdout.write(f"{new} new fax{'' if new == 1 else 'es'} from {settings.FAX_FOLDER}")
        troubles = list(Trouble.objects.standing())
        for trouble in troubles:
            self.stderr.write(str(trouble))
        if any(trouble.kind == Trouble.Kind.FOLDER for trouble in troubles):
            raise CommandError("The fax folder cannot be read.")
