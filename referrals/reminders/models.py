"""What went out by itself, and who does not want it."""

from typing import Self

from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once
from clinic.people.models import Patient, User
from clinic.post.models import Message
from clinic.post.models import State as Fate
from referrals.loop.models import Referral, Step

from .plan import MOST_OF_A_KIND, WORDS, Whom

KINDS = [(kind.value, words) for kind, words in WORDS.items()]
WHOM = [(whom.value, whom.value.capitalize()) for whom in Whom]
NOT_DELIVERED = (Fate.FAILED, Fate.BOUNCED)
Reader = Patient | Referral  # whom reminders go to: a patient, or about one referral its referrer
TO_PATIENT, TO_REFERRER = Q(whom=Whom.PATIENT), Q(whom=Whom.REFERRER)


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, user: User) -> Self:
        """Those about a referral that this person may see, and to patients and carers only what went to the patient."""
        mine = self.filter(referral__in=Referral.objects.visible_to(user))
        return mine if user.is_authenticated and user.is_clinical else mine.filter(TO_PATIENT)

    def with_mail(self) -> Self:
        """Each with its mail's fate, and never with its words."""
        return self.select_related("message").defer("message__body", "message__stop_url")

    def with_fate(self, *fates: str) -> Self:
        return self.filter(message__state__in=fates)

    def not_looked_at(self) -> Self:
        """What did not arrive, and nobody was called for yet."""
        return self.with_fate(*NOT_DELIVERED).filter(alarmed_at=None)


class Reminder(models.Model):
    """One reminder that was written: about which step, to whom, the how manieth. Its mail says what became of it."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="reminders")
    step = models.ForeignKey(Step, models.PROTECT, related_name="reminders")  # that brought it to where it stood
    kind = models.CharField(max_length=20, choices=KINDS)
    place = models.PositiveSmallIntegerField()  # among those of its kind that follow this step
    number = models.PositiveSmallIntegerField()  # among those of its kind about this referral
    whom = models.CharField(max_length=10, choices=WHOM)
    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, related_name="reminders"
    )  # to whom, if to a patient
    day = models.DateField()  # at the location, when it was written
    message = models.OneToOneField(Message, models.PROTECT, related_name="reminder")
    secret_hash = models.CharField(max_length=64, unique=True)  # of the address by which its reader stops reminders
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: it went out by itself
    alarmed_at = models.DateTimeField(null=True)  # when somebody was called because it did not arrive

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind", "number"], name="reminder_once"),
            models.UniqueConstraint(fields=["step", "kind", "place"], name="reminder_once_after_a_step"),
            models.UniqueConstraint(fields=["patient", "day"], name="reminder_a_patient_a_day"),
            models.UniqueConstraint(
                fields=["referral", "day"], condition=TO_REFERRER, name="reminder_a_referrer_a_day"
            ),
            models.CheckConstraint(condition=Q(number__range=(1, MOST_OF_A_KIND)), name="reminder_few_of_a_kind"),
            models.CheckConstraint(
                condition=(TO_PATIENT & Q(patient__isnull=False)) | (TO_REFERRER & Q(patient=None)),
                name="reminder_of_its_reader",
            ),
        ]
        triggers = [*append_only("alarmed_at"), said_once("alarmed_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def reader(self) -> Reader:
        """Whom its stop link speaks for; who was merged into another entry is that one now."""
        return (self.patient.merged_into or self.patient) if self.patient else self.referral

    @property
    def may_come_back(self) -> bool:
        """Whether staff may say that this mail was returned."""
        return self.message.may_come_back


class StopQuerySet(models.QuerySet["Stop"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def of(self, reader: Reader) -> Self:
        """What this reader said; of a patient also what an entry said that was merged into this one."""
        if isinstance(reader, Referral):
            return self.filter(referral=reader)
        return self.filter(Q(patient=reader) | Q(patient__merged_into=reader))


class Stop(models.Model):
    """Somebody wants no reminders: a patient, or the referrer about one referral. A changed mind ends it.

    Whoever did it without signing in held the private address of a mail (`stopped_by`, `ended_by` are None).
    """

    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="reminder_stops")
    referral = models.ForeignKey(Referral, models.PROTECT, null=True, related_name="reminder_stops")
    reason = models.CharField(max_length=500, blank=True)
    stopped_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    stopped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_because = models.CharField(max_length=500, blank=True)

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None, referral__isnull=False) | Q(patient__isnull=False, referral=None),
                name="reminders_stopped_for_one",
            ),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_at=None, patient__isnull=False), name="one_stop_of_a_patient"
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None, referral__isnull=False), name="one_stop_of_a_referrer"
            ),
        ]
        triggers = [
            *append_only("ended_at", "ended_by", "ended_because"),
            said_once("ended_at", "ended_by", "ended_because"),
        ]

    def __str__(self) -> str:
        return f"stopped {self.stopped_at:%Y-%m-%d}"
