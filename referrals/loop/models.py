"""Every referral, in and out: where it is, who has it, when somebody looks again, and each step of its way."""

import uuid
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Case as Choose
from django.db.models import F, Q, Value, When

from clinic.audit.clock import DatabaseNow, now
from clinic.audit.models import append_only, by_step_alone, said_once, together
from clinic.directory.models import Entry, Kind
from clinic.outside.codes import grouped, new_code
from clinic.people.models import Location, Patient, User
from clinic.record.models import Case, Document

from . import calls, lifecycle, urgency
from .lifecycle import FINAL, HOW, LISTS, NEXT, WHY_NOT, Direction, State, Turn, Worklist
from .targets import MOST_DAYS, Span
from .waiting import Clock, stands_because

S = State
CALL_NOW = Q(red_flag=True, settled_at=None)


def _choices(*words: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(key), said) for each in words for key, said in each.items()]


DIRECTIONS = [(direction.value, direction.value.capitalize()) for direction in Direction]
STATES = [(state.value, state.value.replace("_", " ").capitalize()) for state in State]
FINAL_STATES = sorted(state.value for state in FINAL)
URGENCIES = _choices(urgency.WORDS)  # type: ignore[arg-type]  # its keys are strings
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
        sent = self.outgoing().filter(pk__in=Step.objects.filter(to_state=S.SENT).values("referral"))
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


class LinkQuerySet(models.QuerySet["Link"]):
    def usable(self) -> Self:
        return self.filter(expires_at__gt=now(), revoked_at=None)


