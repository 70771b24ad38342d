"""What the payer answered to a decision, and what became of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once, together
from clinic.candidacy.models import Decision
from clinic.people.models import User
from clinic.record.models import Case, Document

from . import lifecycle
from .grounds import OTHER, VERDICTS, title
from .lifecycle import Kind

ANSWERS = tuple(kind.value for kind in lifecycle.ANSWERS)
APPROVES = tuple(kind.value for kind in lifecycle.APPROVES)
STRUCK = ("struck_at", "struck_by", "struck_because")


def keeps_to_lifecycle() -> pgtrigger.Trigger:
    """A trigger by which the database holds the lifecycle table, also for two who write at the same moment."""
    allowed = ", ".join(f"('{last}', '{kind}')" for last, kind in lifecycle.pairs())
    return pgtrigger.Trigger(
        name="lifecycle",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("last", "TEXT")],
        func=f"""
            PERFORM 1 FROM candidacy_decision WHERE id = NEW.decision_id FOR UPDATE;
            SELECT kind INTO last FROM authorization_step
                WHERE decision_id = NEW.decision_id AND struck_at IS NULL ORDER BY id DESC LIMIT 1;
            IF (COALESCE(last, ''), NEW.kind) NOT IN ({allowed}) THEN
                RAISE EXCEPTION '% may not follow %', NEW.kind, COALESCE(last, 'nothing');
            END IF;
            RETURN NEW;
        """,  # noqa: S608 (the kinds are ours)
    )


def last_is_struck_first() -> pgtrigger.Trigger:
    """A trigger by which a step is struck only while no later one rests on it."""
    return pgtrigger.Trigger(
        name="strike_last",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__struck_at__isnull=True, new__struck_at__isnull=False),
        func="""
            IF EXISTS (SELECT 1 FROM authorization_step
                       WHERE decision_id = NEW.decision_id AND struck_at IS NULL AND id > NEW.id) THEN
                RAISE EXCEPTION 'a later step rests on this one';
            END IF;
            RETURN NEW;
        """,
    )


@dataclass(frozen=True)
class Said:
    """One step as somebody of the clinic wrote it. `clauses` are keys of the decision's own set, or "other"."""

    nonce: uuid.UUID
    kind: str
    on: date
    payer: str = ""
    plan_name: str = ""
    reference: str = ""
    clauses: Sequence[str] = ()
    reason: str = ""
    peer_to_peer: str = ""
    last_day: date | None = None


class PayerStepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(decision__case__in=Case.objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(struck_at=None)

    def first_answers(self) -> Self:
        """What payers answered at first: one row a decision that was answered, however often it was asked again."""
        given = self.current().filter(kind__in=ANSWERS)
        earlier = Step.objects.current().filter(kind__in=ANSWERS, decision=OuterRef("decision"), pk__lt=OuterRef("pk"))
        return given.exclude(Exists(earlier))

    def by_clause(self, key: str) -> Self:
        return self.filter(Exists(Ground.objects.filter(step=OuterRef("pk"), clause=key)))

    def way(self) -> "Way":
        """One decision's way with its payer, in two queries."""
        told = self.select_related("recorded_by", "struck_by", "document").prefetch_related("grounds")
        return Way(list(told.order_by("pk")))

    def where_it_stands(self) -> "Step | None":
        return self.current().order_by("pk").last()


class Step(models.Model):
    """One step of a decision's way with its payer. A wrong one is struck, with a reason, and written anew."""

    nonce = models.UUIDField(unique=True, default=uuid.uuid4)  # the form's own: sent twice, stored once
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="payer_steps")
    kind = models.CharField(max_length=12, choices=[(kind.value, label) for kind, label in lifecycle.LABELS.items()])
    on = models.DateField()
    payer = models.CharField(max_length=100)  # payer and plan as they stood
    plan_name = models.CharField(max_length=100, blank=True)
    reference = models.CharField(max_length=60, blank=True)  # the payer's own number
    last_day = models.DateField(null=True)  # on which an approval holds, where the payer named one
    reason = models.TextField(blank=True)  # as the payer gave it, or what the appeal says
    peer_to_peer = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="payer_steps")
    recorded_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_because = models.TextField(null=True)

    objects = PayerStepQuerySet.as_manager()

    class Meta:
        triggers = [
            *append_only(*STRUCK),
            said_once(*STRUCK),
            keeps_to_lifecycle(),
            last_is_struck_first(),
        ]
        constraints = [
            models.CheckConstraint(condition=together(*STRUCK), name="payer_step_struck_together"),
            models.CheckConstraint(condition=~Q(struck_because=""), name="payer_step_struck_with_reason"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.REFUSED.value) | ~Q(reason=""), name="refusal_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(kind__in=APPROVES, last_day__gte=models.F("on")),
                name="last_day_of_an_approval",
            ),
        ]
        indexes = [
            models.Index(fields=["on", "id"], condition=Q(struck_at=None, kind__in=ANSWERS), name="payer_first_answers")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on:%Y-%m-%d}"

    @property
    def label(self) -> str:
        """ "Overturned: the payer approves after all" in one word."""
        return self.get_kind_display().partition(":")[0]

    @property
    def allows(self) -> bool:
        """Whether nothing of the payer's stands against a session by it."""
        return self.kind in lifecycle.ALLOWS

    @property
    def told(self) -> lifecycle.Told:
        """What the patient reads of it."""
        return lifecycle.FOR_PATIENT[Kind(self.kind)]


@dataclass(frozen=True)
class Way:
    """The steps of one decision in their order, struck ones too."""

    steps: Sequence[Step]

    @property
    def stands(self) -> Step | None:
        """The latest step that stands."""
        return next((step for step in reversed(self.steps) if step.struck_at is None), None)

    @property
    def verb(self) -> str:
        """What staff does next, "" where nothing follows."""
        return lifecycle.VERBS.get(Kind(self.stands.kind) if self.stands else None, "")


class Ground(models.Model):
    """A clause by which a payer refused, and what our own assessment had said of it ("" where it says nothing)."""

    step = models.ForeignKey(Step, models.PROTECT, related_name="grounds")
    clause = models.CharField(max_length=40)
    ours = models.CharField(max_length=20, blank=True)

    class Meta:
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["step", "clause"], name="one_ground_a_clause")]
        indexes = [models.Index(fields=["clause"], name="ground_clause")]

    @property
    def title(self) -> str:
        return title(self.clause)

    @property
    def other(self) -> bool:
        return self.clause == OTHER

    @property
    def ours_in_words(self) -> str:
        return VERDICTS.get(self.ours, "")
