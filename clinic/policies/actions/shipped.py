"""What comes with the software is taken into the clinic's rules, never over what the clinic decided."""

from django.conf import settings
from django.db import transaction

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.criteria import sets
from clinic.criteria.sets import CriteriaSet
from clinic.policies.models import Effect, PlanMapping, SignOff, Version


@transaction.atomic
def take_in_shipped(*, by: Actor) -> list[Version]:
    """Take in every shipped document that is not there yet; returns those that are new.

    A set that nobody at the clinic touched goes by its current shipped version from today on, or from the beginning
    where there was none before. Where the clinic signed off, uploaded or chose a version, the new one is a draft.
    """
    documents = [file.read_text(encoding="utf-8") for file in sorted(sets.FOLDER.glob("*.toml"))]
    taken = [version for text in documents if (version := _taken(text, sets.parse(text.encode()), by))]
    for criteria in sets.shipped():
        _let_count(criteria)
    return taken


def _taken(text: str, criteria: CriteriaSet, by: Actor) -> Version | None:
    version, is_new = Version.objects.get_or_create(
        sha256=criteria.sha256,
        defaults={
            "key": criteria.key,
            "version": criteria.version,
            "text": text,
            "origin": Version.Origin.SHIPPED,
        },
    )
    if is_new:
        record(by=by, verb="set.taken_in", of=version, detail={"set": str(version)})
    return version if is_new else None


def _let_count(criteria: CriteriaSet) -> None:
    effects = Effect.objects.filter(key=criteria.key)
    if not effects.exists():
        _begin(criteria, first=True)
    elif not touched(criteria.key) and not effects.filter(version__sha256=criteria.sha256).exists():
        _begin(criteria, first=False)


def touched(key: str) -> bool:
    """Whether somebody at the clinic uploaded, signed off or chose a version of this set."""
    chosen = Effect.objects.filter(key=key, set_by__isnull=False)
    uploaded = Version.objects.filter(key=key, origin=Version.Origin.CLINIC)
    return chosen.exists() or uploaded.exists() or SignOff.objects.filter(version__key=key).exists()


def _begin(criteria: CriteriaSet, *, first: bool) -> None:
    version = Version.objects.get(sha256=criteria.sha256)
    Effect.objects.create(key=criteria.key, version=version, from_day=None if first else today(settings.TIME_ZONE))
    for payer in criteria.payers:
        if not PlanMapping.objects.of_payer(payer).filter(plan_name="").exists():
            PlanMapping.objects.create(payer=payer, key=criteria.key)
