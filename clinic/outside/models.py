"""What other practices hold: what we asked them for, and how it came to us."""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.people.models import User
from clinic.record.models import Case, Document, Injection, Listed, Study, Therapy

from .codes import grouped, new_code
from .lifecycle import HOW, NEXT, OPEN, PATIENCE, STEPS, WORDS, State
from .wanted import in_words

STATES = [(state.value, words) for state, words in WORDS.items()]
WAY = [(state.value, after.value) for state, after in STEPS]
OPEN_STATES = [state.value for state in OPEN]
TO_SEND, SENT, CANCELLED = State.TO_SEND.value, State.SENT.value, State.CANCELLED.value

ROWS: dict[str, type[Listed]] = {
    "therapies": Therapy,
    "injections": Injection,
    "imaging": Study,
    "electrodiagnostics": Study,
}


class RecordRequestQuerySet(models.QuerySet["RecordRequest"]):
    def visible_to(self, user: User) -> "RecordRequestQuerySet":
        return self.filter(case__in=Case.objects.visible_to(user))

    def open(self) -> "RecordRequestQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def for_patient(self) -> "RecordRequestQuerySet":
        """In the order in which they were made, with their steps."""
        return self.order_by("pk").prefetch_related("steps")

    def for_us_to_do(self, moment: datetime) -> "RecordRequestQuerySet":
        """What waits for somebody of the clinic: to send, to read, or to ask after."""
        return self.filter(Q(state__in=[TO_SEND, State.RECEIVED.value]) | overdue_at(moment))


def overdue_at(moment: datetime) -> Q:
    """The condition that a request stands where it is for longer than `lifecycle.PATIENCE`."""
    late = [Q(state=state, state_since__lt=moment - timedelta(days=days)) for state, days in PATIENCE.items()]
    return reduce(or_, late)


class RecordRequest(models.Model):
    """One letter to one practice, for the record of one therapy, injection or study as the patient told of it.

    Its words never change; `state` does, by `lifecycle.NEXT`, and each time a `Step` is added.
    """

    code = models.CharField(max_length=8, unique=True, default=new_code)
    case = models.ForeignKey(Case, models.PROTECT, related_name="record_requests")
    listed = models.CharField(max_length=20, choices={name: name for name in ROWS})
    key = models.UUIDField()  # of the row that it asks about
    subject = models.CharField(max_length=200)  # "Physical therapy"
    period = models.CharField(max_length=200, blank=True)  # when it was, as far as was known on that day, in words
    practice = models.CharField(max_length=200)
    address = models.TextField(blank=True)
    fax = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    wanted = ArrayField(models.CharField(max_length=20))  # keys of `wanted.PIECES`
    allowed = models.BooleanField(null=True)  # what the patient said to "may we ask them"; null: nobody asked
    with_authorization = models.BooleanField()  # the letter carries the lines for the patient's signature
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=TO_SEND)
    state_since = models.DateTimeField(db_default=DatabaseNow())

    objects = RecordRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state for state, _words in STATES]), name="record_request_state_known"
            ),
            models.CheckConstraint(condition=Q(listed__in=list(ROWS)), name="record_request_of_a_list"),
            models.CheckConstraint(condition=Q(wanted__len__gt=0), name="record_request_for_something"),
            # A patient's "no" is kept: not even the database takes a request against it.
            models.CheckConstraint(condition=Q(allowed=True) | Q(allowed=None), name="record_request_not_refused"),
            models.CheckConstraint(
                condition=Q(allowed__isnull=False) | Q(with_authorization=True),
                name="record_request_allowed_or_to_sign",
            ),
            models.UniqueConstraint(
                fields=["listed", "key"], condition=Q(state__in=OPEN_STATES), name="one_open_request_a_row"
            ),
        ]
        indexes = [models.Index(fields=["state", "state_since", "id"], name="record_request_list")]
        triggers = [
            *append_only("state", "state_since"),
            pgtrigger.Protect(
                name="keep_beginning", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state=TO_SEND)
            ),
            pgtrigger.Protect(
                name="keep_way",
                operation=pgtrigger.Update,
                condition=~reduce(or_, [pgtrigger.Q(old__state=one, new__state=after) for one, after in WAY]),
            ),
        ]

    def __str__(self) -> str:
        return self.printed_code

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def in_words(self) -> list[str]:
        """What is asked for, as the letter prints it."""
        return in_words(self.wanted, self.listed)

    @property
    def may_become(self) -> frozenset[State]:
        return NEXT[State(self.state)]

    @property
    def latest_step(self) -> "Step | None":
        """The step by which it came to its state; None while the letter lies ready."""
        steps = list(self.steps.all())
        return steps[-1] if steps else None

    @property
    def due_at(self) -> datetime | None:
        """When it becomes overdue; None where nothing more is awaited."""
        days = PATIENCE.get(State(self.state))
        return None if days is None else self.state_since + timedelta(days=days)


class Step(models.Model):
    """One step on the way of a request: who did it, when, and on which day it happened."""

    request = models.ForeignKey(RecordRequest, models.PROTECT, related_name="steps")
    from_state = models.CharField(max_length=10, choices=STATES)
    to_state = models.CharField(max_length=10, choices=STATES)
    on = models.DateField()
    how = models.CharField(max_length=10, choices=HOW, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    documents = models.ManyToManyField(Document, related_name="steps")
    done_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, [Q(from_state=one, to_state=after) for one, after in WAY]),
                name="record_step_on_the_way",
            ),
            models.CheckConstraint(
                condition=Q(to_state=SENT, how__in=list(HOW)) | (~Q(to_state=SENT) & Q(how="")),
                name="record_step_sent_somehow",
            ),
            models.CheckConstraint(
                condition=~Q(to_state=CANCELLED) | ~Q(reason=""), name="record_step_cancelled_because"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"
