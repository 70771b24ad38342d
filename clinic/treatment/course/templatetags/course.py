"""The course of relief, where other rooms' pages show it."""

from django import template

from clinic.record.models import Case
from clinic.treatment.course.reading import sessions_of
from clinic.treatment.course.shown import Shown, shown

register = template.Library()


@register.simple_tag
def course_of(case: Case, to_patient: bool = False) -> Shown | None:
    """What the sessions of a case did; nothing before the first, when there is nothing to see yet."""
    sessions = sessions_of(case)
    return shown(case, sessions, to_patient=to_patient) if sessions else None
