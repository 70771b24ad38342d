"""What the patient tells us: what is being typed, what was said at Continue, and what was sealed."""

from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once, together
from clinic.people.models import Language, User
from clinic.record.models import Case

SEALED = ("language", "sealed_by", "signature", "sealed", "sealed_hash")


class Intake(models.Model):
    """One questionnaire of one case, under one version of the questions."""

    class Kind(models.TextChoices):
        FULL = "full", "Intake"
        ADDITION = "addition", "Answer to a question from the clinic"
        CHANGE = "change", "Something changed"

    class GivenAs(models.TextChoices):
        SELF = "self", "The patient"
        CARER = "carer", "Somebody for the patient"
        STAFF = "staff", "Staff, on the phone or at the desk"

    case = models.ForeignKey(Case, models.PROTECT, related_name="intakes")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FULL)
    version = models.CharField(max_length=20)
    asks = models.JSONField(default=list)  # an addition asks only these questions, by key
    note = models.TextField(blank=True)  # the doctor's words beside them
    language = models.CharField(max_length=2, choices=Language)
    started_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signature = models.CharField(max_length=200, blank=True)
    sealed = models.JSONField(null=True)  # the answers as they were shown when they were signed
    sealed_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(kind="full"), name="one_full_intake_a_case"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(sealed_at=None), name="one_open_intake_of_a_kind"
            ),
            models.CheckConstraint(condition=together("sealed_at", "sealed_by", "sealed"), name="intake_sealed_whole"),
        ]
        triggers = [*append_only("sealed_at", *SEALED), said_once("sealed_at", *SEALED)]

    def __str__(self) -> str:
        return f"{self.kind} intake {self.pk}"


class Draft(models.Model):
    """What is being typed on one page, word for word; `revision` tells two devices apart."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="drafts")
    page = models.CharField(max_length=100)  # "pain/began", "tried/therapies/<key of the row>"
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(db_default=DatabaseNow())
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intake", "page"], name="one_draft_a_page")]


class AnswerQuerySet(models.QuerySet["Answer"]):
    def latest_each(self) -> "AnswerQuerySet":
        """The answer that stands for each question of each row; `row_began` orders the rows as they were added."""
        began = models.Window(models.Min("id"), partition_by=["row"])
        found = self.annotate(row_began=began)  # type: ignore[no-redef]  # the plugin knows no declared name
        return found.order_by("row", "question", "-id").distinct("row", "question")


class Answer(models.Model):
    """One answer at Continue, with the words that were shown, their language, who gave it and when."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="answers")
    section = models.CharField(max_length=30)
    question = models.CharField(max_length=60)
    row = models.UUIDField(null=True)  # the key of the therapy, injection, study or medicine that it tells of
    asked = models.TextField()
    language = models.CharField(max_length=2, choices=Language)
    value = models.JSONField(null=True)
    shown = models.TextField(blank=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    given_as = models.CharField(max_length=10, choices=Intake.GivenAs)
    given_for = models.CharField(max_length=200, blank=True)  # name and relation of who types for the patient
    given_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    row_began: int  # as `latest_each` says it

    objects = AnswerQuerySet.as_manager()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["intake", "row", "question", "-id"], name="answer_latest")]

    def __str__(self) -> str:
        return f"{self.question}: {self.shown}"


class Translation(models.Model):
    """What staff made of a patient's words in another language, under their name; the original stays."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="translations")
    text = models.TextField()
    language = models.CharField(max_length=2, choices=Language)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    class Meta:
        triggers = append_only()
