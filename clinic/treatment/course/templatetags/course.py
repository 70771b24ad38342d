"""The course of relief, where other rooms' pages show it."""

from django import template

from clinic.record.models import Case
from clinic.treatment.course.shown import Shown, shown
from clinic.treatment.procedure.models import Session

register = template.Library()


@register.simple_tag
def course_of(case: Case, to_patient: bool = False) -> Shown | None:
    """What the sessions of a case did; nothing before the first, when there is nothing to see yet."""
    if not Session.objects.current().filter(case=case).exists():
        return None
    return shown(case, to_patient=to_patient)
