"""Files that came with a referral, handed out to clinical staff alone."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.outside.codes import read
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.record.uploads import place_of
from referrals.incoming.models import Attachment
from referrals.loop.actions.steps import of_patient
from referrals.loop.models import Referral


@require_GET
@opens_to(CLINICAL)
def attachment(request: Request, code: str, pk: int) -> FileResponse:
    """Hand out a file, as an attachment and to nobody's cache."""
    referrals = Referral.objects.visible_to(request.user).incoming()
    referral = get_object_or_404(referrals, code=read(code))
    found = get_object_or_404(Attachment, pk=pk, referral=referral)
    patients = of_patient(referral)
    try:
        file = place_of(found.path).open("rb")
    except FileNotFoundError:
        record(by=request.actor, verb="referral.file_missing", patients=patients, of=found)
        raise Http404 from None
    record(by=request.actor, verb="referral.file_opened", patients=patients, of=found)
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type=found.content_type)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
