"""What the doctor decides, and on what."""

import uuid

from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, together
from clinic.people.models import Language, User
from clinic.record.models import Case


class InformationRequest(models.Model):
    """What the doctor asked the patient for: the case leaves the list and comes back when it is answered."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="information_requests")
    facts = models.JSONField(default=list)  # paths of the facts that clauses named as missing
    questions = models.JSONField(default=list)  # keys of the questions that will be asked again
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    answered = models.BooleanField(null=True)

    class Meta:
        triggers = append_only("ended_at", "answered")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="one_open_request_a_case"),
            models.CheckConstraint(condition=together("ended_at", "answered"), name="request_ended_pair"),
        ]


class Assessment(models.Model):
    """One determination as it stood: what was known, by which rules, in which words. Never computed anew."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    as_of = models.DateField()
    facts = models.JSONField()
    sources = models.JSONField()  # path of a fact -> who said it, when, and which row of the record
    safety = models.JSONField()
    determinations = models.JSONField()  # a list: set, version, hash, outcome, clauses with keys, values, sentences
    engine_version = models.CharField(max_length=20)
    seal = models.CharField(max_length=64)  # SHA-256 over all of the above
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()


class Outcome(models.TextChoices):
    CANDIDATE = "candidate", "Candidate"
    NOT_YET = "not_yet", "Not yet"
    NOT_A_CANDIDATE = "not_a_candidate", "Not a candidate"
    SENT_ELSEWHERE = "sent_elsewhere", "Urgent, sent elsewhere"
    SEE_IN_CLINIC = "see_in_clinic", "See in clinic"


class Decision(models.Model):
    """A doctor's signed decision. It cannot be undone: a changed mind is a new decision that supersedes."""

    nonce = models.UUIDField(unique=True, default=uuid.uuid4)  # the form's own: sent twice, stored once
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="decision")
    policy = models.CharField(max_length=60)  # the criteria set, key@version, that was weighed for this patient
    outcome = models.CharField(max_length=20, choices=Outcome)
    against_criteria = models.BooleanField()
    reason = models.TextField(blank=True)
    still_missing = models.JSONField(default=list)
    patient_message = models.TextField()
    patient_language = models.CharField(max_length=2, choices=Language)
    signed_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=150)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(supersedes=None), name="one_first_decision_a_case"),
            models.CheckConstraint(
                condition=Q(against_criteria=False) | ~Q(reason=""), name="against_criteria_needs_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.signed_at:%Y-%m-%d}"
