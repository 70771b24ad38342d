"""What the clinic's targets say, read from the database; who set none goes by the defaults."""

from collections.abc import Mapping
from datetime import date

from .models import Target
from .targets import DEFAULTS, Key, Span, due


def targets() -> Mapping[Key, Span]:
    """All targets as they count now."""
    set_here = {Key(each.direction, each.step, each.urgency): each.span for each in Target.objects.current()}
    return {**DEFAULTS, **set_here}


def span_of(direction: str, step: str, urgency: str) -> Span:
    """One target as it counts now."""
    key = Key(str(direction), str(step), str(urgency))
    row = Target.objects.filter(direction=key.direction, step=key.step, urgency=key.urgency).order_by("-id").first()
    return row.span if row else DEFAULTS[key]


def due_on(direction: str, step: str, urgency: str, begins: date) -> date:
    """The day on which a step that begins on a day is due; a final state is due at once."""
    key = Key(str(direction), str(step), str(urgency))
    return due(begins, span_of(*key)) if key in DEFAULTS else begins
