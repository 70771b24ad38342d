"""What is known of one complaint, and who said so.

A row of the record is never rewritten: a changed mind is a new row, and the one before it is struck out. The rows of
one therapy (or injection, study, medicine) share a `key`; patient, doctor, referrer and outside record may each have
one current row under it. All of them stay; `facts.py` weighs them.
"""

import uuid
from typing import Any, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from pgtrigger import Trigger

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once, together
from clinic.people.models import Location, Patient, User, new_reference

DAY = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
PARTIAL_DATE = rf"^(\d{{4}}(-(0[1-9]|1[0-2]))?|{DAY}(/{DAY})?)$"


class PartialDateField(models.CharField):  # type: ignore[type-arg]  # generic in the stubs alone
    """A day, month, year or range of days as the facts contract writes it; empty while nobody has said."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 21)
        options.setdefault("blank", True)
        options.setdefault("validators", [RegexValidator(PARTIAL_DATE)])
        super().__init__(**options)


class SaidBy(models.TextChoices):
    PATIENT = "patient", "Patient"
    REFERRER = "referrer", "Referrer"
    RECORD = "record", "Outside record"
    DOCTOR = "doctor", "Doctor"


class Region(models.TextChoices):
    CERVICAL = "cervical", "Neck"
    THORACIC = "thoracic", "Mid back"
    LUMBAR = "lumbar", "Low back"


class Side(models.TextChoices):
    LEFT = "left", "Left"
    RIGHT = "right", "Right"
    BOTH = "both", "Both"
    MIDLINE = "midline", "Midline"


class Stage(models.TextChoices):
    INTAKE = "intake", "Intake not finished"
    REVIEW = "review", "To review"
    ASKED = "asked", "Waiting for the patient"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        return self.filter(patient__in=Patient.objects.visible_to(user))

    def urgent(self) -> "CaseQuerySet":
        return self.filter(urgent_since__isnull=False)

    def with_record(self) -> "CaseQuerySet":
        """With everything that the facts are made of, in a fixed number of queries."""
        return self.select_related("patient__home_location", "location").prefetch_related(
            models.Prefetch("statements", Statement.objects.current()),
            models.Prefetch("therapies", Therapy.objects.current()),
            models.Prefetch("patient__injections", Injection.objects.current()),
            models.Prefetch("blood_thinners", BloodThinner.objects.current()),
            models.Prefetch("studies", Study.objects.current()),
            models.Prefetch("scores", Score.objects.current()),
            models.Prefetch("patient__cases", Case.objects.order_by("id")),
            models.Prefetch("patient__cases__scores", Score.objects.current()),
            models.Prefetch("documents", Document.objects.current()),
            models.Prefetch("alerts", Alert.objects.order_by("id")),
        )


class Case(models.Model):
    """One complaint of one patient; a second region is a second case that shares the ledger."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="cases")
    location = models.ForeignKey(Location, models.PROTECT, related_name="cases")
    region = models.CharField(max_length=10, choices=Region, blank=True)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.INTAKE)
    stage_since = models.DateTimeField(db_default=DatabaseNow())
    urgent_since = models.DateTimeField(null=True)
    changed_since = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="claimed_cases")
    claimed_at = models.DateTimeField(null=True)
    record_final_at = models.DateTimeField(null=True)
    record_final_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=together("claimed_at", "claimed_by"), name="case_claimed_pair"),
            models.CheckConstraint(condition=together("record_final_at", "record_final_by"), name="case_final_pair"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="case_stage_known"),
        ]
        indexes = [
            models.Index(fields=["stage", "stage_since", "id"], name="case_queue"),
            models.Index(fields=["location", "stage", "stage_since", "id"], name="case_queue_at_location"),
            models.Index(fields=["urgent_since", "id"], condition=Q(urgent_since__isnull=False), name="case_urgent"),
            models.Index(fields=["claimed_by", "stage_since"], name="case_mine"),
        ]

    def __str__(self) -> str:
        return self.reference


Spoken = TypeVar("Spoken", bound="Said", covariant=True)


class SaidQuerySet(models.QuerySet[Spoken]):
    def current(self) -> Self:
        return self.filter(struck_at=None).order_by("id")


