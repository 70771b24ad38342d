"""The way of a referral: each step, who said so, and the private address by which the other practice speaks."""

import uuid
from functools import reduce
from operator import or_
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow, now
from clinic.audit.models import append_only, said_once, together
from clinic.directory.models import Entry
from clinic.people.models import User
from clinic.record.models import Document
from referrals.loop import lifecycle
from referrals.loop.lifecycle import HOW, NEXT, WHY_NOT, Direction, State

from .choices import DIRECTIONS, STATES
from .referral import Referral

S = State


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
