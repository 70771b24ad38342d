"""What the library says, in which language, where each statement is known from, and who stands behind a page."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any, Self

import pgtrigger
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, Revision, Task, TaskState

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.people.lists import clinic_day
from clinic.people.models import Role, User

from .blocks import Body, Questions, Terms
from .moments import MOMENTS
from .permissions import LibraryPermissions
from .shown import cited, headings, words
from .terms import Explained

REVIEW_EVERY = timedelta(days=365)


class Source(models.Model):
    """A document that statements rest on. A withdrawn one stays, so that the pages that name it can be found."""

    class Seen(models.TextChoices):
        FULL = "full text", "Full text"
        OPENING = "opening", "Opening"
        ABSTRACT = "abstract", "Abstract"
        SECOND_HAND = "second hand", "Second hand"

    key = models.SlugField(max_length=60, unique=True, help_text="A short name, such as chou-2015")
    document = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    address = models.URLField(max_length=500)
    seen = models.CharField(max_length=20, choices=Seen, help_text="How we read it")
    withdrawn_on = models.DateField(null=True, blank=True, help_text="The day its publisher took it back, if so")
    withdrawn_why = models.CharField(max_length=300, blank=True)

    panels = [FieldPanel(name) for name in ("key", "document", "publisher", "year", "address", "seen")] + [
        FieldPanel("withdrawn_on"),
        FieldPanel("withdrawn_why"),
    ]

    class Meta:
        ordering = ["publisher", "-year", "document"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=False) | Q(withdrawn_why=""), name="source_withdrawn_on_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher} {self.year}: {self.document}"


class Kept(Page):
    """A page of the library: written by one, approved by a clinician who is another, and due to be read again."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> LibraryPermissions:
        return LibraryPermissions(user, self)

    @property
    def review(self) -> "Review | None":
        """The latest word of a clinician on the version that is live; none, and it is a draft."""
        if self.live_revision_id is None:
            return None
        return Review.objects.filter(revision_id=self.live_revision_id).select_related("by").order_by("-id").first()

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Save a version. Saving as one types writes over one's last, but never over one that others have before them.

        A version that was sent to a clinician, reviewed, planned or published stays word for word what it was.
        """
        if overwrite_revision and is_before_others(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            # What is previewed nobody has reviewed, whatever is live.
            "review": None if getattr(request, "is_preview", False) else self.review,
            "translations": self.get_translations(inclusive=True).live().select_related("locale"),
        }


class LibraryIndex(Kept):
    """The door of the library in one language: its topics and its glossary."""

    answer = models.TextField(max_length=600)

    template = "library/index.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["library.Topic", "library.Glossary"]
    content_panels = [*Page.content_panels, FieldPanel("answer")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **self._shelves()}

    def _shelves(self) -> dict[str, Any]:
        topics = list(Topic.objects.child_of(self).live())
        pages = list(LibraryPage.objects.descendant_of(self).live())
        return {
            "topics": [(topic, [page for page in pages if page.is_child_of(topic)]) for topic in topics],
            "glossary": Glossary.objects.child_of(self).live().first(),
        }


class Topic(Kept):
    """Pages that belong together."""

    answer = models.TextField(max_length=600)

    template = "library/topic.html"
    parent_page_types = ["library.LibraryIndex"]
    subpage_types = ["library.LibraryPage"]
    content_panels = [*Page.content_panels, FieldPanel("answer")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = LibraryPage.objects.child_of(self).live()
        return {**super().get_context(request, *args, **kwargs), "pages": pages}


class LibraryPage(Kept):
    """The answer to one question of a patient's."""

    answer = models.TextField(max_length=600, help_text="The short answer, in two to four sentences")
    body = StreamField(Body())
    questions = StreamField(
        Questions(required=False), blank=True, help_text="Two questions that say whether it was understood"
    )

    template = "library/page.html"
    parent_page_types = ["library.Topic"]
    subpage_types: list[str] = []
    content_panels = [
        HelpPanel(template="upkeep/_panel.html", heading="How it reads"),
        *Page.content_panels,
        FieldPanel("answer"),
        FieldPanel("body"),
        FieldPanel("questions"),
        InlinePanel("related_pages", label="Related question", max_num=4),
        InlinePanel("moments", label="Shown at"),
    ]

    def related(self) -> list["LibraryPage"]:
        """The related questions that are live, in this page's language where there are such."""
        rows = self.related_pages.select_related("related")
        wanted = [row.related for row in rows if row.related.translation_key != self.translation_key]
        keys = [page.translation_key for page in wanted]
        here = LibraryPage.objects.live().filter(translation_key__in=keys, locale_id=self.locale_id)
        by_key = {page.translation_key: page for page in here}
        return [page for each in wanted if (page := by_key.get(each.translation_key, each)).live]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        glossary = Glossary.objects.live().filter(locale_id=self.locale_id).first()
        beside = {
            "related": self.related(),
            "glossary": glossary,
            "words": Explained(words(glossary.terms) if glossary else []),
            "cited": cited(self.body),
            "headings": headings(self.body),
        }
        return {**super().get_context(request, *args, **kwargs), **beside}

    @classmethod
    def shown_at(cls, moments: Collection[str], language: str) -> list[Self]:
        """The live pages that editors chose for some moments of the way, in a language; without what they say."""
        keys = cls.objects.filter(moments__moment__in=moments).values("translation_key")
        pages = cls.objects.live().filter(translation_key__in=keys, locale__language_code=language)
        return list(pages.defer("body", "questions").order_by("path"))


