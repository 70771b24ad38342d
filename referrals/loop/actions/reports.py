"""A step with the file that came with it: both are written, or neither is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.record import uploads
from clinic.record.actions import attach
from clinic.record.models import Document, SaidBy
from referrals.loop.models import Referral

from .steps import Said, step


def step_with_report(
    *,
    referral: Referral,
    to: str,
    by: Actor,
    said: Said,
    seen: str,
    latest: int | None = None,
    report: "UploadedFile[Any] | None" = None,
) -> Referral:
    """Take a step; a report that came with it is filed in the case, as said by an outside record.

    Raises:
        Refused: the file cannot be taken, or the step is not open any more; then nothing was written.
    """
    filed: Sequence[Document] = []
    try:
        with transaction.atomic():
            if report and referral.case:
                filed = attach(case=referral.case, files=[report], said_by=SaidBy.RECORD, by=by)
            words = replace(said, document=filed[0] if filed else None)
            return step(referral=referral, to=to, by=by, said=words, seen=seen, latest=latest)
    except Refused:
        # The disk knows no transactions: what no row tells of goes again.
        for document in filed:
            if not Document.objects.filter(path=document.path).exists():
                uploads.discard(document.path)
        raise
