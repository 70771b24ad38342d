"""What the patient says that a session did: asked by a private link, answered on a phone, or told on a call."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once
from clinic.people.models import Patient, User
from clinic.post.models import Message
from clinic.record.models import Case, PartialDateField
from clinic.treatment.procedure.models import Session

from . import plan

STRUCK = ("struck_at", "struck_by", "struck_because")
ENDED = ("ended_at", "ended_by")
RECALLS = [("now", "Right now"), ("day", "Since yesterday"), ("week", "The last seven days")]
HOWS = [("link", "By link"), ("page", "On their own page"), ("call", "On a call, typed by staff")]


class Plan(models.Model):
    """When this clinic asks. A changed mind is a new row; the newest counts for whatever was not asked yet."""

    moments = models.JSONField()  # as `plan.read` reads them
    set_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()

    def __str__(self) -> str:
        return f"check-in plan {self.pk}"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(session__case__in=Case.objects.visible_to(user))

    def told(self) -> Self:
        """Each with its answers, its mails and what became of them, and the calls."""
        answers = Answer.objects.select_related("answered_by", "struck_by").order_by("id")
        mails = Mail.objects.select_related("message").defer("message__body", "message__stop_url").order_by("number")
        return self.prefetch_related(
            models.Prefetch("answers", answers),
            models.Prefetch("mails", mails),
            models.Prefetch("tries", Try.objects.select_related("tried_by")),
        )


class CheckIn(models.Model):
    """One question put to one patient after one session; the row is made when it falls due, with its mail."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="check_ins")
    moment = models.CharField(max_length=10)  # "d0", "d14", "m3"
    long = models.BooleanField()
    recall = models.CharField(max_length=5, choices=RECALLS)
    due_on = models.DateField()
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        triggers = append_only()
        constraints = [models.UniqueConstraint(fields=["session", "moment"], name="check_in_once")]
        indexes = [models.Index(fields=["due_on", "id"], name="check_in_due")]

    def __str__(self) -> str:
        return f"{self.moment} of session {self.session_id}"

    @property
    def in_words(self) -> str:
        """ "2 months after", as staff read it."""
        return plan.in_words(self.moment)


class Mail(models.Model):
    """A mail that asked: the first, or the one reminder. Only the hash of its secret is kept."""

    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="mails")
    number = models.PositiveSmallIntegerField()  # 1: it asked, 2: it reminded
    message = models.OneToOneField(Message, models.PROTECT, related_name="check_in_mail")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["check_in", "number"], name="check_in_mail_once"),
            models.CheckConstraint(condition=Q(number__range=(1, 2)), name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"mail {self.number} of check-in {self.check_in_id}"


class CheckInAnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(check_in__session__case__in=Case.objects.visible_to(user))

    def current(self) -> Self:
        return self.filter(struck_at=None)

    def compared(self) -> Self:
        """Those that say what the injection did: on its evening the local anaesthetic speaks."""
        return self.current().exclude(check_in__recall="now")


class Answer(models.Model):
    """What the patient said, as of the day on which they said it. Said anew, the one before is struck out."""

    nonce = models.UUIDField(unique=True)
    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="answers")
    on = models.DateField()  # at the location, when it was said
    pain = models.PositiveSmallIntegerField(null=True)  # 0 to 10, of the time that the check-in asks about
    relief = models.SmallIntegerField(null=True)  # per cent better than before the injection; below 0: worse
    relief_until = PartialDateField()  # where the relief has ended: its last day
    better_or_less_medicine = models.BooleanField(null=True)
    signs = ArrayField(models.CharField(max_length=40), default=list)  # bad signs that were ticked
    no_signs = models.BooleanField(default=False)  # "none of these" was ticked
    scores = models.JSONField(default=dict)  # scale -> {"value", "items"}: PEG and RMDQ, where they were asked
    daily = models.JSONField(default=dict)  # our own unscored questions, where no instrument is at hand
    words = models.TextField(blank=True)
    how = models.CharField(max_length=5, choices=HOWS)
    answered_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: whoever held the link
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_because = models.TextField(blank=True)

    objects = CheckInAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        triggers = [*append_only(*STRUCK), said_once(*STRUCK)]
        constraints = [
            models.UniqueConstraint(fields=["check_in"], condition=Q(struck_at=None), name="one_answer_a_check_in"),
            models.CheckConstraint(condition=Q(pain=None) | Q(pain__range=(0, 10)), name="answer_pain_to_ten"),
            models.CheckConstraint(condition=Q(relief=None) | Q(relief__range=(-100, 100)), name="answer_relief_range"),
            models.CheckConstraint(condition=Q(signs=[]) | Q(no_signs=False), name="signs_or_none_of_them"),
            models.CheckConstraint(
                condition=~Q(how="call") | Q(answered_by__isnull=False), name="call_was_typed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=False) | Q(struck_by=None, struck_because=""), name="answer_struck_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"answer of {self.on:%Y-%m-%d}"

    @property
    def relief_in_words(self) -> str:
        if self.relief is None:
            return "not known"
        return "worse than before" if self.relief < 0 else f"{self.relief} % better"

    @property
    def signs_in_words(self) -> list[str]:
        return [sign.replace("_", " ") for sign in self.signs]


class Try(models.Model):
    """Somebody called because no answer came, or the mail did not arrive: what came of it."""

    class Outcome(models.TextChoices):
        NO_ANSWER = "no_answer", "Nobody answered"
        LATER = "later", "Asked to be called later"
        RATHER_NOT = "rather_not", "Rather does not answer this time"

    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="tries")
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.CharField(max_length=500, blank=True)
    tried_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    tried_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.outcome} {self.tried_at:%Y-%m-%d}"


class CheckInStopQuerySet(models.QuerySet["Stop"]):
    def standing(self) -> Self:
        return self.filter(ended_at=None)

    def of(self, patient: Patient) -> Self:
        """What this patient said, and an entry that was merged into theirs."""
        return self.filter(Q(patient=patient) | Q(patient__merged_into=patient))


class Stop(models.Model):
    """A patient wants no check-ins. A changed mind ends it; whoever held a mail's address has no user."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="check_in_stops")
    stopped_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    stopped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = CheckInStopQuerySet.as_manager()

    class Meta:
        triggers = [*append_only(*ENDED), said_once(*ENDED)]
        constraints = [
            models.UniqueConstraint(fields=["patient"], condition=Q(ended_at=None), name="one_check_in_stop")
        ]

    def __str__(self) -> str:
        return f"stopped {self.stopped_at:%Y-%m-%d}"
