"""The rules as this clinic keeps them: versions word for word, who signed them off, and from which day they count;
and what a version would change before it does."""

from datetime import date, datetime
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only
from clinic.criteria import sets
from clinic.criteria.sets import CriteriaSet
from clinic.people.models import Plain, User
from clinic.record.models import Case

from .kept import Kept, SignedOff


@lru_cache(maxsize=256)  # a document is read once a process; its text is its key
def _read(text: str) -> CriteriaSet:
    return sets.parse(text.encode())


class VersionQuerySet(models.QuerySet["Version"]):
    def with_sign_offs(self) -> Self:
        return self.prefetch_related(models.Prefetch("sign_offs", SignOff.objects.order_by("-id")))

    def drafts(self) -> Self:
        """Versions that no doctor signed off."""
        return self.filter(sign_offs=None)


class Version(models.Model):
    """One criteria set document, word for word. Every version stays for ever."""

    class Origin(models.TextChoices):
        SHIPPED = "shipped", "Came with the software"
        CLINIC = "clinic", "This clinic's own"

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    origin = models.CharField(max_length=10, choices=Origin)
    added_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["key", "-id"], name="version_of_a_set")]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], condition=Q(origin="clinic"), name="one_clinic_text_a_version"
            ),
            models.CheckConstraint(
                condition=Q(origin="shipped") | Q(added_by__isnull=False), name="clinic_version_has_its_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}@{self.version}"

    @property
    def criteria(self) -> CriteriaSet:
        """The set that the text says. A text was read before it was kept, so this raises nothing."""
        return _read(self.text)

    @property
    def signed_off(self) -> "SignOff | None":
        """The latest sign-off; loaded by `with_sign_offs`."""
        return next(iter(self.sign_offs.all()), None)

    @property
    def kept(self) -> Kept:
        signed = self.signed_off
        return Kept(self.criteria, signed.words if signed else None)


class SignOff(models.Model):
    """A doctor checked a version against the publisher's document, and says so by name and date."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="sign_offs")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_name = models.CharField(max_length=150)
    signed_on = models.DateField()
    signed_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    checked_against = models.TextField()  # the publisher's document: title, date or edition, address

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(condition=~Q(signed_name="") & ~Q(checked_against=""), name="sign_off_says_all")
        ]

    def __str__(self) -> str:
        return f"{self.signed_name}, {self.signed_on}"

    @property
    def words(self) -> SignedOff:
        return SignedOff(self.signed_name, self.signed_on, self.checked_against)


class EffectQuerySet(models.QuerySet["Effect"]):
    def on(self, day: date) -> Self:
        """The one of each key that counts on a day: the latest that has begun."""
        begun = self.filter(Q(from_day=None) | Q(from_day__lte=day))
        return begun.order_by("key", F("from_day").desc(nulls_last=True), "-id").distinct("key")


class Effect(models.Model):
    """From a day on, a set counts in this version (None: the set no longer counts); the one before it ends there.

    A plan is changed by a later row for the same day. `from_day` None is "from the beginning".
    """

    key = models.CharField(max_length=60)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="effects")
    from_day = models.DateField(null=True)
    set_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # None: came with the software

    objects = EffectQuerySet.as_manager()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(F("key"), F("from_day").desc(nulls_last=True), F("id").desc(), name="effect_in_order")]

    def __str__(self) -> str:
        return f"{self.version or self.key} from {self.from_day or 'the beginning'}"


class PlanMappingQuerySet(models.QuerySet["PlanMapping"]):
    def of_payer(self, payer: str) -> Self:
        """What is said of a payer; capitals, accents and blanks do not matter."""
        return self.alias(plain_payer=Plain("payer")).filter(plain_payer=_plain(payer))

    def of_plan(self, plan_name: str) -> Self:
        return self.alias(plain_plan=Plain("plan_name")).filter(plain_plan=_plain(plan_name))


def _plain(words: str) -> Plain:
    return Plain(Value(" ".join(words.split())))


class PlanMapping(models.Model):
    """A payer, and perhaps one plan of it, as patients name it, and the set that it goes by."""

    payer = models.CharField(max_length=100)
    plan_name = models.CharField(max_length=100, blank=True)  # empty: every plan of this payer
    key = models.CharField(max_length=60)

    objects = PlanMappingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Plain("payer"), Plain("plan_name"), name="one_set_a_plan"),
            models.CheckConstraint(condition=~Q(payer=""), name="plan_has_payer"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.payer, self.plan_name) if part)


class PreviewQuerySet(models.QuerySet["Preview"]):
    def running(self) -> Self:
        return self.filter(ended_at=None)

    def quiet_since(self, moment: datetime) -> Self:
        """Running ones of which no batch was weighed since: who worked on them is gone."""
        fresh = Batch.objects.filter(preview=OuterRef("pk"), weighed_at__gte=moment)
        return self.running().filter(~Exists(fresh), asked_at__lt=moment)


class Preview(models.Model):
    """What a version would change if it counted from a day: all open cases weighed by it and by what counts there now.

    It is a reading and no record: started again, it takes the place of the one before it.
    """

    class Ending(models.TextChoices):
        DONE = "done", "All open cases were weighed"
        CANCELLED = "cancelled", "Somebody stopped it"
        FAILED = "failed", "It could not go on"

    version = models.OneToOneField(Version, models.PROTECT, related_name="preview")
    instead_of = models.ForeignKey(Version, models.PROTECT, related_name="+")
    day = models.DateField()
    asked_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="preview_ended_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} instead of {self.instead_of} from {self.day}"


class Batch(models.Model):
    """A run of open cases by their numbers, weighed together in one transaction, by whichever worker is free."""

    preview = models.ForeignKey(Preview, models.CASCADE, related_name="batches")
    first_case = models.BigIntegerField()
    last_case = models.BigIntegerField()
    cases = models.PositiveIntegerField()  # as many as were open when the preview began
    weighed_at = models.DateTimeField(null=True)
    weighed = models.PositiveIntegerField(default=0)
    urgent = models.PositiveIntegerField(default=0)
    impossible = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.first_case} to {self.last_case}"


class FlipQuerySet(models.QuerySet["Flip"]):
    def through(self, clause: str) -> Self:
        return self.filter(turns__contains=[{"clause": clause}])


class Flip(models.Model):
    """An open case that would come to another outcome, and the clauses that turn it (`flips.Turn`, as JSON)."""

    preview = models.ForeignKey(Preview, models.CASCADE, related_name="flips")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    before = models.CharField(max_length=15)
    after = models.CharField(max_length=15)
    turns = models.JSONField()
    own = models.BooleanField()  # the patient's plan goes by this set

    objects = FlipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preview", "case"], name="one_flip_a_case")]
        indexes = [models.Index(fields=["preview", "id"], name="flips_in_order")]

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
