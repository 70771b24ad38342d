"""What the library needs from its writers and clinicians today: every live or waiting page, held against what it needs.

The number of queries is the same for ten pages and for a thousand.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.models import Page, ReferenceIndex, WorkflowState

from clinic.people.lists import clinic_day
from clinic.people.models import Role, User
from education.library.models import Review, Source

from .models import Translated
from .words import differences, reading

SOON = timedelta(days=60)
SPANISH = "es"
Rows = QuerySet[Any, Any]  # Wagtail has no types


@dataclass(frozen=True)
class Row:
    page: Page
    why: str


@dataclass(frozen=True)
class Need:
    """One kind of thing to do, and the pages that need it."""

    key: str
    title: str
    what: str
    rows: list[Row] = field(default_factory=list)


def pages() -> Rows:
    """All pages of the library in their own classes, with when what is live was written."""
    ours = Page.objects.filter(content_type__app_label="library").annotate(written=F("live_revision__created_at"))
    found: Rows = ours.order_by("path").specific().select_related("locale", for_specific_subqueries=True)
    return found


def waiting() -> Rows:
    """Pages that wait for a clinician."""
    found: Rows = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    return found


def sent_back() -> Rows:
    """Pages that a clinician sent back with words."""
    found: Rows = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    return found


def overdue() -> Rows:
    """Live pages whose next review is past."""
    latest = Review.objects.filter(revision=OuterRef("live_revision")).order_by("-id").values("due")[:1]
    due = Page.objects.live().annotate(due=Subquery(latest))
    found: Rows = due.filter(due__lt=clinic_day())
    return found


def says() -> dict[int, int]:
    """For each Spanish page, which version of the English what is live in it says, where that was noted."""
    noted = Translated.objects.filter(revision_id__lte=F("page__live_revision_id")).order_by("page_id", "id")
    return dict(noted.values_list("page_id", "english_id"))


def is_behind(english: Page, spanish: Page, said: int | None) -> bool:
    """Whether the English that is live is another than the one that the Spanish says."""
    return bool(said != english.live_revision_id if said else english.written > spanish.first_published_at)


def to_do(user: User) -> Rows:
    """The pages that this person has something to do about: doctors read, writers mend what was sent back."""
    to_mend = Q(pk__in=_ids(sent_back()))
    to_read = Q(pk__in=_ids(waiting())) | Q(pk__in=overdue().values("pk"))
    found: Rows = Page.objects.filter(to_read if user.role == Role.DOCTOR else to_mend)
    return found


def _ids(states: Rows) -> Any:
    return states.values_list(Cast("object_id", IntegerField()))


def _day(moment: date) -> str:
    return date_format(localtime(moment) if isinstance(moment, datetime) else moment, "j F Y")


class Library:
    """The library as it stands, read once."""

    def __init__(self) -> None:
        self.pages = list(pages())
        self.live = {page.pk: page for page in self.pages if page.live}
        self.today = clinic_day()

    @cached_property
    def reviews(self) -> dict[int, Review]:
        return {review.page_id: review for review in Review.objects.latest_of_pages().select_related("by")}

    @cached_property
    def pairs(self) -> list[tuple[Page, Page | None]]:
        """Each live English page, with the live Spanish one."""
        spanish = {page.translation_key: page for page in self.live.values() if page.locale.language_code == SPANISH}
        english = [page for page in self.live.values() if page.locale.language_code != SPANISH]
        return [(page, spanish.get(page.translation_key)) for page in english]

    def needs(self) -> list[Need]:
        return [
            Need("waiting", "Wait for a clinician", "Somebody asked for approval.", list(self._waiting())),
            Need("sent_back", "Sent back", "A clinician asked for changes.", list(self._sent_back())),
            Need("overdue", "Overdue", "The day of the next review is past.", list(self._due(past=True))),
            Need("withdrawn", "A source was withdrawn", "What rests on it has to be read again.", self._withdrawn()),
            Need("spanish", "The Spanish is behind", "The English changed after it.", list(self._behind())),
            Need("numbers", "Numbers differ", "The two languages do not say the same.", list(self._differ())),
            Need("links", "Links that lead nowhere", "The page linked to is not published.", list(self._broken())),
            Need("hard", "Hard to read", "More than sixth grade.", list(self._hard())),
            Need("soon", "Due within 60 days", "The next review comes up.", list(self._due(past=False))),
            Need("never", "Never reviewed", "Patients see these marked as drafts.", list(self._never())),
        ]

    def _of(self, states: Rows) -> Iterator[tuple[Page, WorkflowState]]:
        by_page = {page.pk: page for page in self.pages}
        for state in states.select_related("requested_by", "current_task_state__finished_by").order_by("created_at"):
            if page := by_page.get(int(state.object_id)):
                yield page, state

    def _waiting(self) -> Iterator[Row]:
        for page, state in self._of(waiting()):
            asked_by = state.requested_by or "Somebody"
            yield Row(page, f"{asked_by} asked on {_day(state.current_task_state.started_at)}.")

    def _sent_back(self) -> Iterator[Row]:
        for page, state in self._of(sent_back()):
            said = state.current_task_state
            yield Row(page, f"{said.finished_by}: {said.comment}")

    def _due(self, past: bool) -> Iterator[Row]:
        for pk, review in self.reviews.items():
            is_past = review.due < self.today
            if pk in self.live and is_past == past and review.due <= self.today + SOON:
                yield Row(self.live[pk], f"Due on {_day(review.due)}; {review.by} read it last.")

    def _never(self) -> Iterator[Row]:
        return (
            Row(page, "No clinician stands behind it yet.") for pk, page in self.live.items() if pk not in self.reviews
        )

    def _withdrawn(self) -> list[Row]:
        gone = {str(source.pk): source for source in Source.objects.filter(withdrawn_on__isnull=False)}
        found = self._references(Source, to_object_id__in=gone)
        return [Row(self.live[pk], f"{gone[to]}: {gone[to].withdrawn_why or 'no reason noted'}") for pk, to in found]

    def _broken(self) -> Iterator[Row]:
        links = self._references(Page, model_path__regex=r"^(body|terms|questions)").exclude(
            to_object_id__in=[str(pk) for pk in self.live]
        )
        named = {str(page.pk): page.title for page in self.pages}
        for pk, to in sorted(links):
            yield Row(self.live[pk], f"It links to {named.get(to, 'a page that is gone')}.")

    def _references(self, kind: Any, **where: Any) -> Rows:
        """(page, what it refers to) of live pages."""
        types = ContentType.objects.get_for_models(Page, kind)
        rows = ReferenceIndex.objects.filter(
            base_content_type=types[Page],
            to_content_type=types[kind],
            object_id__in=[str(pk) for pk in self.live],
            **where,
        )
        found: Rows = rows.values_list(Cast("object_id", IntegerField()), "to_object_id").distinct()
        return found

    def _behind(self) -> Iterator[Row]:
        said = says()
        for english, spanish in self.pairs:
            if spanish is None:
                yield Row(english, "There is no Spanish of it yet.")
            elif is_behind(english, spanish, said.get(spanish.pk)):
                yield Row(spanish, f"The English changed on {_day(english.last_published_at)}.")

    def _differ(self) -> Iterator[Row]:
        for english, spanish in self.pairs:
            for where, missing, added in differences(english, spanish) if spanish else ():
                parts = [f"only in English: {', '.join(missing)}" if missing else ""]
                parts.append(f"only in Spanish: {', '.join(added)}" if added else "")
                yield Row(spanish or english, f"“{where}”: {'; '.join(filter(None, parts))}.")

    def _hard(self) -> Iterator[Row]:
        for page in self.live.values():
            said = reading(page, page.locale.language_code)
            if said and not said.is_plain:
                yield Row(page, f"Grade {said.grade}, {said.words_a_sentence} words a sentence.")
