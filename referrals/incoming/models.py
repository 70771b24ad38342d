"""A referral as its sender said it: never rewritten; what is said later is a row of its own."""

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.directory import npi
from clinic.people.models import Digits, Language, Plain, User
from clinic.people.search import Sought
from referrals.loop.models import Link, Referral, Step

from . import in_words, missing, said
from .missing import CODES, WANTED
from .shape import Door

FOUND_IN = Plain("given_name", "family_name", "practice_name", "practitioner_name")
DOORS = {"form": "Public form", "phone": "Phone", "paper": "Paper", "fax": "Fax"}


def _answer() -> "models.CharField[str, str]":
    """Yes, no, or that the sender does not know (`shape.ANSWERS`); empty while nobody was asked."""
    return models.CharField(max_length=10, blank=True)


class RequestQuerySet(models.QuerySet["Request"]):
    def visible_to(self, user: User) -> Self:
        """Clinical staff alone: what a referrer wrote to the clinic is not the patient's page."""
        if user.is_authenticated and user.is_active and user.is_clinical:
            return self
        return self.none()

    def found_by(self, sought: Sought) -> Self:
        """Whom the words may mean: each in the name of patient or sender, or sounding like a part of it."""
        if sought.born:
            return self.filter(birth_date=sought.born)
        found = self.alias(found_in=FOUND_IN)
        if sought.digits:
            found = found.alias(phone_digits=Digits("phone"), sender_digits=Digits("sender_phone"))
            found = found.filter(Q(phone_digits__contains=sought.digits) | Q(sender_digits__contains=sought.digits))
        for word in sought.words:
            plain = Plain(Value(word))
            found = found.filter(Q(found_in__contains=plain) | Q(found_in__trigram_word_similar=plain))
        return found


