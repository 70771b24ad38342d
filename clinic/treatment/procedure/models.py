"""What was done: the checks before a session, the session itself, and what went wrong."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, Q

from clinic.audit.clock import DatabaseNow, DayAt
from clinic.audit.models import append_only, said_once, together
from clinic.people.models import Location, User
from clinic.record.models import Case, Region, Side
from clinic.treatment.pathway.models import Pathway

from . import choices

STRUCK = ("struck_at", "struck_by", "struck_because")
PAIN = Q(pain_before=None) | Q(pain_before__range=(0, 10))
PAIN_AFTER = Q(pain_after=None) | Q(pain_after__range=(0, 10))


@dataclass(frozen=True)
class Agreed:
    """When a blood thinner is stopped and taken again, as somebody typed it; no day where it goes on."""

    goes_on: bool
    agreed_with: str
    agreed_on: date
    last_dose_on: date | None = None
    first_dose_on: date | None = None
    words: str = ""


class ThinnerPlanQuerySet(models.QuerySet["ThinnerPlan"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(struck_at=None)

    def for_patient(self) -> Self:
        """What the patient reads: while a session is awaited, and until the medicine is taken again."""
        here = DayAt(DatabaseNow(), models.F("case__location__time_zone"))
        awaited = Exists(Pathway.objects.open().filter(case=models.OuterRef("case")))
        return self.current().filter(Q(awaited) | Q(first_dose_on__gte=here)).order_by("name", "pk")


class ThinnerPlan(models.Model):
    """When a medicine that thins the blood is stopped and taken again, as the clinic and its prescriber agreed.

    Every day in it was typed by a person: the software knows no such day.
    """

    nonce = models.UUIDField(unique=True, default=uuid.uuid4)
    case = models.ForeignKey(Case, models.PROTECT, related_name="thinner_plans")
    thinner_key = models.UUIDField()  # of the record's BloodThinner
    name = models.CharField(max_length=100)  # as it was called then
    goes_on = models.BooleanField()  # it is not stopped at all
    last_dose_on = models.DateField(null=True)
    first_dose_on = models.DateField(null=True)  # after the injection
    agreed_with = models.CharField(max_length=150)
    agreed_on = models.DateField()
    words = models.TextField(blank=True)  # for the patient, such as "the evening dose"
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_because = models.TextField(null=True)

    objects = ThinnerPlanQuerySet.as_manager()

    class Meta:
        triggers = [*append_only(*STRUCK), said_once(*STRUCK)]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "thinner_key"], condition=Q(struck_at=None), name="one_plan_a_thinner"
            ),
            models.CheckConstraint(condition=together(*STRUCK), name="thinner_plan_struck_together"),
            models.CheckConstraint(
                condition=Q(goes_on=True, last_dose_on=None, first_dose_on=None)
                | Q(goes_on=False, last_dose_on__isnull=False),
                name="thinner_plan_says_when",
            ),
            models.CheckConstraint(
                condition=Q(first_dose_on=None) | Q(first_dose_on__gte=models.F("last_dose_on")),
                name="thinner_plan_in_order",
            ),
            models.CheckConstraint(condition=~Q(agreed_with=""), name="thinner_plan_agreed"),
        ]

    def __str__(self) -> str:
        return self.name


class Check(models.Model):
    """The checklist before one session, as somebody went through it: what the record said of each, and the answer."""

    nonce = models.UUIDField(unique=True)
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="checks")
    day = models.DateField()  # at the location, when it was gone through
    items = models.JSONField()  # [{"key", "title", "known", "answer": "clear" | "settled" | "stop", "words"}, …]
    may_go_on = models.BooleanField()  # whether no item says "stop"
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"check of {self.day:%Y-%m-%d}"


@dataclass(frozen=True)
class Answered:
    """What somebody says of one item of the checklist; settled and stopped need words."""

    answer: str
    words: str = ""


@dataclass(frozen=True)
class WentWrong:
    """A complication as it was said: its kind, the day on which it was seen, and words ("other" needs them)."""

    kind: str
    on: date
    words: str = ""


@dataclass(frozen=True)
class Said:
    """A session as somebody of the clinic wrote it; what is left at its default was not said.

    `usual_pain` is the patient's average of the last seven days before it, 0 to 10: the baseline, where none is on
    record. `pain_before` and `pain_after` are of the day, and compared with nothing.
    """

    on: date
    location: Location
    performed_by: User
    region: str
    levels: Sequence[str]
    side: str
    approach: str
    guidance: str
    contrast: bool
    drug: str
    dose_mg: Decimal
    sedation: str
    rehabilitation: str
    contrast_agent: str = ""
    other_drugs: str = ""
    sedation_reason: str = ""
    pain_before: int | None = None
    pain_after: int | None = None
    usual_pain: int | None = None
    views_kept: bool | None = None
    note: str = ""
    outside_reason: str = ""
    rehab_from: date | None = None
    rehab_until: date | None = None
    rehab_goals: Sequence[str] = ()
    exercises: str = ""
    complications: Sequence[WentWrong] = ()


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(struck_at=None)

    def of_case(self) -> Self:
        """As pages list them: those that stand, the latest day last, with who did it."""
        return self.current().select_related("performed_by", "location").order_by("on", "pk")


class Session(models.Model):
    """One epidural steroid injection session, whatever its levels (FHIR's Procedure). A wrong one is struck.

    `key` is that of the record's Injection: what rules count stands there, and what only the procedure has, here.
    """

    key = models.UUIDField(default=uuid.uuid4)
    nonce = models.UUIDField(unique=True)
    pathway = models.ForeignKey(Pathway, models.PROTECT, related_name="sessions")
    case = models.ForeignKey(Case, models.PROTECT, related_name="sessions")
    check_before = models.ForeignKey(Check, models.PROTECT, null=True, related_name="sessions")
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    on = models.DateField()
    region = models.CharField(max_length=10, choices=Region)
    levels = ArrayField(models.CharField(max_length=20))  # such as L4-5
    side = models.CharField(max_length=10, choices=Side)
    approach = models.CharField(max_length=20, choices=choices.APPROACHES)
    guidance = models.CharField(max_length=20, choices=choices.GUIDANCE)
    contrast = models.BooleanField()
    contrast_agent = models.CharField(max_length=100, blank=True)  # and volume, in words
    drug = models.CharField(max_length=60)
    dose_mg = models.DecimalField(max_digits=6, decimal_places=2)
    other_drugs = models.CharField(max_length=300, blank=True)  # such as the local anaesthetic
    sedation = models.CharField(max_length=20, choices=choices.SEDATION)
    sedation_reason = models.CharField(max_length=500, blank=True)
    # On the day, 0 to 10, right now: a local anaesthetic speaks here, so no rule takes it for what the steroid did.
    pain_before = models.PositiveSmallIntegerField(null=True)
    pain_after = models.PositiveSmallIntegerField(null=True)
    views_kept = models.BooleanField(null=True)  # whether the images that show the needle and contrast are filed
    performed_by = models.ForeignKey(User, models.PROTECT, related_name="sessions")
    note = models.TextField(blank=True)
    outside_plan = models.JSONField(default=list)  # names of what differs from the signed plan
    outside_reason = models.TextField(blank=True)
    rehabilitation = models.CharField(max_length=10, choices=choices.REHABILITATION)
    rehab_from = models.DateField(null=True)  # chosen by the doctor; nobody knows the best day (reference D3)
    rehab_until = models.DateField(null=True)
    rehab_goals = ArrayField(models.CharField(max_length=20), default=list)  # keys of the referral letter's goals
    exercises = models.TextField(blank=True)  # for the patient, in the clinic's words
    recorded_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_because = models.TextField(null=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        triggers = [*append_only(*STRUCK), said_once(*STRUCK)]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_session_a_key"),
            models.UniqueConstraint(
                fields=["case", "region", "on"], condition=Q(struck_at=None), name="one_session_a_region_and_day"
            ),
            models.CheckConstraint(condition=together(*STRUCK), name="session_struck_together"),
            models.CheckConstraint(condition=~Q(struck_because=""), name="session_struck_with_reason"),
            models.CheckConstraint(condition=Q(outside_plan=[]) | ~Q(outside_reason=""), name="outside_plan_because"),
            models.CheckConstraint(
                condition=Q(sedation__in=["none", "minimal"]) | ~Q(sedation_reason=""), name="sedation_because"
            ),
            models.CheckConstraint(condition=PAIN & PAIN_AFTER, name="session_pain_to_ten"),
            models.CheckConstraint(condition=Q(dose_mg__gt=0), name="session_has_a_dose"),
            models.CheckConstraint(condition=~Q(levels=[]), name="session_has_a_level"),
        ]
        indexes = [
            models.Index(fields=["case", "-on", "-id"], condition=Q(struck_at=None), name="session_last_of_case"),
            models.Index(fields=["on", "id"], condition=Q(struck_at=None), name="session_day"),
        ]

    def __str__(self) -> str:
        return f"session of {self.on:%Y-%m-%d}"

    @property
    def goals(self) -> list[str]:
        """The goals of rehabilitation in words."""
        return [choices.GOALS.get(key, key) for key in self.rehab_goals]


class Complication(models.Model):
    """Something that went wrong in or after a session, on whatever day it was seen. A wrong entry is struck."""

    nonce = models.UUIDField(unique=True, default=uuid.uuid4)
    session = models.ForeignKey(Session, models.PROTECT, related_name="complications")
    kind = models.CharField(max_length=20, choices=choices.COMPLICATIONS)
    on = models.DateField()
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_because = models.TextField(null=True)

    class Meta:
        ordering = ["id"]
        triggers = [*append_only(*STRUCK), said_once(*STRUCK)]
        constraints = [
            models.CheckConstraint(condition=together(*STRUCK), name="complication_struck_together"),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(words=""), name="other_complication_said"),
            models.UniqueConstraint(
                fields=["session", "kind", "on"], condition=Q(struck_at=None), name="complication_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"
