from collections.abc import Iterable, Mapping

from django.db import models

from .actor import Actor
from .models import Event


class Refused(Exception):
    """An action that may not be done: its text is one plain sentence for the person who asked."""


def record(
    *,
    by: Actor,
    verb: str,
    patients: Iterable[int] = (),
    of: models.Model | None = None,
    detail: Mapping[str, object] | None = None,
) -> Event:
    """Add an event. `detail` holds keys, ids and counts, never what a patient said."""
    return Event.objects.create(
        actor_id=by.user_id,
        role=by.role,
        ip=by.ip,
        door=by.door,
        verb=verb,
        patient_ids=sorted(set(patients)),
        object_kind=of._meta.label_lower if of else "",
        object_id=str(of.pk) if of else "",
        detail=dict(detail or {}),
    )