class RelatedPage(Orderable):
    page = ParentalKey(LibraryPage, on_delete=models.CASCADE, related_name="related_pages")
    related = models.ForeignKey(LibraryPage, models.CASCADE, related_name="+")

    panels = [PageChooserPanel("related", "library.LibraryPage")]


class ShownAt(Orderable):
    """The moment of a patient's way at which a page is offered."""

    page = ParentalKey(LibraryPage, on_delete=models.CASCADE, related_name="moments")
    moment = models.CharField(max_length=40, choices=[(moment.key, moment.when) for moment in MOMENTS])

    panels = [FieldPanel("moment")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["moment"], name="shown_at_moment")]


class Glossary(Kept):
    """The words that patients meet, and what they mean."""

    answer = models.TextField(max_length=600)
    terms = StreamField(Terms())

    template = "library/glossary.html"
    parent_page_types = ["library.LibraryIndex"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("answer"), FieldPanel("terms")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "cited": cited(self.terms)}


class ReviewQuerySet(models.QuerySet["Review"]):
    def latest_of_pages(self) -> Self:
        """For each page, the latest word on the version that is live."""
        return (
            self.filter(revision_id=models.F("page__live_revision_id")).order_by("page_id", "-id").distinct("page_id")
        )


def is_before_others(revision: Revision) -> bool:
    """Whether a version was sent to a clinician, reviewed, planned or published."""
    return (
        revision.approved_go_live_at is not None
        or revision.reviews.exists()
        or TaskState.objects.filter(revision=revision).exists()
        or Page.objects.filter(live_revision=revision).exists()
    )


def authors_of(page: Page, revision: Revision) -> set[int]:
    """Who wrote what is new in a version since a clinician stood behind an earlier one, as ids of users."""
    earlier = Review.objects.filter(page=page, revision_id__lt=revision.pk)
    reviewed = earlier.aggregate(latest=models.Max("revision_id"))["latest"] or 0
    written = page.revisions.filter(id__gt=reviewed, id__lte=revision.pk, user__isnull=False)
    return set(written.values_list("user_id", flat=True))


class ClinicianApproval(Task):
    """The one step of the workflow: a doctor who wrote none of what is new stands behind the page, or says why not."""

    def user_can_access_editor(self, _page: Page, user: User) -> bool:
        return user.role == Role.DOCTOR

    def locked_for_user(self, _page: Page, user: User) -> bool:
        return user.role != Role.DOCTOR

    def may_approve(self, page: Page, user: User) -> bool:
        return user.role == Role.DOCTOR and user.pk not in authors_of(page, page.get_latest_revision())

    def get_actions(self, _page: Page, _user: User) -> list[tuple[str, str, bool]]:
        """None among Wagtail's own buttons: a clinician reads the page whole first, and who approved it is recorded."""
        return []

    def get_task_states_user_can_moderate(self, user: User, **_kwargs: Any) -> models.QuerySet[TaskState]:
        states: models.QuerySet[TaskState] = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr
        )
        return states if user.role == Role.DOCTOR else states.none()

    @classmethod
    def get_description(cls) -> str:
        return "A doctor who did not write it approves the page."

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: User, action_name: str, every: timedelta = REVIEW_EVERY, **kwargs: Any
    ) -> None:
        page = task_state.revision.content_object
        if user.role != Role.DOCTOR or (action_name == "approve" and not self.may_approve(page, user)):
            raise PermissionDenied
        if action_name == "approve":
            Review.objects.create(
                page_id=page.pk,
                revision=page.get_latest_revision(),
                kind=Review.Kind.APPROVED,
                by=user,
                due=clinic_day() + every,
            )
        super().on_action(task_state, user, action_name, **kwargs)


class Review(models.Model):
    """A clinician stands behind one version of a page, from a day on and until the next review is due."""

    class Kind(models.TextChoices):
        APPROVED = "approved", "Approved"
        STILL_RIGHT = "still_right", "Still right"

    page = models.ForeignKey(Page, models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="reviews")
    kind = models.CharField(max_length=12, choices=Kind)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    due = models.DateField(help_text="When it is to be read again")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="another_than_the_author",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT FROM wagtailcore_revision WHERE id = NEW.revision_id AND user_id = NEW.by_id) THEN
                        RAISE EXCEPTION 'a page is reviewed by another than its author';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        indexes = [models.Index(fields=["revision", "-id"], name="review_of_a_revision")]

    @property
    def is_overdue(self) -> bool:
        return self.due < clinic_day()