class Link(models.Model):
    """A private address for the practice on the other side: it opens one referral, and only a POST acts.

    The secret is kept nowhere. It is made anew from `nonce` and the server's own key, so that a letter can be printed
    again; the hash is what an opened address is compared with.
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="links")
    nonce = models.UUIDField(default=uuid.uuid4)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral"], condition=Q(revoked_at=None), name="one_standing_link"),
            models.CheckConstraint(condition=together("revoked_at", "revoked_by"), name="link_revoked_pair"),
        ]
        triggers = [*append_only("revoked_at", "revoked_by"), said_once("revoked_at", "revoked_by")]

    def __str__(self) -> str:
        return f"link of {self.made_at:%Y-%m-%d}"

    @property
    def is_usable(self) -> bool:
        return self.revoked_at is None and self.expires_at > now()


class Step(models.Model):
    """One step on the way: from where to where, who said so, on which day it happened. Never overwritten.

    Said by a member of staff (`done_by`), by the practice through its link (`link`), or by the software, which found
    that the case had moved (neither).
    """

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    direction = models.CharField(max_length=10, choices=DIRECTIONS)
    from_state = models.CharField(max_length=20, choices=STATES, blank=True)  # empty: it began
    to_state = models.CharField(max_length=20, choices=STATES)
    on = models.DateField()
    how = models.CharField(max_length=10, choices=HOW, blank=True)
    why = models.CharField(max_length=20, choices=WHY_NOT, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    practice = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")  # to whom it was sent
    booked_on = models.DateField(null=True)
    told_on = models.DateField(null=True)  # when the patient was told, where this step ends the way of one that came in
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="referral_steps")
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="steps")
    done_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(
                    or_,
                    [
                        *(Q(direction=way, from_state="", to_state=begins) for way, begins in lifecycle.BEGINS.items()),
                        *(
                            Q(direction=way, from_state=state, to_state__in=sorted(str(each) for each in after))
                            for way, states in NEXT.items()
                            for state, after in states.items()
                            if after
                        ),
                    ],
                ),
                name="referral_step_on_the_way",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=sorted(lifecycle.NEEDS_REASON)) | ~Q(reason=""), name="referral_step_because"
            ),
            # Closed is: a report that was read and the patient told; an answer sent and the patient told; or why not.
            models.CheckConstraint(
                condition=~Q(to_state=S.CLOSED)
                | Q(from_state=S.PATIENT_TOLD)
                | Q(from_state=S.ANSWER_SENT, told_on__isnull=False)
                | ~Q(reason=""),
                name="referral_closed_loop_or_because",
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=sorted(lifecycle.NEEDS_CODE)) | ~Q(why=""), name="referral_step_why_not"
            ),
            models.CheckConstraint(
                condition=~Q(to_state=S.BOOKED) | Q(booked_on__isnull=False), name="referral_step_booked_on"
            ),
            models.CheckConstraint(
                condition=~Q(to_state__in=sorted(lifecycle.ONLY_STAFF)) | Q(done_by__isnull=False),
                name="referral_step_of_staff",
            ),
            models.CheckConstraint(condition=Q(link=None) | Q(done_by=None), name="referral_step_one_speaker"),
            models.CheckConstraint(
                condition=Q(link=None) | Q(to_state__in=sorted(lifecycle.BY_PRACTICE)), name="referral_step_by_link"
            ),
            models.CheckConstraint(
                condition=Q(link=None) | ~Q(to_state=S.REPORT_RECEIVED) | Q(document__isnull=False),
                name="referral_report_by_link",
            ),
        ]
        indexes = [
            models.Index(fields=["to_state", "done_at"], name="referral_step_measured"),
            models.Index(fields=["booked_on"], condition=Q(booked_on__isnull=False), name="referral_visits"),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="keep_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM loop_referral WHERE id = NEW.referral_id AND direction = NEW.direction
                        AND (state = NEW.from_state OR NEW.from_state = '')
                    ) THEN
                        RAISE EXCEPTION 'a step begins where the referral is';
                    END IF;
                    IF NEW.link_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM loop_link WHERE id = NEW.link_id AND referral_id = NEW.referral_id
                    ) THEN
                        RAISE EXCEPTION 'a link speaks for its own referral alone';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"

    @property
    def words(self) -> str:
        return lifecycle.WORDS[Direction(self.direction)][State(self.to_state)]


class Work(models.Model):
    """What somebody did about a referral that is no step of its way: a call, a snooze, a new owner, an alarm."""

    class Kind(models.TextChoices):
        CALL = "call", "Call"
        SNOOZE = "snooze", "Put off"
        ASSIGN = "assign", "New owner"
        ESCALATE = "escalate", "Escalated"
        URGENCY = "urgency", "Urgency changed"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="work")
    kind = models.CharField(max_length=10, choices=Kind)
    whom = models.CharField(max_length=10, choices=_choices(calls.WHOM_WORDS), blank=True)  # type: ignore[arg-type]
    outcome = models.CharField(max_length=20, choices=_choices(calls.OUTCOME_WORDS), blank=True)  # type: ignore[arg-type]
    note = models.CharField(max_length=500, blank=True)
    nonce = models.UUIDField(unique=True, null=True)  # the form's own: sent twice, stored once
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")  # from then on
    next_on = models.DateField()  # from then on
    done_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="call") & ~Q(whom="") & ~Q(outcome="")) | (~Q(kind="call") & Q(whom="", outcome="")),
                name="referral_call_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["snooze", "urgency"]) | ~Q(note=""), name="referral_work_because"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}".strip()


class TargetQuerySet(models.QuerySet["Target"]):
    def current(self) -> Self:
        """The newest row for each step and urgency; who never set one goes by `targets.DEFAULTS`."""
        return self.order_by("direction", "step", "urgency", "-id").distinct("direction", "step", "urgency")


class Target(models.Model):
    """How long a step may take, as this clinic set it. A changed mind is a new row."""

    direction = models.CharField(max_length=10, choices=DIRECTIONS)
    step = models.CharField(max_length=20)
    urgency = models.CharField(max_length=10, choices=URGENCIES)
    days = models.PositiveSmallIntegerField()
    working = models.BooleanField()
    set_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__lte=MOST_DAYS), name="target_within_a_year")]
        indexes = [models.Index(fields=["direction", "step", "urgency", "-id"], name="target_current")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.step}, {self.urgency}: {self.span}"

    @property
    def span(self) -> Span:
        return Span(self.days, self.working)
