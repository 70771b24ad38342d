"""The folder of scanned faxes: what came, who opened it, where it was filed; and what is wrong with the folder."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.audit.clock import DatabaseNow, now
from clinic.audit.models import append_only, by_step_alone, said_once
from clinic.outside.models import RecordRequest
from clinic.people.models import User
from clinic.record.models import Document
from clinic.record.uploads import CheckedUpload, place_of
from referrals.loop.models import Referral

from . import lifecycle
from .lifecycle import FAULT_WORDS, STEPS, WHY_ASIDE, WORDS, Fault, State

STATES = [(state.value, words) for state, words in WORDS.items()]
FAULTS = [(fault.value, words) for fault, words in FAULT_WORDS.items()]
WAY = [(state.value, after.value) for state, after in STEPS]
WAITING, FILED, SET_ASIDE = State.WAITING.value, State.FILED.value, State.SET_ASIDE.value
OPEN_TO_SOMEBODY = timedelta(minutes=15)  # for so long after opening it, colleagues are told that somebody has it


class FaxQuerySet(models.QuerySet["Fax"]):
    def visible_to(self, user: User) -> Self:
        """A fax is nobody's record before it is filed: clinical staff see all of them, nobody else any."""
        may = user.is_authenticated and user.is_active and user.is_clinical
        return self if may else self.none()

    def waiting(self) -> Self:
        return self.filter(state=WAITING)


