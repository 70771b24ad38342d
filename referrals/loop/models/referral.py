"""One referral, in or out: where it is, who has it, when somebody looks again."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When

from clinic.audit.clock import DatabaseNow, now
from clinic.audit.models import append_only, by_step_alone, together
from clinic.directory.models import Entry, Kind
from clinic.outside.codes import grouped, new_code
from clinic.people.models import Location, Patient, User
from clinic.record.models import Case
from referrals.loop import lifecycle, urgency
from referrals.loop.lifecycle import FINAL, LISTS, NEXT, Direction, State, Turn, Worklist
from referrals.loop.waiting import Clock, stands_because

from .choices import DIRECTIONS, FINAL_STATES, STATES, URGENCIES

if TYPE_CHECKING:
    from .way import Step

S = State
CALL_NOW = Q(red_flag=True, settled_at=None)
# Steps after which a referral must have its patient and case.
OF_A_CASE = [state.value for state in (S.ACCEPTED, S.INVITED, S.IN_REVIEW, S.DECIDED)]


def _in_list(which: Worklist) -> Q:
    pairs = [Q(direction=direction, state=state) for (direction, state), name in LISTS.items() if name == which]
    return reduce(or_, pairs)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Clinical staff see all; patients and carers the ones that were sent out for them."""
        if user.is_authenticated and user.is_active and user.is_clinical:
            return self
        theirs = self.filter(direction=Direction.OUTGOING, patient__in=Patient.objects.acted_for_by(user))
        return theirs.exclude(state=S.DRAFT)

    def open(self) -> Self:
        return self.filter(worklist__isnull=False)

    def incoming(self) -> Self:
        return self.filter(direction=Direction.INCOMING)

    def outgoing(self) -> Self:
        return self.filter(direction=Direction.OUTGOING)

    def on_case(self) -> Self:
        """As the page of a case lists them: what is open first, then the latest."""
        rows = self.select_related("practice", "owner")
        return rows.order_by(F("ended_at").desc(nulls_first=True), "-pk")

    def for_patient(self) -> Self:
        """Those that were sent out, as the patient reads of them, with their steps."""
        sent = self.outgoing().filter(steps__to_state=S.SENT).distinct()
        return sent.select_related("practice").order_by("pk").prefetch_related("steps")

    def by_risk(self) -> Self:
        """The order of the work list: the highest risk first, then the longest overdue."""
        return self.order_by("-risk", "next_on", "pk")


