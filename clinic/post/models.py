from datetime import datetime, timedelta

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from clinic.audit.clock import DatabaseNow
from clinic.people.models import Language, User

WAITS = (1, 1, 2, 5, 15)  # minutes before a waiting mail is taken up again, by tries so far


class State(models.TextChoices):
    QUEUED = "queued", "Waiting to be sent"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "Fate unknown"
    BOUNCED = "bounced", "Came back"


# What came back was taken before; what a worker is sending is not decided yet.
MAY_COME_BACK = frozenset({State.SENT, State.UNKNOWN})


class MessageQuerySet(models.QuerySet["Message"]):
    def newest(self) -> "MessageQuerySet":
        return self.order_by("-id")

    def count_by_state(self) -> dict[str, int]:
        return dict(self.order_by().values_list("state").annotate(models.Count("id")))

    def left_sending(self, before: datetime) -> "MessageQuerySet":
        """Mail that a worker began to send and never reported on."""
        return self.filter(state=State.SENDING, state_at__lt=before)

    def left_waiting(self, moment: datetime) -> "MessageQuerySet":
        """Mail whose turn has come: nobody took it for a minute, and ever longer after each try."""
        due = Q(pk__in=[])
        for tries, minutes in enumerate(WAITS):
            due |= Q(tries=tries, state_at__lt=moment - timedelta(minutes=minutes))
        return self.filter(due, state=State.QUEUED).order_by("-urgent", "id")


class Message(models.Model):
    """A mail, written in the transaction of the action that causes it; it never carries clinical content."""

    kind = models.CharField(max_length=40)
    to = models.EmailField()
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=2, choices=Language)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    urgent = models.BooleanField(default=False)
    state_at = models.DateTimeField(db_default=DatabaseNow())
    error = models.CharField(max_length=200, blank=True)
    mail_id = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)  # by which a report finds it
    stop_url = models.URLField(max_length=300, blank=True)  # by which a mail program stops such mails (RFC 8058)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state_at"], condition=~Q(state="sent"), name="message_not_sent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def may_come_back(self) -> bool:
        return self.state in MAY_COME_BACK

    @property
    def kind_in_words(self) -> str:
        return self.kind.replace("_", " ").capitalize()
