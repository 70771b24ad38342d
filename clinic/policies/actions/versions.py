"""A clinic's own copy: uploaded as a draft, signed off by a doctor, counting from a day."""

from datetime import date

from django.db import IntegrityError, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.criteria import sets
from clinic.criteria.sets import CriteriaSet
from clinic.people.lists import clinic_day
from clinic.people.models import User
from clinic.policies.models import Effect, SignOff, Version


@transaction.atomic
def upload(*, text: str, by: Actor) -> Version:
    """Keep a document as a draft. Raises sets.Faulty with its lines, and Refused where the version is there already.

    Line ends are kept as LF, whatever the browser sends, so that the same document has the same hash.
    """
    text = text.replace("\r\n", "\n")
    criteria = sets.parse(text.encode())
    already = Version.objects.filter(key=criteria.key, version=criteria.version)
    if already.filter(sha256=criteria.sha256).exists():
        raise Refused(f"{criteria.name} is already here, word for word.")
    if already.exists():
        raise Refused(f"There is already a {criteria.name}, and it stays as it is. Give this one another version.")
    version = _kept(text, criteria, by)
    record(by=by, verb="set.uploaded", of=version, detail={"set": str(version)})
    return version


def _kept(text: str, criteria: CriteriaSet, by: Actor) -> Version:
    try:
        with transaction.atomic():
            return Version.objects.create(
                key=criteria.key,
                version=criteria.version,
                text=text,
                sha256=criteria.sha256,
                origin=Version.Origin.CLINIC,
                added_by_id=by.person_id,
            )
    except IntegrityError as problem:  # a double click: both were on their way at the same moment
        raise Refused(f"{criteria.name} came in at this very moment. Look at it among the rules.") from problem


@transaction.atomic
def sign_off(*, version: Version, name: str, checked_against: str, by: Actor) -> SignOff:
    """A doctor says, by their own name, that a version was compared with the publisher's document.

    The same word again on the same day, as a double click gives it, is the same sign-off.
    """
    own = str(User.objects.get(pk=by.person_id))
    if " ".join(name.split()).casefold() != own.casefold():  # the public reads this name
        raise Refused(f"Sign with your own name, as this clinic keeps it: {own}.")
    if not checked_against.strip():
        raise Refused("Say which document of the publisher you compared it with.")
    Version.objects.select_for_update().get(pk=version.pk)  # one at a time
    signed, is_new = SignOff.objects.get_or_create(
        version=version,
        signed_by_id=by.person_id,
        signed_name=own,
        signed_on=clinic_day(),
        checked_against=checked_against.strip(),
    )
    if is_new:
        record(by=by, verb="set.signed_off", of=version, detail={"set": str(version)})
    return signed


@transaction.atomic
def take_effect(*, version: Version, from_day: date, by: Actor) -> Effect:
    """Let a signed-off version count from a day on; the one before it ends there."""
    if not version.sign_offs.exists():
        raise Refused("A doctor must sign this version off before it can count.")
    return _count_from(key=version.key, version=version, from_day=from_day, by=by)


@transaction.atomic
def end(*, key: str, from_day: date, by: Actor) -> Effect:
    """Let a set no longer count from a day on."""
    return _count_from(key=key, version=None, from_day=from_day, by=by)


@transaction.atomic
def take_back(*, effect: Effect, by: Actor) -> Effect:
    """Undo what was said of a day that has not passed: from it on, what counted before goes on."""
    others = Effect.objects.filter(key=effect.key).exclude(from_day=effect.from_day)
    before = others.on(effect.from_day or clinic_day()).first()
    version = before.version if before else None
    return _count_from(key=effect.key, version=version, from_day=effect.from_day or date.min, by=by)


def _count_from(*, key: str, version: Version | None, from_day: date, by: Actor) -> Effect:
    if from_day < clinic_day():
        raise Refused("The day has passed, and what was decided on it stays. Choose today or a later day.")
    before = Effect.objects.filter(key=key).on(from_day).first()
    if (before and before.version_id) == (version and version.pk):
        raise Refused("It stands so already: nothing would change on that day.")
    effect = Effect.objects.create(key=key, version=version, from_day=from_day, set_by_id=by.person_id)
    verb = "set.begins" if version else "set.ends"
    record(by=by, verb=verb, of=effect, detail={"set": str(version or key), "from": from_day.isoformat()})
    return effect