class Said(models.Model):
    """A row of the record: who said it, who wrote it down, when; struck out when a later row takes its place."""

    said_by = models.CharField(max_length=10, choices=SaidBy)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = SaidQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def said_constraints(cls, name: str, *identity: str) -> list[models.BaseConstraint]:
        """One current row for an identity and a speaker; a strike has its moment."""
        return [
            models.UniqueConstraint(
                fields=[*identity, "said_by"],
                condition=Q(struck_at=None),
                nulls_distinct=False,
                name=f"{name}_one_current",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=False) | Q(struck_by__isnull=True), name=f"{name}_struck_pair"
            ),
        ]


def until_struck(*may_change: str) -> list[Trigger]:
    """The triggers of a row that is struck out at most once, and never again taken up."""
    return [*append_only("struck_at", "struck_by", *may_change), said_once("struck_at", "struck_by")]


class Statement(Said):
    """One fact with one value, such as `complaint.onset` = "2026-03", as one speaker said it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    fact = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta:
        triggers = until_struck()
        constraints = Said.said_constraints("statement", "case", "fact")

    def __str__(self) -> str:
        return f"{self.fact} ({self.said_by})"


class Therapy(Said):
    """Non-invasive care that was tried: the ledger of what failed, when and why."""

    class Outcome(models.TextChoices):
        LASTING_HELP = "lasting_help", "It helped, and still helps"
        NOT_ENOUGH_HELP = "not_enough_help", "It helped, but not enough"
        NO_LASTING_HELP = "no_lasting_help", "It helped, but not for long"
        NO_HELP = "no_help", "It did not help"
        MADE_WORSE = "made_worse", "It made things worse"
        NOT_TOLERATED = "not_tolerated", "Could not be tolerated"
        CONTRAINDICATED = "contraindicated", "Must not be done"

    key = models.UUIDField(default=uuid.uuid4)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="therapies")
    cases = models.ManyToManyField(Case, related_name="therapies")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    prescribed = models.BooleanField(null=True)
    therapeutic_dose = models.BooleanField(null=True)
    active_exercise = models.BooleanField(null=True)
    from_date = PartialDateField()
    to_date = PartialDateField()
    ongoing = models.BooleanField(null=True)
    sessions = models.PositiveSmallIntegerField(null=True)
    how_often = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    why_stopped = models.TextField(blank=True)
    advised_against = models.BooleanField(null=True)
    intolerance_documented = models.BooleanField(null=True)
    may_request_record = models.BooleanField(null=True)

    class Meta:
        verbose_name_plural = "therapies"
        triggers = until_struck("patient")
        constraints = Said.said_constraints("therapy", "key")

    def __str__(self) -> str:
        return self.name or self.kind


class Injection(Said):
    """One earlier epidural steroid session, of any region, whatever its levels."""

    key = models.UUIDField(default=uuid.uuid4)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="injections")
    on = PartialDateField()
    region = models.CharField(max_length=10, choices=Region, blank=True)
    approach = models.CharField(max_length=20, blank=True)
    level_count = models.PositiveSmallIntegerField(null=True)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    drug = models.CharField(max_length=60, blank=True)
    dose_mg = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    place = models.CharField(max_length=200, blank=True)
    patient_relief_percent = models.SmallIntegerField(null=True)
    relief_until = PartialDateField()
    relief_lasting = models.BooleanField(null=True)
    function_better_or_less_medicine = models.BooleanField(null=True)

    class Meta:
        triggers = until_struck("patient")
        constraints = Said.said_constraints("injection", "key")

    def __str__(self) -> str:
        return f"Injection {self.on}"


class OtherInjection(Said):
    """A steroid injection elsewhere than in the epidural space: no payer counts it, and the body does.

    Its names are those of FHIR's MedicationAdministration: a site, a drug, a dose.
    """

    class Site(models.TextChoices):
        SHOULDER = "shoulder", "Shoulder"
        ELBOW = "elbow", "Elbow"
        HAND = "hand", "Hand or wrist"
        HIP = "hip", "Hip"
        KNEE = "knee", "Knee"
        FOOT = "foot", "Foot or ankle"
        SPINE_JOINT = "spine_joint", "Joint of the spine or pelvis"
        MUSCLE = "muscle", "Muscle"
        OTHER = "other", "Another place"

    key = models.UUIDField(default=uuid.uuid4)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="other_injections")
    on = PartialDateField()
    site = models.CharField(max_length=20, choices=Site, blank=True)
    drug = models.CharField(max_length=60, blank=True)
    dose_mg = models.DecimalField(max_digits=6, decimal_places=2, null=True)

    class Meta:
        triggers = until_struck("patient")
        constraints = Said.said_constraints("other_injection", "key")

    def __str__(self) -> str:
        return f"{self.get_site_display() or 'Injection'} {self.on}"


class BloodThinner(Said):
    """A medicine that thins the blood, found by brand or generic name."""

    key = models.UUIDField(default=uuid.uuid4)
    case = models.ForeignKey(Case, models.PROTECT, related_name="blood_thinners")
    as_written = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=60, blank=True)
    drug_class = models.CharField(max_length=20, blank=True)
    last_taken = models.DateField(null=True)
    hold_agreed_with_prescriber = models.BooleanField(null=True)
    agreed_with = models.CharField(max_length=150, blank=True)

    class Meta:
        triggers = until_struck()
        constraints = Said.said_constraints("blood_thinner", "key")

    def __str__(self) -> str:
        return self.name or self.as_written


class Study(Said):
    """An imaging study, or an EMG or nerve-conduction study."""

    key = models.UUIDField(default=uuid.uuid4)
    case = models.ForeignKey(Case, models.PROTECT, related_name="studies")
    electrodiagnostic = models.BooleanField(default=False)
    modality = models.CharField(max_length=20, blank=True)
    on = PartialDateField()
    place = models.CharField(max_length=200, blank=True)
    finding = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=20, blank=True)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    acute_injury = models.BooleanField(null=True)
    concordant = models.BooleanField(null=True)
    shows_radiculopathy = models.BooleanField(null=True)
    root = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name_plural = "studies"
        triggers = until_struck()
        constraints = Said.said_constraints("study", "key")

    def __str__(self) -> str:
        return f"{self.modality or 'Nerve study'} {self.on}"


Listed = Therapy | Injection | OtherInjection | BloodThinner | Study  # what is said row by row, under a `key`


class Score(Said):
    """A result of a named scale; `items` keeps the single answers of an instrument, where it was asked here."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="scores")
    scale = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=6, decimal_places=3)
    on = models.DateField()
    period = models.CharField(max_length=10, blank=True)
    items = models.JSONField(default=dict)
    injection_key = models.UUIDField(null=True)
    moment = models.CharField(max_length=6, choices={"before": "before", "after": "after"}, blank=True)

    class Meta:
        triggers = until_struck()
        constraints = [
            *Said.said_constraints("score", "case", "scale", "on", "period", "injection_key", "moment"),
            models.CheckConstraint(
                condition=Q(injection_key=None, moment="") | (~Q(injection_key=None) & ~Q(moment="")),
                name="score_of_injection_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scale} {self.value}"


class Document(Said):
    """A file that backs up what was said; `therapy_key` or `study_key` names the row that it belongs to."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    therapy_key = models.UUIDField(null=True)
    study_key = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)

    class Meta:
        triggers = until_struck()
        indexes = [models.Index(fields=["case", "sha256"])]

    def __str__(self) -> str:
        return self.name


class Alert(models.Model):
    """An urgent sign, or a change that somebody reported: it stands until a clinician releases it with a finding."""

    class Kind(models.TextChoices):
        URGENT = "urgent", "Urgent sign"
        CHANGE = "change", "Something changed"

    case = models.ForeignKey(Case, models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=10, choices=Kind)
    signs = ArrayField(models.CharField(max_length=60))
    raised_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    finding = models.TextField(blank=True)

    class Meta:
        triggers = [
            *append_only("released_at", "released_by", "finding"),
            said_once("released_at", "released_by", "finding"),
        ]
        constraints = [
            # Whoever holds a link has no user; with further signs of theirs the next alert takes its place.
            models.CheckConstraint(
                condition=Q(released_at__isnull=False) | Q(released_by=None), name="alert_released_by_with_day"
            ),
            models.CheckConstraint(condition=Q(released_at=None) | ~Q(finding=""), name="alert_released_with_finding"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(released_at=None), name="one_open_alert_of_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.raised_at:%Y-%m-%d %H:%M}"
