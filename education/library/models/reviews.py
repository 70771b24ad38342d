"""Who stands behind a page: the word of a clinician on one version, and the step of the workflow that takes it."""

from datetime import timedelta
from typing import Any, Self

import pgtrigger
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from wagtail.models import Page, Revision, Task, TaskState

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.people.lists import clinic_day
from clinic.people.models import Role, User

REVIEW_EVERY = timedelta(days=365)


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
