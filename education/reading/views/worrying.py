"""What worries a patient: sent from any page of the library, or from none."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext

from clinic.audit.actions import Refused, record
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.lists import number
from clinic.people.models import Patient
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import form_page, show_form
from clinic.record.models import Case, Stage
from education.library.versions import Version, version_of
from education.reading.actions import send_worry
from education.reading.forms import WorryForm


@opens_to(PATIENTS)
@form_page
def worry(request: Request, page: int | None = None) -> HttpResponse:
    """Write to the doctor what worries; a page that is taken back meanwhile is no hindrance."""
    version = _version(request, page)
    cases = _cases(request)
    named = _named(request, cases)
    revision = version.revision.pk if version else None
    form = WorryForm(cases, request.POST or parked_for(request), about=named, revision=revision)
    if request.method == "POST" and cases and form.is_valid() and _sent(request, form, cases, version):
        messages.success(request, gettext("Your doctor will read it. Thank you for telling us."))
        return redirect("intake:status", form.cleaned_data["case"])
    record(by=request.actor, verb="worry.page_opened", patients={case.patient_id for case in cases})
    of = version.page if version else None
    return show_form(request, "reading/worry.html", form, of=of, cases=cases)


def _version(request: Request, page: int | None) -> Version | None:
    if page is None:
        return None
    version = version_of(page, number(request.POST.get("revision"))) or version_of(page)
    if version is None:
        raise Http404
    return version


def _cases(request: Request) -> list[Case]:
    """The open cases of oneself and of those whom one acts for, the latest first."""
    patients = Patient.objects.acted_for_by(request.user)
    open_cases = Case.objects.filter(patient__in=patients).exclude(stage=Stage.WITHDRAWN)
    return list(open_cases.select_related("patient").order_by("-pk"))


def _named(request: Request, cases: Sequence[Case]) -> Case | None:
    """The case that the address or the form names; one that is not this person's is not found."""
    reference = request.POST.get("case") or request.GET.get("case")
    if not reference:
        return None
    found = next((case for case in cases if case.reference == reference), None)
    if found is None:
        raise Http404
    return found


def _sent(request: Request, form: WorryForm, cases: Sequence[Case], version: Version | None) -> bool:
    """Keep it; a refusal becomes the form's error."""
    said = form.cleaned_data
    case = next(each for each in cases if each.reference == said["case"])
    words = {"words": said["words"], "sent_as": said["sent_as"], "language": get_language() or "en"}
    try:
        send_worry(case=case, version=version, by=request.actor, **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