class Request(models.Model):
    """What the sender said at the door: who they are, about whom, and what they ask. A blank is unknown, never "no"."""

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="request")
    nonce = models.UUIDField(unique=True, default=uuid.uuid4)  # of the form: sent twice, kept once
    door = models.CharField(max_length=10, choices=DOORS)
    written_in = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    received_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: the sender, by our form

    practice_name = models.CharField(max_length=200, blank=True)
    practitioner_name = models.CharField(max_length=150, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    sender_phone = models.CharField(max_length=40, blank=True)
    sender_fax = models.CharField(max_length=40, blank=True)
    sender_email = models.EmailField(blank=True)

    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    interpreter = _answer()
    payer = models.CharField(max_length=100, blank=True)
    plan_name = models.CharField(max_length=100, blank=True)
    member_id = models.CharField(max_length=60, blank=True)
    patient_knows = _answer()

    question = models.TextField(blank=True)
    urgency = models.CharField(max_length=10, blank=True)  # as they said it
    urgency_reason = models.CharField(max_length=500, blank=True)
    region = models.CharField(max_length=10, blank=True)
    side = models.CharField(max_length=10, blank=True)
    exam = models.TextField(blank=True)
    signs = models.JSONField(default=dict)  # sign -> "yes", "no", "unknown"

    tried = models.CharField(max_length=10, blank=True)
    therapies = models.JSONField(default=list)
    injections = models.JSONField(default=list)
    imaging = models.JSONField(default=list)
    scores = models.JSONField(default=list)

    blood_thinner = _answer()
    blood_thinner_name = models.CharField(max_length=100, blank=True)
    blood_thinner_prescriber = models.CharField(max_length=150, blank=True)
    allergy_contrast = _answer()
    allergies = models.CharField(max_length=500, blank=True)
    diabetes = _answer()
    pregnant = _answer()
    told = models.TextField(blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(door__in=list(DOORS)), name="request_door_known"),
            models.CheckConstraint(condition=Q(npi="") | Q(npi__regex=npi.SHAPE), name="request_npi_shape"),
            models.CheckConstraint(condition=~Q(given_name="") | ~Q(family_name=""), name="request_names_somebody"),
            models.CheckConstraint(
                condition=Q(door=Door.FORM.value) | Q(entered_by__isnull=False), name="request_entered_by_staff"
            ),
        ]
        indexes = [
            GinIndex(OpClass(FOUND_IN, name="gin_trgm_ops"), name="request_found_in"),
            GinIndex(OpClass(Digits("phone"), name="gin_trgm_ops"), name="request_phone_digits"),
            GinIndex(OpClass(Digits("sender_phone"), name="gin_trgm_ops"), name="request_sender_digits"),
            models.Index(fields=["birth_date"], name="request_birth_date"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def patient_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def sender(self) -> str:
        """Clinician and practice, as far as they were said."""
        return ", ".join(filter(None, [self.practitioner_name, self.practice_name]))

    @property
    def values(self) -> dict[str, Any]:
        """Everything that was said, by the keys of `said.FIELDS` and `said.ROWS`, with `signs` as they are kept."""
        keys = (*said.COLUMNS, *said.ROWS, "signs")
        signs = {f"sign_{key}": answer for key, answer in self.signs.items()}
        return {key: getattr(self, key) for key in keys} | signs

    @property
    def parts(self) -> list[in_words.Part]:
        """Everything but the question, part by part, as staff reads it."""
        return in_words.parts(self.values)

    @property
    def warning_signs(self) -> list[str]:
        """The signs answered yes that make it a call, in words."""
        return [in_words.sign(key) for key in said.calls(self.signs)]

    @property
    def signs_to_settle(self) -> list[str]:
        """The signs answered yes that the doctor settles first, in words."""
        return [in_words.sign(key) for key in said.to_settle(self.signs)]

    @property
    def still_missing(self) -> list[str]:
        """What was not said at the door, in words."""
        return [WANTED[key] for key in missing.still_missing(self.values)]


class AdditionManager(models.Manager["Addition"]):
    """Each with who wrote it down, and its files."""

    def get_queryset(self) -> models.QuerySet["Addition"]:
        return super().get_queryset().select_related("entered_by").prefetch_related("attachments")


class Addition(models.Model):
    """What was said after the request: through the private link, or to our staff."""

    class Kind(models.TextChoices):
        ADDED = "added", "Added"
        WITHDRAWN = "withdrawn", "No longer needed"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="additions")
    nonce = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ADDED)
    words = models.TextField(blank=True)  # empty where only files were sent
    link = models.ForeignKey(Link, models.PROTECT, null=True, related_name="additions")  # None: staff wrote it down
    said_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AdditionManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link__isnull=False, entered_by=None) | Q(link=None, entered_by__isnull=False),
                name="addition_one_speaker",
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.said_at:%Y-%m-%d}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def at_the_door(self) -> Self:
        """Those that came with the request itself."""
        return self.filter(addition=None)


class Attachment(models.Model):
    """A file that came with a referral, judged and kept before there is a case to file it under."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="attachments")
    addition = models.ForeignKey(Addition, models.PROTECT, null=True, related_name="attachments")  # None: at the door
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)
    kept_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            # The same file twice is one file.
            models.UniqueConstraint(fields=["referral", "sha256"], name="one_attachment_of_a_content")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return self.name


class StatusReason(models.Model):
    """Why a referral stands where a step brought it, in coded words: all that the sender's page says of it.

    FHIR's Task.statusReason. For "needs information" the codes are of `missing.WANTED`; for a refusal or handing
    back, of `missing.BECAUSE`.
    """

    step = models.OneToOneField(Step, models.PROTECT, related_name="status_reason")
    codes = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(codes=[]), name="status_reason_said")]
        triggers = append_only()

    def __str__(self) -> str:
        return ", ".join(self.codes)

    @property
    def words(self) -> list[str]:
        """The codes in words, to be translated where they are shown."""
        return [CODES[code] for code in self.codes if code in CODES]
