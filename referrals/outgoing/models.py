"""What is asked of another practice: FHIR's ServiceRequest, as a doctor signs it."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow, today
from clinic.audit.models import append_only, said_once, together
from clinic.candidacy.evidence import say_day
from clinic.people.models import Clinic, Patient, User
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral

from . import words
from .asked import EVERY_FIELD, GOALS, SERVICES, STUDIES, Field, Kind, Service
from .filled import as_kept
from .links import address_of, standing_link

SIGNED_COLUMNS = ("signed_at", "signed_by", "quoted")


def _text(name: str) -> "models.TextField[str, str]":
    return models.TextField(blank=True, max_length=EVERY_FIELD[name].most)


class Order(models.Model):
    """The words of one referral out. Freely edited until a doctor signs; from then on the database keeps them.

    A blank column is unknown and printed so. `filled` is what the record said when the draft was made, by field;
    `quoted` the letter as it was signed (`words.letter`). `edition` counts the times that it was saved.
    """

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="order")
    question = _text("question")
    diagnosis = _text("diagnosis")
    procedure = _text("procedure")
    goals = ArrayField(models.CharField(max_length=10, choices=GOALS), default=list, blank=True)
    goal_line = _text("goal_line")
    precautions = _text("precautions")
    weakness = _text("weakness")
    scores = models.JSONField(default=list, blank=True)  # [{"scale", "value", "on"}], a snapshot of the record
    study = models.CharField(max_length=20, choices=STUDIES, blank=True)
    region = _text("region")
    studies = _text("studies")
    tried = _text("tried")
    helps = _text("helps")
    decided = _text("decided")
    start_from = models.DateField(null=True)  # only a doctor's choice: nobody knows when therapy should begin
    start_until = models.DateField(null=True)
    visits = models.PositiveSmallIntegerField(null=True)
    report_due_on = models.DateField(null=True)
    at_once = _text("at_once")
    call = _text("call")
    patient_told = _text("patient_told")
    language = _text("language")
    filled = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    quoted = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=together(*SIGNED_COLUMNS), name="order_signed_whole"),
            models.CheckConstraint(condition=Q(signed_at=None) | ~Q(question=""), name="order_signed_asks"),
            models.CheckConstraint(
                condition=Q(start_from=None) | Q(start_until=None) | Q(start_until__gte=models.F("start_from")),
                name="order_window_forward",
            ),
        ]
        triggers = [
            *append_only(*EVERY_FIELD, "edition", *SIGNED_COLUMNS),
            said_once(*SIGNED_COLUMNS, *EVERY_FIELD, "edition"),
        ]

    def __str__(self) -> str:
        return f"order of {self.referral.printed_code}"

    @property
    def service(self) -> Service:
        return SERVICES[self.referral.service]

    @property
    def said(self) -> dict[str, Any]:
        """What the letter of this service is made of, by field."""
        return {field.name: getattr(self, field.name) for field in self.service.fields}

    @property
    def letter(self) -> dict[str, Any]:
        """The letter as it was signed; until then, as it would be printed now."""
        return self.quoted or words.letter(self.said, self.frame())

    def frame(self, signed_by: str = "", signed_at: str = "") -> words.Frame:
        """Who is meant and who sends it, as they stand now."""
        referral, clinic = self.referral, Clinic.current()
        return words.Frame(
            service=referral.service,
            urgency=referral.urgency,
            patient=_about(referral.patient),
            phone=referral.location.phone or clinic.phone,
            emergency=clinic.emergency_phone,
            on=today(referral.location.time_zone),
            signed_by=signed_by,
            signed_at=signed_at,
        )

    @property
    def private_address(self) -> str:
        """Where the practice answers; empty while no link stands."""
        link = standing_link(self.referral)
        return address_of(link) if link else ""

    @property
    def may_be_sent(self) -> bool:
        """Whether the letter can go out, or go out again, from where the referral is."""
        return State.SENT in self.referral.may_become

    @property
    def lacks(self) -> list[Field]:
        """What must be said before a doctor can sign."""
        return [field for field in self.service.fields if field.needed and not getattr(self, field.name)]

    def stands_as_filled(self, name: str) -> bool:
        """Whether a field still says what the record said."""
        return name in self.filled and as_kept(getattr(self, name)) == self.filled[name]


TYPED = [name for name, field in EVERY_FIELD.items() if field.kind != Kind.SCORES]


def _about(patient: Patient | None) -> tuple[tuple[str, str], ...]:
    """The box of the letter that says who the patient is."""
    assert patient  # the database keeps one in every referral out
    plan = ", ".join(part for part in (patient.payer, patient.plan_name, patient.member_id) if part)
    said = {
        "Name": str(patient),
        "Born": say_day(patient.birth_date) if patient.birth_date else "",
        "Sex": patient.get_sex_display() if patient.sex else "",
        "Phone": patient.phone,
        "Insurance": plan,
    }
    return tuple((label, value or "not recorded") for label, value in said.items())
