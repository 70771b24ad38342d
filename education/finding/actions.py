"""Keep what can be found in step with what is published; count what was not found; take an opinion of a page."""

from django.db import transaction
from django.db.models import F
from wagtail.models import Page, Revision

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.people.limits import TooMany, knock
from clinic.people.lists import clinic_day

from .models import Entry, NotFound, Opinion, Word
from .said import KINDS, entries_of
from .words import to_count, words_to_keep


def list_page(*, page: Page) -> None:
    """The page can be found by what it says now."""
    with transaction.atomic():
        page.entries.all().delete()
        entries = Entry.objects.bulk_create(entries_of(page))
        words = {(entry.language, word) for entry in entries for word in words_to_keep(entry.everything)}
        # In one order, so that two pages that are published at once never wait for each other.
        Word.objects.bulk_create(
            [Word(language=language, word=word) for language, word in sorted(words)], ignore_conflicts=True
        )


def forget_page(*, page: Page) -> None:
    page.entries.all().delete()


def list_all() -> None:
    """Everything that is published, and nothing else, can be found: words that stand nowhere any more go too."""
    with transaction.atomic():
        Word.objects.all().delete()
        Entry.objects.all().delete()
        for page in Page.objects.live().type(KINDS).specific().select_related("locale"):
            list_page(page=page)


def count_not_found(*, words: tuple[str, ...], language: str, by: Actor) -> None:
    """Count words that stand nowhere, by month, without who asked; of one address only so many."""
    counted = to_count(words)
    if not counted:
        return
    try:
        knock("not_found_from_ip", by.ip)
    except TooMany:
        return
    with transaction.atomic():
        month = clinic_day().replace(day=1)
        row, _ = NotFound.objects.get_or_create(words=counted, language=language, month=month)
        NotFound.objects.filter(pk=row.pk).update(count=F("count") + 1)


@transaction.atomic
def give_opinion(*, page: Page, revision: Revision, helpful: bool, line: str, by: Actor) -> Opinion:
    """Whether a version of a page was helpful. Who says so is not kept.

    Raises:
        limits.TooMany: more opinions came from this address than one household has.
    """
    knock("opinion_from_ip", by.ip)
    return Opinion.objects.create(page=page, revision=revision, helpful=helpful, line=line)


@transaction.atomic
def strike_line(*, opinion: Opinion, by: Actor) -> None:
    """Take away the words of an opinion, because they say who somebody is; what it said of the page stays counted."""
    opinion.line = ""
    opinion.save(update_fields=["line"])
    record(by=by, verb="opinion.struck", of=opinion)
