import secrets
import zoneinfo
from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, OuterRef, Q, Value
from django.db.models.functions import Lower, NullIf, Upper

from clinic.audit.clock import DatabaseNow, now, today
from clinic.audit.models import together

from .search import LETTERS, Sought


def new_reference() -> str:
    """A reference that says nothing and can be read aloud, such as 7KQ2M4."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def real_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Give a time zone such as America/New_York.")


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    SPANISH = "es", "Español"


class Clinic(models.Model):
    """The one clinic of this deployment: its name and numbers stand on every page, mail and letter."""

    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40)
    emergency_phone = models.CharField(max_length=40, default="911")
    alert_email = models.EmailField(blank=True)
    logo = models.BinaryField(null=True, editable=True)
    logo_type = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_clinic")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Clinic":
        """The clinic as it stands; before an administrator named it, one that says so."""
        return cls.objects.defer("logo").first() or cls(id=1, name="New clinic", phone="")


class Location(models.Model):
    name = models.CharField(max_length=100, unique=True)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40)
    fax = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=60, default="America/New_York", validators=[real_time_zone])
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    PATIENT = "patient", "Patient"
    DOCTOR = "doctor", "Doctor"
    COORDINATOR = "coordinator", "Coordinator"
    EDITOR = "editor", "Editor"
    ADMINISTRATOR = "administrator", "Administrator"


STAFF_ROLES = frozenset({Role.DOCTOR, Role.COORDINATOR, Role.EDITOR, Role.ADMINISTRATOR})
CLINICAL_ROLES = frozenset({Role.DOCTOR, Role.COORDINATOR})


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in. A patient on a tablet at the desk has no address."""

    email = models.EmailField(unique=True, null=True)
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.PATIENT)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    deactivated_at = models.DateTimeField(null=True)
    deactivated_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = UserManager()
    USERNAME_FIELD = "email"

    class Meta:
        triggers = [
            # Wagtail asks for groups: each role of the staff is one, and nobody is in another.
            pgtrigger.Trigger(
                name="role_is_the_group",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("role"),  # type: ignore[no-untyped-call]
                func="""
                    DELETE FROM people_user_groups WHERE user_id = NEW.id;
                    INSERT INTO people_user_groups (user_id, group_id)
                        SELECT NEW.id, id FROM auth_group WHERE name = NEW.role;
                    RETURN NULL;
                """,
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower"),
            models.CheckConstraint(
                condition=together("deactivated_at", "deactivated_by"),
                name="user_deactivated_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email or f"user {self.pk}"

    def get_full_name(self) -> str:
        return str(self)

    @property
    def is_staff_member(self) -> bool:
        return self.role in STAFF_ROLES

    @property
    def is_clinical(self) -> bool:
        return self.role in CLINICAL_ROLES


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"


class Plain(Func):
    """Columns joined, without accents and capitals: what the search looks in (`clinic_plain` is in a migration)."""

    function = "clinic_plain"
    arg_joiner = " || ' ' || "
    output_field = models.TextField()


class Digits(Func):
    """Only the digits of a phone number, however it was written."""

    template = r"regexp_replace(%(expressions)s, '\D', '', 'g')"
    output_field = models.TextField()


FOUND_IN = Plain("given_name", "family_name", "email")


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User) -> "PatientQuerySet":
        """Whom this user may read: their own, those whom they act for, and for clinical staff the clinic's."""
        if user.is_authenticated and user.is_active and user.is_clinical:
            return self.filter(merged_into=None)
        return self.acted_for_by(user)

    def acted_for_by(self, user: User) -> "PatientQuerySet":
        """Whom this user speaks for as a patient or carer, whatever else they do here."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        mine = Q(user=user) | Q(access__in=Access.objects.open().filter(user=user))
        return self.filter(mine, merged_into=None).distinct()

    def to_match(self) -> "PatientQuerySet":
        """People who began by themselves and whom staff has not yet recognised."""
        return self.filter(matched_at=None, merged_into=None)

    def alike(self, patient: "Patient") -> "PatientQuerySet":
        """Possible duplicates: the same birth date and a name alike, or the same address or phone."""
        said = {name: Value(getattr(patient, name)) for name in ("given_name", "family_name", "email", "phone")}
        return self._alike(pk=patient.pk or 0, birth_date=Value(patient.birth_date, models.DateField()), **said)

    def with_alike(self) -> "PatientQuerySet":
        """Each with `alike_ids`, the ids of its possible duplicates, in the same query."""
        names = ("pk", "given_name", "family_name", "email", "phone", "birth_date")
        others = self.model.objects.all()._alike(**{name: OuterRef(name) for name in names})
        return self.annotate(alike_ids=ArraySubquery(others.order_by("pk").values("pk")[:4]))

    def _alike(self, *, pk: Any, birth_date: Any, given_name: Any, family_name: Any, email: Any, phone: Any) -> Self:
        known = self.alias(phone_digits=Digits("phone"), plain_name=Plain("given_name", "family_name"))
        same = Q(birth_date=birth_date, plain_name__trigram_similar=Plain(given_name, family_name))
        # No address and no number are nobody's: asked as "", an index would hand out everybody who has none.
        same |= Q(email=NullIf(email, Value(""))) | Q(phone_digits=NullIf(Digits(phone), Value("")))
        return known.filter(same, merged_into=None).exclude(pk=pk)

    def found_by(self, sought: Sought) -> "PatientQuerySet":
        """Whom the words may mean: every word must be in the name or address, or sound like a part of it."""
        if sought.born:
            return self.filter(birth_date=sought.born)
        found = self.alias(found_in=FOUND_IN, phone_digits=Digits("phone"))
        if sought.digits:
            found = found.filter(phone_digits__contains=sought.digits)
        for word in sought.words:
            plain = Plain(Value(word))
            found = found.filter(Q(found_in__contains=plain) | Q(found_in__trigram_word_similar=plain))
        if not sought.reference:
            return found
        # A union, because "or" across tables would keep the search from its index.
        own = self.model.objects.filter(reference=sought.reference).values("pk")
        of_case = self.model.objects.filter(cases__reference=sought.reference).values("pk")
        return self.filter(pk__in=found.values("pk").union(own, of_case))


class Patient(models.Model):
    """A person with a complaint, who can exist before they have a user."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference)
    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="patient")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=10, choices=Sex, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH)
    interpreter = models.BooleanField(null=True)
    payer = models.CharField(max_length=100, blank=True)
    plan_name = models.CharField(max_length=100, blank=True)
    member_id = models.CharField(max_length=60, blank=True)
    primary_care = models.CharField(max_length=200, blank=True)
    home_location = models.ForeignKey(Location, models.PROTECT, related_name="patients")
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=together("matched_at", "matched_by"), name="patient_matched_pair"),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="patient_not_own_merge"),
        ]
        indexes = [
            GinIndex(OpClass(Upper("family_name"), name="gin_trgm_ops"), name="patient_family_name"),
            GinIndex(OpClass(FOUND_IN, name="gin_trgm_ops"), name="patient_found_in"),
            GinIndex(OpClass(Digits("phone"), name="gin_trgm_ops"), name="patient_phone_digits"),
            models.Index(fields=["birth_date"]),
            models.Index(fields=["email"]),
            models.Index(fields=["phone"]),
            models.Index(fields=["id"], condition=Q(matched_at=None, merged_into=None), name="patient_to_match"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip() or self.email or self.reference

    def age_on(self, day: date) -> int | None:
        """Completed years on a day; None while nobody has said the birth date."""
        if self.birth_date is None:
            return None
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))

    def today(self) -> date:
        """The calendar day at the patient's home location."""
        return today(self.home_location.time_zone)


