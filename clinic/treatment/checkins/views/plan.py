"""When the clinic asks: the days of its check-ins, which administrators set."""

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from clinic.audit.actions import Refused
from clinic.people.doors import ADMINISTRATORS, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import form_page
from clinic.treatment.checkins import due
from clinic.treatment.checkins.actions.planning import set_plan
from clinic.treatment.checkins.forms import MomentForm, MomentSet, SeenForm
from clinic.treatment.checkins.models import Plan
from clinic.treatment.checkins.plan import MOST_MOMENTS


@opens_to(ADMINISTRATORS)
@form_page
def plan(request: Request) -> HttpResponse:
    """The days on which patients are asked after a session, and which of them ask the scales too."""
    standing = Plan.objects.select_related("set_by").order_by("-pk").first()
    if request.method == "POST":
        rows, seen = MomentSet(request.POST), SeenForm(request.POST)
        if _kept(request, rows, seen):
            return redirect("checkins:plan")
    else:
        rows, seen = MomentSet(initial=_rows()), SeenForm(initial={"seen": standing.pk if standing else None})
    status = 422 if request.method == "POST" else 200
    context = {"rows": rows, "seen": seen, "standing": standing, "most": MOST_MOMENTS}
    return render(request, "checkins/plan.html", context, status=status)


def _kept(request: Request, rows: BaseFormSet[MomentForm], seen: SeenForm) -> bool:
    if not (rows.is_valid() and seen.is_valid()):
        return False
    moments = [moment for each in rows if (moment := each.moment())]
    try:
        set_plan(moments=moments, seen=seen.cleaned_data["seen"], by=request.actor)
    except Refused as refused:
        seen.add_error(None, str(refused))
        return False
    messages.success(request, "Saved. It counts for whatever was not asked yet.")
    return True


def _rows() -> list[dict[str, object]]:
    """What stands, and empty rows up to the most that a plan has."""
    standing: list[dict[str, object]] = [
        {"number": each.months or each.days, "unit": "months" if each.months else "days", "long": each.long}
        for each in due.moments()
    ]
    return [*standing, *({} for _ in range(MOST_MOMENTS - len(standing)))]
