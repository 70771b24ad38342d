"""The roof: what this person has waiting, and the pages that show several rooms."""

from django.db import connection
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.criteria.determine import ENGINE_VERSION
from clinic.criteria.method import counted, joins, kinds, signs, verdicts, weighed
from clinic.intake.actions.starting import start
from clinic.intake.reading import standings
from clinic.people.actions.accepting import start_as_new_patient
from clinic.people.doors import EVERYBODY, SIGNED_IN, opens_to
from clinic.people.lists import clinic_day, number
from clinic.people.models import Location, Patient, Role
from clinic.people.request import Request
from clinic.policies.reading import in_effect
from clinic.record.models import Case

WORK_BEGINS_AT: dict[str, str] = {
    Role.DOCTOR: "candidacy:queue",
    Role.COORDINATOR: "intake:desk",
    Role.ADMINISTRATOR: "people:staff",
    Role.EDITOR: "upkeep:report",
}
# How an auditor checks what "As sealed" downloads; tests/test_method.py carries both out.
CHECK_SEAL = """python3 -c "import json, hashlib; of = json.load(open('sealed.json')); \\
text = json.dumps(of['assessment'], sort_keys=True, separators=(',', ':'), ensure_ascii=False); \\
print(hashlib.sha256(text.encode()).hexdigest() == of['seal'])\""""
CHECK_VERDICTS = """python3 -c "import json; of = json.load(open('sealed.json')); \\
print(json.dumps(of['assessment']['facts']))" > facts.json
./run manage determine --facts facts.json --policy KEY@VERSION"""


@opens_to(EVERYBODY)
def home(request: Request) -> HttpResponse:
    """Staff see their first list, patients their cases, and a stranger how to begin."""
    if not request.user.is_authenticated:
        return render(request, "welcome.html")
    if request.user.role in WORK_BEGINS_AT:
        return redirect(WORK_BEGINS_AT[request.user.role])
    return my_page(request)


@opens_to(SIGNED_IN)
def my_page(request: Request) -> HttpResponse:
    """The people whom one answers for, oneself first, and where each of their cases is."""
    mine = Patient.objects.acted_for_by(request.user).prefetch_related(Prefetch("cases", Case.objects.order_by("-pk")))
    patients = sorted(mine, key=lambda patient: (patient.user_id != request.user.pk, patient.pk))
    record(by=request.actor, verb="patients.listed", patients=[patient.pk for patient in patients])
    stands = standings(case for patient in patients for case in patient.cases.all())
    people = [(patient, [(case, stands[case.pk]) for case in patient.cases.all()]) for patient in patients]
    return render(request, "my_page.html", {"people": people})


@require_POST
@opens_to(SIGNED_IN)
def begin(request: Request) -> HttpResponse:
    """Somebody whom the clinic does not know yet begins as a new patient, at the location that they chose."""
    location = get_object_or_404(Location, pk=number(request.POST.get("location")), active=True)
    patient = start_as_new_patient(user=request.user, location=location, by=request.actor)
    intake = start(patient=patient, language=get_language() or "en", by=request.actor)
    return redirect("intake:overview", intake.case.reference)


@opens_to(EVERYBODY)
@require_GET
def method(request: Request) -> HttpResponse:
    """How verdicts are reached, for doctors and auditors: the engine's own tables, and the sets that count today."""
    language = get_language() or "en"
    day = clinic_day()
    sets = in_effect(day)
    shown = {
        "engine": ENGINE_VERSION,
        "weighed": weighed(language),
        "counted": counted(language),
        "verdicts": verdicts(language=language),
        "joins": joins(language),
        "kinds": kinds([kept.criteria for kept in sets], language),
        "signs": signs(language),
        "day": day,
        "sets": sets,
        "check_seal": CHECK_SEAL,
        "check_verdicts": CHECK_VERDICTS,
    }
    return render(request, "method.html", shown)


@opens_to(EVERYBODY)
def health_live(_request: Request) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@opens_to(EVERYBODY)
def health_ready(_request: Request) -> HttpResponse:
    """The database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
