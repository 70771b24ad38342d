"""What pages of rooms below show of check-ins: the one that a patient may answer now, and how many were answered."""

from typing import Any

from django import template
from django.db.models import Count

from clinic.candidacy.evidence import say_date
from clinic.record.models import Case
from clinic.treatment.checkins.models import Answer, CheckIn
from clinic.treatment.checkins.reading import open_for

register = template.Library()
register.filter("in_words", say_date)


@register.simple_tag
def open_check_in(case: Case) -> CheckIn | None:
    """The newest check-in of this case that waits for an answer."""
    return open_for(case.patient).filter(session__case=case).first()


@register.simple_tag
def check_ins_of(case: Case) -> dict[str, Any]:
    """How many were asked and answered after the sessions that stand, and the latest answer."""
    standing = CheckIn.objects.filter(session__case=case, session__struck_at=None)
    counts = standing.aggregate(asked=Count("pk"))
    answers = Answer.objects.current().filter(check_in__in=standing).select_related("check_in").order_by("on", "pk")
    said = list(answers)
    return {**counts, "answered": len(said), "latest": said[-1] if said else None}
