"""Which version of a page somebody read, whether it was understood, and what worries them."""

from typing import Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from wagtail.models import Page, Revision

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.people.models import Language, Patient, User
from clinic.record.models import Case

Row = TypeVar("Row", bound=models.Model, covariant=True)


class OfPatient(models.QuerySet[Row]):
    def visible_to(self, user: User) -> Self:
        return self.filter(patient__in=Patient.objects.visible_to(user))


class Reading(models.Model):
    """One version of a page was opened by a patient, or by somebody for them; once a day is kept."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="readings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    page = models.ForeignKey(Page, models.PROTECT, related_name="readings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    on = models.DateField(help_text="The calendar day at the patient's home location")
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = OfPatient.as_manager()

    class Meta:
        triggers = append_only("patient")  # entries of one person are merged
        indexes = [models.Index(fields=["patient", "revision", "on"], name="reading_of_a_day")]


class Understanding(models.Model):
    """The answers to the questions at the end of one version of a page. Answered again, it is a new row.

    `choices` are counted from 1, in the order of the version's questions; None is left open, and not wrong.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="understandings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    page = models.ForeignKey(Page, models.PROTECT, related_name="understandings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    choices = ArrayField(models.PositiveSmallIntegerField(null=True))
    right = ArrayField(models.BooleanField(null=True))
    sent_as = models.UUIDField()  # the form's own: sent twice, kept once for each patient
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = OfPatient.as_manager()

    class Meta:
        triggers = append_only("patient")
        indexes = [models.Index(fields=["patient", "page", "-id"], name="understanding_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(choices__len=models.F("right__len")), name="understanding_of_each")
        ]


class WorryQuerySet(models.QuerySet["Worry"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def open(self) -> Self:
        """Those that no doctor has answered yet, the oldest first."""
        return self.filter(answers=None).order_by("pk")

    def with_answers(self) -> Self:
        """Newest first, with all that is shown beside them, in a fixed number of queries."""
        return (
            self.order_by("-pk")
            .select_related("written_by", "page__locale")
            .prefetch_related(
                models.Prefetch("answers", WorryAnswer.objects.select_related("by")),
                models.Prefetch("translations", WorryTranslation.objects.select_related("written_by")),
            )
        )


class Worry(models.Model):
    """What a patient is worried about, in their own words, for the doctor of one case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="worries")
    page = models.ForeignKey(Page, models.PROTECT, null=True, related_name="worries")
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    language = models.CharField(max_length=2, choices=Language)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_for = models.CharField(max_length=100, blank=True)  # the relation of who writes for the patient
    written_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    sent_as = models.UUIDField(unique=True)  # the form's own: sent twice, kept once

    objects = WorryQuerySet.as_manager()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="worry_in_words"),
            models.CheckConstraint(condition=Q(page=None) | Q(revision__isnull=False), name="worry_of_a_version"),
        ]


class WorryAnswer(models.Model):
    """What a doctor says to a worry: in words, or that it is talked about at the visit."""

    class Kind(models.TextChoices):
        WORDS = "words", "Answered"
        AT_VISIT = "at_visit", "Talked about at the visit"

    worry = models.ForeignKey(Worry, models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=Language)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    class Meta:
        ordering = ["pk"]
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=Q(kind="at_visit", words="") | ~Q(words=""), name="worry_answer_in_words")
        ]


class WorryTranslation(models.Model):
    """What staff made of a worry in English, under their name; the patient's words stay."""

    worry = models.ForeignKey(Worry, models.PROTECT, related_name="translations")
    text = models.TextField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    class Meta:
        ordering = ["pk"]
        triggers = append_only()
