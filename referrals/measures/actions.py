"""Verbs of the targets: how long a step may take, as the clinic sets it."""

from collections.abc import Mapping

from django.db import connection, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from referrals.loop.models import Target
from referrals.loop.reading import targets
from referrals.loop.targets import DEFAULTS, MOST_DAYS, Key, Span


@transaction.atomic
def set_targets(*, changes: Mapping[Key, Span], seen: int, by: Actor) -> list[Target]:
    """Keep each target that is another than what stands; days that are already set do not move.

    Args:
        seen: the id of the latest target that the page showed, 0 where there was none.

    Raises:
        Refused: a colleague set targets since, or one is unknown or out of bounds.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE loop_target IN SHARE ROW EXCLUSIVE MODE")
    if latest() != seen:
        raise Refused("A colleague changed the targets in the meantime. Look at them again before you save.")
    if any(key not in DEFAULTS or not 0 <= span.days <= MOST_DAYS for key, span in changes.items()):
        raise Refused(f"Each target is of a step that there is, and has 0 to {MOST_DAYS} days.")
    standing = targets()
    rows = [
        Target(**key._asdict(), **span._asdict(), set_by_id=by.person_id)
        for key, span in changes.items()
        if span != standing[key]
    ]
    made = Target.objects.bulk_create(rows)
    if made:
        record(by=by, verb="targets.set", detail={"targets": [row.pk for row in made]})
    return made


def latest() -> int:
    """The id of the latest target that was set; 0 where none was."""
    return Target.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
