"""Weighing all open cases by a version before it counts: begun by a person, carried out by workers batch by batch."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow, now
from clinic.people.lists import clinic_day
from clinic.policies.flips import NotWeighed, Weighed
from clinic.policies.models import Batch, Flip, Preview, Version
from clinic.policies.preview import counting_without, open_cases, weighed
from clinic.policies.reading import going_by
from clinic.record.models import Case

SIZE = 500  # cases in a batch: about half a second's work, so that mail never waits long for a worker
QUIET = timedelta(minutes=2)  # when no batch came back for so long, those who worked on a preview are gone
BEHIND_MAIL = -10


@transaction.atomic
def start(*, version: Version, from_day: date, by: Actor) -> Preview:
    """Weigh all open cases by a version and by what counts on the day without it; takes an earlier one's place."""
    if from_day < clinic_day():
        raise Refused("The day has passed. Choose today or a later day.")
    instead_of = counting_without(version, from_day)
    if instead_of is None:
        raise Refused("No other version counts on that day, so there is nothing that it would change.")
    Version.objects.select_for_update().get(pk=version.pk)  # one at a time
    _forget_earlier(version)
    preview = Preview.objects.create(version=version, instead_of=instead_of, day=from_day, asked_by_id=by.person_id)
    cases = list(open_cases().values_list("pk", flat=True))
    batches = [_batch(preview, cases[at : at + SIZE]) for at in range(0, len(cases), SIZE)]
    _hand_to_workers(Batch.objects.bulk_create(batches))
    detail = {"set": str(version), "instead_of": str(instead_of), "from": from_day.isoformat(), "cases": len(cases)}
    record(by=by, verb="preview.started", of=preview, detail=detail)
    _end_if_through(preview, by)
    return preview


def _forget_earlier(version: Version) -> None:
    earlier = Preview.objects.filter(version=version)
    # Whoever weighs a batch holds it: after this nobody does, and nobody writes another flip.
    list(Batch.objects.select_for_update().filter(preview__in=earlier).values_list("pk"))
    earlier.delete()


def _batch(preview: Preview, cases: Sequence[int]) -> Batch:
    return Batch(preview=preview, first_case=cases[0], last_case=cases[-1], cases=len(cases))


def _hand_to_workers(batches: Sequence[Batch]) -> None:
    # By name: the task calls these actions, so they cannot import it. The jobs are rows of the same transaction.
    if batches:
        task = app.configure_task("policies.weigh", priority=BEHIND_MAIL)
        jobs: list[dict[str, JSONValue]] = [{"batch_id": batch.pk} for batch in batches]
        task.batch_defer(*jobs)


@transaction.atomic
def weigh_batch(*, batch_id: int, by: Actor) -> None:
    """Weigh one batch, unless it is weighed, somebody is at it, or its preview has ended."""
    waiting = Batch.objects.select_related("preview__version", "preview__instead_of")
    waiting = waiting.filter(pk=batch_id, weighed_at=None, preview__ended_at=None)
    batch = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if batch is None:
        return
    flips = []
    for case, result in weighed(batch):
        _count(batch, result)
        if isinstance(result, Weighed) and result.turns:
            flips.append((case, result))
    _keep(batch.preview, flips)
    batch.weighed_at = DatabaseNow()
    batch.save(update_fields=["weighed_at", "weighed", "urgent", "impossible"])
    _end_if_through(batch.preview, by)


def _count(batch: Batch, result: Weighed | NotWeighed) -> None:
    if isinstance(result, Weighed):
        batch.weighed += 1
    elif result is NotWeighed.URGENT:
        batch.urgent += 1
    else:
        batch.impossible += 1


def _keep(preview: Preview, flips: Sequence[tuple[Case, Weighed]]) -> None:
    own = going_by(preview.version.key, [case.patient_id for case, _ in flips])
    Flip.objects.bulk_create(
        Flip(
            preview=preview,
            case=case,
            before=result.before,
            after=result.after,
            turns=[turn.to_dict() for turn in result.turns],
            own=case.patient_id in own,
        )
        for case, result in flips
    )


def _end_if_through(preview: Preview, by: Actor) -> None:
    """End a preview of which every batch is weighed. Of two workers that come last, the later sees the other's."""
    Preview.objects.select_for_update(no_key=True).get(pk=preview.pk)
    if not Batch.objects.filter(preview=preview, weighed_at=None).exists():
        _end(preview, Preview.Ending.DONE, by)


@transaction.atomic
def cancel(*, preview: Preview, by: Actor) -> None:
    """Stop a preview; what was found so far stays to be read."""
    if not _end(preview, Preview.Ending.CANCELLED, by):
        raise Refused("It has ended already.")


@transaction.atomic
def fail(*, batch_id: int, by: Actor) -> None:
    """Say that a preview cannot go on, as a batch of it met a fault of the software."""
    preview = Preview.objects.filter(batches=batch_id).first()
    if preview:
        _end(preview, Preview.Ending.FAILED, by)


def _end(preview: Preview, ending: Preview.Ending, by: Actor) -> bool:
    running = Preview.objects.running().filter(pk=preview.pk)
    ended = running.update(ended_at=DatabaseNow(), ending=ending)
    if ended:
        record(by=by, verb=f"preview.{ending}", of=preview, detail={"set": str(preview.version)})
    return bool(ended)


def sweep() -> None:
    """Hand to workers once more what an earlier one left behind when it died."""
    quiet = Preview.objects.quiet_since(now() - QUIET)
    _hand_to_workers(list(Batch.objects.filter(preview__in=quiet, weighed_at=None).order_by("pk")))
