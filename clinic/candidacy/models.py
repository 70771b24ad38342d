"""What the doctor decides, and on what."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once, together
from clinic.intake.models import Intake
from clinic.people.models import Language, User
from clinic.record.models import DAY, Case, Listed

from .moments import moments
from .weighing import seal


@dataclass(frozen=True)
class RowSaid:
    """One row of the record as the doctor says it; `key` None adds one. `fields` are the record's columns."""

    model: type[Listed]
    key: uuid.UUID | None
    fields: Mapping[str, Any] = field(default_factory=dict)


class InformationRequestQuerySet(models.QuerySet["InformationRequest"]):
    def open(self) -> "InformationRequestQuerySet":
        return self.filter(ended_at=None)

    def with_answered(self) -> "InformationRequestQuerySet":
        """With `came_back`: whether the patient has sent the addition that it began."""
        additions = Intake.objects.filter(case=OuterRef("case"), kind=Intake.Kind.ADDITION, sealed_at__isnull=False)
        sent = additions.filter(started_at__gte=OuterRef("asked_at")).exclude(sealed__has_key="unanswered")
        return self.annotate(came_back=Exists(sent))  # type: ignore[no-redef]  # the plugin knows no declared name


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

    came_back: bool  # as `with_answered` says it

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        triggers = [*append_only("ended_at", "answered"), said_once("ended_at", "answered")]
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
    shown = models.JSONField(default=dict)  # who the patient is and the ledger in words, as the page showed them
    seal = models.CharField(max_length=64)  # SHA-256 over all of the above but the case
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()

    SEALED = ("as_of", "facts", "sources", "safety", "determinations", "engine_version", "shown")

    @property
    def content(self) -> dict[str, object]:
        """What the seal is over."""
        return {name: getattr(self, name) for name in self.SEALED} | {"as_of": self.as_of.isoformat()}

    @property
    def seal_holds(self) -> bool:
        """Whether the row is, word for word, what was sealed."""
        return seal(self.content) == self.seal


class Outcome(models.TextChoices):
    CANDIDATE = "candidate", "Candidate"
    NOT_YET = "not_yet", "Not yet"
    NOT_A_CANDIDATE = "not_a_candidate", "Not a candidate"
    SENT_ELSEWHERE = "sent_elsewhere", "Urgent, sent elsewhere"
    SEE_IN_CLINIC = "see_in_clinic", "See in clinic"


@dataclass(frozen=True)
class Words:
    """A decision as the doctor wrote it. `shown` is the seal of what the page showed; `supersedes` the decision that
    it showed as standing."""

    nonce: uuid.UUID
    outcome: str
    policy: str
    shown: str
    patient_message: str
    patient_language: str
    reason: str = ""
    holds_settled: str = ""
    still_missing: Sequence[str] = field(default_factory=tuple)
    supersedes: int | None = None


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """Those that no later decision supersedes."""
        return self.filter(superseded_by=None)

    def for_patient(self, case: Case) -> "Decision | None":
        """The decision that the patient reads: the one that stands, with who signed it."""
        return self.standing().filter(case=case).select_related("signed_by").first()


class Decision(models.Model):
    """A doctor's signed decision. It cannot be undone: a changed mind is a new decision that supersedes."""

    nonce = models.UUIDField(unique=True, default=uuid.uuid4)  # the form's own: sent twice, stored once
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="decision")
    policy = models.CharField(max_length=60)  # the criteria set, key@version, that was weighed for this patient
    outcome = models.CharField(max_length=20, choices=Outcome)
    against_criteria = models.BooleanField()
    reason = models.TextField(blank=True)
    holds_settled = models.TextField(blank=True)  # how the doctor settled what the safety screen holds
    still_missing = models.JSONField(default=list)  # what it waits for, each in words
    patient_message = models.TextField()
    patient_language = models.CharField(max_length=2, choices=Language)
    signed_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=150)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    seal = models.CharField(max_length=64)  # SHA-256 over what was decided and the assessment's own seal

    objects = DecisionQuerySet.as_manager()

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

    @property
    def moments(self) -> tuple[str, ...]:
        """Where its patient is on the way by now, for the pages that are offered to them; a query of its own."""
        patient = self.case.patient
        given = patient.injections.current().filter(on__regex=f"^{DAY}$", on__lte=patient.today().isoformat())
        here = given.filter(region__in=("", self.case.region)).order_by("-on").values_list("on", flat=True).first()
        decided_on = self.signed_at.astimezone(ZoneInfo(patient.home_location.time_zone)).date()
        return moments(self.outcome, decided_on, date.fromisoformat(here) if here else None, patient.today())

    SEALED = (
        "policy",
        "outcome",
        "against_criteria",
        "reason",
        "holds_settled",
        "still_missing",
        "patient_message",
        "patient_language",
        "signed_by_id",
        "signed_name",
    )

    @property
    def content(self) -> dict[str, object]:
        """What the seal is over: the words of the decision, and through its seal the assessment."""
        said = {name: getattr(self, name) for name in self.SEALED}
        return {**said, "case": self.case_id, "supersedes": self.supersedes_id, "assessment": self.assessment.seal}

    @property
    def determination(self) -> Mapping[str, Any] | None:
        """What the set that the decision rests on came to, as it was sealed; none where no set was weighed."""
        weighed = self.assessment.determinations
        return next((each for each in weighed if f"{each['policy']}@{each['version']}" == self.policy), None)

    @property
    def seal_holds(self) -> bool:
        """Whether decision and assessment are, word for word, what was signed."""
        return seal(self.content) == self.seal and self.assessment.seal_holds