class AccessQuerySet(models.QuerySet["Access"]):
    def open(self) -> "AccessQuerySet":
        return self.filter(ended_at=None)


class Access(models.Model):
    """A carer may act for a patient, until it is ended."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="access")
    user = models.ForeignKey(User, models.PROTECT, related_name="access")
    relation = models.CharField(max_length=100)
    granted_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "user"], condition=Q(ended_at=None), name="one_open_access"),
            models.CheckConstraint(condition=together("ended_at", "ended_by"), name="access_ended_pair"),
        ]


class PrivateLinkQuerySet(models.QuerySet["PrivateLink"]):
    def waiting(self) -> "PrivateLinkQuerySet":
        """Handed out and neither used nor taken back; it may have run out meanwhile."""
        return self.filter(used_at=None, revoked_at=None).order_by("-pk")

    def usable(self) -> "PrivateLinkQuerySet":
        return self.filter(expires_at__gt=now(), used_at=None, revoked_at=None)


class PrivateLink(models.Model):
    """A secret that was handed to one person for one purpose: only its hash is kept, and opening consumes nothing."""

    class Purpose(models.TextChoices):
        STAFF_INVITATION = "staff", "Invitation of staff"
        PATIENT_INVITATION = "patient", "Invitation of a patient"
        CARER_INVITATION = "carer", "Invitation of a carer"
        DESK = "desk", "A code for the tablet at the desk"

    purpose = models.CharField(max_length=20, choices=Purpose)
    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    relation = models.CharField(max_length=100, blank=True)
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="private_links")
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = PrivateLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} of {self.created_at:%Y-%m-%d}"

    @property
    def has_run_out(self) -> bool:
        return self.expires_at <= now()


class SignInCode(models.Model):
    """A short code that was mailed to one address and is asked for in the browser that wanted it."""

    email = models.EmailField()
    code_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=Language)
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"])]
