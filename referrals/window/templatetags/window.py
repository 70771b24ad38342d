"""What the pages of a case ask for: the window of relief, for staff; the plan after an injection, for the patient."""

from django import template

from clinic.record.models import Case
from referrals.window.reading import Panel, Plan, panel_of, plan_of

register = template.Library()


@register.simple_tag
def window_of(case: Case) -> Panel | None:
    """The window after the last session of a case; None while there was none."""
    return panel_of(case)


@register.simple_tag
def rehabilitation_of(case: Case) -> Plan | None:
    """What the patient reads of their rehabilitation; None where nothing was chosen."""
    return plan_of(case)
