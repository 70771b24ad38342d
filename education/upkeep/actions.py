"""Keep the library true: approve, send back, find still right, and bring the Spanish after the English."""

import hashlib
import json
from datetime import timedelta

from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from wagtail.models import Locale, Page, Revision, TaskState
from wagtail_localize.models import (
    MissingRelatedObjectError,
    MissingTranslationError,
    StringSegment,
    Translation,
    TranslationSource,
)

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.people.lists import clinic_day
from clinic.people.models import User
from education.library import cache
from education.library.models import ClinicianApproval, Kept, Review, authors_of

from .models import Translated

WAITS = "It waits for a clinician already."
CHANGED = "Somebody changed this page after you opened it. Read it again as it is now; nothing was approved."
NOT_WAITING = "This page does not wait for approval any more."
OWN_WORDS = "You wrote a part of this version. Another doctor has to stand behind it."


def seal(revision: Revision) -> str:
    """What names a version word for word: saving as one types may write over a version, which keeps its number."""
    words = json.dumps(revision.content, sort_keys=True, cls=DjangoJSONEncoder)
    return f"{revision.pk}-{hashlib.sha256(words.encode()).hexdigest()[:32]}"


@transaction.atomic
def approve(*, page: Kept, seen: str, every: timedelta, by: Actor) -> None:
    """Stand behind exactly the version that was read, and publish it, at once or on the day that it is planned for."""
    task, state, user = _waiting(page, seen, by)
    if not task.may_approve(page, user):
        raise Refused(OWN_WORDS)
    task.on_action(state, user, "approve", every=every)
    record(by=by, verb="learn.approved", of=page, detail={"revision": page.latest_revision_id})
    transaction.on_commit(cache.empty)


@transaction.atomic
def ask_for_changes(*, page: Kept, seen: str, words: str, by: Actor) -> None:
    """Send a page back to who wrote it, with what is to be changed."""
    task, state, user = _waiting(page, seen, by)
    task.on_action(state, user, "reject", comment=words)
    record(by=by, verb="learn.sent_back", of=page, detail={"revision": page.latest_revision_id})


def _waiting(page: Kept, seen: str, by: Actor) -> tuple[ClinicianApproval, TaskState, User]:
    Page.objects.select_for_update().get(pk=page.pk)
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        raise Refused(NOT_WAITING)
    if seal(page.get_latest_revision()) != seen:
        raise Refused(CHANGED)
    return state.task.specific, state, User.objects.get(pk=by.person_id)


@transaction.atomic
def still_right(*, page: Kept, seen: str, every: timedelta, by: Actor) -> Review:
    """Stand behind the version that patients read now, unchanged, until the next review."""
    Page.objects.select_for_update().get(pk=page.pk)
    live = page.live_revision
    if live is None or seal(live) != seen:
        raise Refused(CHANGED)
    if by.person_id in authors_of(page, live):
        raise Refused(OWN_WORDS)
    latest, due = page.review, clinic_day() + every
    if latest and (latest.by_id, latest.due) == (by.person_id, due):
        return latest  # pressed twice
    kind = Review.Kind.STILL_RIGHT if latest else Review.Kind.APPROVED
    review = Review.objects.create(page_id=page.pk, revision=live, kind=kind, by_id=by.person_id, due=due)
    record(by=by, verb="learn.still_right", of=page, detail={"revision": live.pk})
    transaction.on_commit(cache.empty)
    return review


@transaction.atomic
def translate(*, page: Kept, by: Actor) -> None:
    """Lay the published English out for translation, sentence by sentence; what was translated already stays so."""
    if page.live_revision is None:
        raise Refused("Publish the English first: only what is approved is translated.")
    spanish = Locale.objects.get(language_code="es")
    # The live row is what patients read, and not a draft that came after it.
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=spanish)
    if page.get_translation_or_none(spanish) is None:
        # Only where there is no page yet: over one that is live it would write at once.
        source.create_or_update_translation(
            spanish, user=_user(by), publish=False, copy_parent_pages=True, fallback=True
        )
    if not translation.enabled:
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    record(by=by, verb="learn.laid_out", of=page, detail={"revision": page.live_revision_id})


@transaction.atomic
def ask_for_approval(*, page: Kept, by: Actor) -> Revision:
    """Save the translation as a version of the Spanish page, and send that to a clinician. What is live stays."""
    Page.objects.select_for_update().get(pk=page.pk)
    if page.workflow_in_progress:
        raise Refused(WAITS)
    translation = Translation.objects.select_related("source").get(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    )
    revision = _translated(translation).save_revision(user=_user(by))
    english = _english_of(translation)
    Translated.objects.create(
        page_id=page.pk, revision=revision, english=english, kind=Translated.Kind.TRANSLATED, by_id=by.person_id
    )
    _send(page, by)
    record(by=by, verb="learn.asked", of=page, detail={"revision": revision.pk})
    return revision


def _translated(translation: Translation) -> Kept:
    """The Spanish page as the translation says it. It is no row yet: wagtail-localize's own saving would be live."""
    source, locale = translation.source, translation.target_locale
    segments = StringSegment.objects.filter(source=source).annotate_translation(locale)
    left = segments.filter(translation__isnull=True).count()
    if left:
        raise Refused(f"{left} of the sentences {'is' if left == 1 else 'are'} not translated yet.")
    try:
        spanish: Kept = source.get_ephemeral_translated_instance(locale, fallback=False)
    except (MissingTranslationError, MissingRelatedObjectError) as missing:
        raise Refused("Something on this page is not translated yet.") from missing
    return spanish


def _english_of(translation: Translation) -> Revision:
    english = translation.source.get_source_instance()
    if english.live_revision is None:
        raise Refused("The English page is not published any more.")
    if json.loads(translation.source.content_json)["live_revision"] != english.live_revision_id:
        raise Refused("The English changed since. Take its changes over first.")
    return english.live_revision


def _send(page: Kept, by: Actor) -> None:
    page.refresh_from_db()
    if page.current_workflow_state:  # sent back before
        page.current_workflow_state.resume(user=_user(by))
    else:
        page.get_workflow().start(page, _user(by))


@transaction.atomic
def still_fits(*, page: Kept, by: Actor) -> None:
    """The English changed in words alone: the Spanish says the same as it is."""
    english = page.get_translation_or_none(Locale.objects.get(language_code="en"))
    if page.live_revision is None or english is None or english.live_revision is None:
        raise Refused("Both languages have to be published.")
    Translated.objects.create(
        page_id=page.pk,
        revision=page.live_revision,
        english=english.live_revision,
        kind=Translated.Kind.STILL_FITS,
        by_id=by.person_id,
    )
    record(by=by, verb="learn.still_fits", of=page, detail={"english": english.live_revision_id})


def publish_due() -> None:
    """Publish what was approved for a day that has come, and take back what was to end."""
    call_command("publish_scheduled")


def _user(by: Actor) -> User:
    return User.objects.get(pk=by.person_id)