class Fax(models.Model):
    """One scanned file as it came. Its bytes lie in the media store from before its row is written."""

    name = models.CharField(max_length=1100)  # as the folder had it: 255 bytes, each escaped where it is no letter
    sha256 = models.CharField(max_length=64)
    modified_ns = models.BigIntegerField()  # the file's own time in the folder, by which it is known again
    size = models.BigIntegerField()
    path = models.CharField(max_length=200)
    pages = models.PositiveIntegerField(null=True)  # None: they cannot be counted
    fault = models.CharField(max_length=20, choices=FAULTS, blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")  # the first with these bytes
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    state_since = models.DateTimeField(db_default=DatabaseNow())

    objects = FaxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "faxes"
        constraints = [
            models.UniqueConstraint(fields=["sha256", "name", "modified_ns"], name="one_fax_a_file"),
            models.CheckConstraint(condition=Q(state__in=[state for state, _words in STATES]), name="fax_state_known"),
            models.CheckConstraint(condition=~Q(fault="", pages=None), name="fax_counted_or_faulty"),
        ]
        indexes = [
            models.Index(fields=["state", "received_at", "id"], name="fax_list"),
            models.Index(fields=["sha256"], name="fax_bytes"),
        ]
        triggers = [
            *append_only("state", "state_since"),
            pgtrigger.Protect(
                name="keep_beginning", operation=pgtrigger.Insert, condition=~pgtrigger.Q(new__state=WAITING)
            ),
            by_step_alone("a fax", steps="faxes_step", column="fax_id"),
        ]

    def __str__(self) -> str:
        return f"Fax {self.pk}"

    @property
    def latest_step(self) -> "Step | None":
        """The step by which it came to its state; None while it waits for the first time."""
        steps = list(self.steps.all())
        return steps[-1] if steps else None

    @property
    def can_be_filed(self) -> bool:
        return self.fault in lifecycle.CAN_BE_FILED

    @property
    def is_very_long(self) -> bool:
        return lifecycle.is_very_long(self.pages, self.fault)

    @property
    def fault_words(self) -> str:
        return FAULT_WORDS[Fault(self.fault)] if self.fault else ""

    @property
    def what_to_do(self) -> str:
        return lifecycle.WHAT_TO_DO[Fault(self.fault)] if self.fault else ""

    @property
    def upload(self) -> CheckedUpload:
        """The kept file, as the record files it."""
        name = f"Fax {self.pk}, {self.received_at:%Y-%m-%d}.pdf"
        return CheckedUpload(name, "application/pdf", self.size, self.sha256, self.path)

    @property
    def is_there(self) -> bool:
        """Whether its bytes are in their place."""
        return place_of(self.path).exists()

    def opened_by(self, user_id: int | None) -> bool:
        """Whether this very person opened its pages."""
        return self.seen.filter(by_id=user_id).exists()


class SeenQuerySet(models.QuerySet["Seen"]):
    def lately(self) -> Self:
        """Each person who opened the pages of a fax a short while ago, once, the latest first."""
        since = now() - OPEN_TO_SOMEBODY
        latest = self.filter(at__gt=since).order_by("fax", "by", "-id").distinct("fax", "by")
        return self.filter(pk__in=latest.values("pk")).select_related("by").order_by("-id")


class Seen(models.Model):
    """Somebody opened the pages of a fax."""

    fax = models.ForeignKey(Fax, models.PROTECT, related_name="seen")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = SeenQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "seen"
        indexes = [models.Index(fields=["fax", "by"], name="fax_seen_by")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.by_id} opened {self.fax_id}"


class StepQuerySet(models.QuerySet["Step"]):
    def standing(self) -> Self:
        """Filings that nobody took back, with their faxes."""
        later = self.model._default_manager.filter(fax=OuterRef("fax"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), to_state=FILED).select_related("fax", "done_by")


class Step(models.Model):
    """A fax was filed, set aside, or taken up again. `number` counts its steps: two can never be the same one."""

    fax = models.ForeignKey(Fax, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=10, choices=STATES)
    to_state = models.CharField(max_length=10, choices=STATES)
    why = models.CharField(max_length=20, choices=WHY_ASIDE, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="fax_steps")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="fax_steps")
    request = models.ForeignKey(RecordRequest, models.PROTECT, null=True, related_name="fax_steps")
    done_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["fax", "number"], name="one_fax_step_at_a_time"),
            models.CheckConstraint(
                condition=reduce(or_, [Q(from_state=one, to_state=after) for one, after in WAY]),
                name="fax_step_on_the_way",
            ),
            models.CheckConstraint(
                condition=(Q(to_state=FILED) & (Q(document__isnull=False) | Q(referral__isnull=False)))
                | (~Q(to_state=FILED) & Q(document=None, referral=None, request=None)),
                name="fax_filed_somewhere",
            ),
            models.CheckConstraint(
                condition=(Q(to_state=SET_ASIDE, why__in=list(WHY_ASIDE))) | (~Q(to_state=SET_ASIDE) & Q(why="")),
                name="fax_set_aside_because",
            ),
            models.CheckConstraint(
                condition=~Q(from_state=FILED) | ~Q(reason=""), name="fax_filing_taken_back_because"
            ),
        ]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="keep_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT FROM faxes_fax WHERE id = NEW.fax_id AND state = NEW.from_state) THEN
                        RAISE EXCEPTION 'a step begins where the fax is';
                    END IF;
                    IF NEW.to_state = 'filed' AND NOT EXISTS (
                        SELECT FROM faxes_seen WHERE fax_id = NEW.fax_id AND by_id = NEW.done_by_id
                    ) THEN
                        RAISE EXCEPTION 'a fax is not filed before it was seen';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"

    @property
    def where(self) -> str:
        """Where the fax lies since this step, in words that follow "filed"; empty for a step that files nothing."""
        if self.request:
            return f"with the request {self.request.printed_code}"
        if self.referral:
            return f"with the referral {self.referral.printed_code}"
        return f"with {self.document.case.patient}, case {self.document.case.reference}" if self.document else ""

    @property
    def patients(self) -> list[int]:
        """The id of whom it was filed with, for the log; nobody where that is not known."""
        of = self.document.case if self.document else self.referral
        return [of.patient_id] if of and of.patient_id else []


class Look(models.Model):
    """When the folder was looked into last: the only row there is."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    at = models.DateTimeField(db_default=DatabaseNow())

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_look")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class TroubleQuerySet(models.QuerySet["Trouble"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None).order_by("since", "pk")


class Trouble(models.Model):
    """Why something in the folder cannot be taken in, from when to when; said on the list, so that nobody misses it."""

    class Kind(models.TextChoices):
        FOLDER = "folder", "The fax folder cannot be read"
        FILE = "file", "Cannot be read"
        LINK = "link", "Leads to another place and is not followed"
        INSIDE = "inside", "Is a folder: put its files beside it"
        NO_FILE = "no_file", "Is no file"
        UNFINISHED = "unfinished", "Has stood under a temporary name for more than an hour"
        NOT_MOVED = "not_moved", "Was taken in, but cannot be moved to the folder “taken”"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=1100, blank=True)
    since = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    ended_at = models.DateTimeField(null=True)

    objects = TroubleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"], condition=Q(ended_at=None), name="one_standing_trouble_of_a_kind"
            )
        ]
        triggers = [*append_only("ended_at"), said_once("ended_at")]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_kind_display()}" if self.name else self.get_kind_display()


def is_late(look: Look | None) -> bool:
    """Whether nobody has looked into the folder for longer than a few of its minutes."""
    return look is None or look.at < now() - timedelta(minutes=5)