class Referral(models.Model):
    """One referral: FHIR's ServiceRequest with the Task that tracks it.

    What was asked for lies with its direction (`incoming.Request`, `outgoing.Order`); here is how it goes on. What is
    current (state, owner, next day) is written by the same action that adds the step.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    direction = models.CharField(max_length=10, choices=DIRECTIONS)
    service = models.CharField(max_length=20, choices=Kind)
    urgency = models.CharField(max_length=10, choices=URGENCIES)
    location = models.ForeignKey(Location, models.PROTECT, related_name="referrals")
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="referrals")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="referrals")
    said_name = models.CharField(max_length=200, blank=True)  # of the patient, as the sender wrote it
    practice = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="referrals")  # who sent, or receives
    state = models.CharField(max_length=20, choices=STATES)
    state_since = models.DateTimeField(db_default=DatabaseNow())
    red_flag = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)  # when the red flag was spoken about with the sender
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="owned_referrals")
    next_on = models.DateField(null=True)  # when somebody looks again
    snoozed = models.BooleanField(default=False)  # whether `next_on` was put off with a reason
    attempts = models.PositiveSmallIntegerField(default=0)  # calls in a row that nobody answered
    escalated = models.BooleanField(default=False)
    risk = models.PositiveSmallIntegerField()
    clock_before = models.DurationField(default=timedelta())
    clock_since = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: the sender, by our form
    met_at = models.DateTimeField(null=True)  # when the patient was first seen there, or the doctor decided
    ended_at = models.DateTimeField(null=True)
    worklist = models.GeneratedField(
        expression=Choose(
            When(state__in=FINAL_STATES, then=Value(None)),
            When(CALL_NOW, then=Value(Worklist.CALL_NOW.value)),
            *(When(_in_list(which), then=Value(which.value)) for which in Worklist if which != Worklist.CALL_NOW),
        ),
        output_field=models.CharField(max_length=20, null=True),
        db_persist=True,
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FINAL_STATES) | Q(owner__isnull=False, next_on__isnull=False),
                name="open_referral_has_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINAL_STATES) | Q(worklist__isnull=False), name="open_referral_in_a_list"
            ),
            models.CheckConstraint(
                condition=reduce(
                    or_, (Q(direction=way, state__in=sorted(str(each) for each in NEXT[way])) for way in Direction)
                ),
                name="referral_state_of_direction",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.INCOMING) | Q(patient__isnull=False, case__isnull=False),
                name="outgoing_referral_of_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OF_A_CASE) | Q(patient__isnull=False, case__isnull=False),
                name="accepted_referral_of_a_case",
            ),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUTGOING) | ~Q(said_name=""), name="incoming_referral_names_somebody"
            ),
            # A red flag is a call to the sender first: until then nothing is decided about the referral.
            models.CheckConstraint(
                condition=~CALL_NOW | Q(state__in=[S.RECEIVED, S.CANCELLED]), name="red_flag_is_a_call_first"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=FINAL_STATES, ended_at__isnull=False))
                | (~Q(state__in=FINAL_STATES) & Q(ended_at=None)),
                name="referral_ended_at_its_end",
            ),
            models.CheckConstraint(condition=together("settled_at", "settled_by"), name="referral_settled_pair"),
            models.CheckConstraint(condition=Q(risk__lte=urgency.HIGHEST), name="referral_risk_known"),
        ]
        indexes = [
            models.Index(
                "worklist", F("risk").desc(), "next_on", "id", condition=Q(worklist__isnull=False), name="referral_list"
            ),
            models.Index(
                "owner", F("risk").desc(), "next_on", "id", condition=Q(worklist__isnull=False), name="referral_owner"
            ),
            models.Index(F("risk").desc(), "next_on", "id", condition=Q(worklist__isnull=False), name="referral_open"),
            models.Index(fields=["opened_at", "id"], condition=Q(worklist__isnull=False), name="referral_open_since"),
            models.Index(fields=["patient", "direction", "service"], name="referral_of_patient"),
            models.Index(fields=["direction", "opened_at", "id"], name="referral_opened"),
            models.Index(fields=["direction", "ended_at"], name="referral_ended"),
            models.Index(fields=["-ended_at", "-id"], condition=Q(worklist=None), name="referral_ended_list"),
            models.Index(
                fields=["direction", "state", "state_since"],
                condition=Q(worklist__isnull=False),
                name="referral_stands_since",
            ),
        ]
        triggers = [
            *append_only(
                "urgency",
                "patient",
                "case",
                "practice",
                "state",
                "state_since",
                "settled_at",
                "settled_by",
                "owner",
                "next_on",
                "snoozed",
                "attempts",
                "escalated",
                "risk",
                "clock_before",
                "clock_since",
                "met_at",
                "ended_at",
                "worklist",
            ),
            pgtrigger.Protect(
                name="keep_beginning",
                operation=pgtrigger.Insert,
                condition=~reduce(
                    or_, (pgtrigger.Q(new__direction=way, new__state=lifecycle.BEGINS[way]) for way in Direction)
                ),
            ),
            by_step_alone("a referral", steps="loop_step", column="referral_id"),
        ]

    def __str__(self) -> str:
        return self.printed_code

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def is_incoming(self) -> bool:
        return self.direction == Direction.INCOMING

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL

    @property
    def must_call(self) -> bool:
        """Whether a red flag waits to be spoken about with the sender."""
        return self.red_flag and self.settled_at is None

    @property
    def state_words(self) -> str:
        return lifecycle.WORDS[Direction(self.direction)][State(self.state)]

    @property
    def urgency_words(self) -> str:
        return urgency.WORDS[urgency.Urgency(self.urgency)]

    @property
    def turn(self) -> Turn:
        return lifecycle.turn(self.direction, self.state)

    @property
    def may_become(self) -> frozenset[State]:
        return NEXT[Direction(self.direction)][State(self.state)]

    @property
    def clock(self) -> Clock:
        return Clock(self.clock_before, self.clock_since)

    @property
    def booked_visit(self) -> "Step | None":
        """The latest step that booked a visit; of the steps that were read already, where they were."""
        booked = [each for each in self.steps.all() if each.to_state == S.BOOKED]
        return booked[-1] if booked else None

    @property
    def days_waited(self) -> int:
        """Whole days that it has waited for us or for the practice; not those of the patient's or referrer's turn."""
        return self.clock.waited(self.ended_at or now()).days

    @property
    def clock_stands_because(self) -> str:
        return stands_because(self.direction, self.state)

    @property
    def person(self) -> str:
        """Whom it is about: the patient, or the name that the sender gave until somebody matched it."""
        return str(self.patient) if self.patient else self.said_name
