"""Whom we work with: practices and practitioners, under the names that FHIR R4 has for them."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, FloatField, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from clinic.audit.clock import DatabaseNow
from clinic.audit.models import append_only, said_once, together
from clinic.people.models import Digits, Plain, User
from clinic.people.search import read

from . import npi

# Practices of one trade are called much the same: a name counts as alike when most of its letters are.
ALIKE = 0.6
MOST_ALIKE = 4


class Resource(models.TextChoices):
    """What an entry is, by the name of its FHIR resource."""

    ORGANIZATION = "Organization", "Practice"
    PRACTITIONER = "Practitioner", "Practitioner"


class Kind(models.TextChoices):
    """What they do: the type of an Organization, the specialty of a Practitioner."""

    PRIMARY_CARE = "primary_care", "Primary care"
    PHYSICAL_THERAPY = "physical_therapy", "Physical therapy"
    IMAGING = "imaging", "Imaging"
    SURGERY = "surgery", "Surgery"
    BEHAVIOURAL_HEALTH = "behavioural_health", "Behavioural health"
    PAIN_SPINE = "pain_spine", "Pain and spine"
    HOSPITAL = "hospital", "Hospital"
    OTHER = "other", "Other"


class Channel(models.TextChoices):
    """How they like to receive what we send."""

    FAX = "fax", "Fax"
    DIRECT = "direct", "Direct message"
    MAIL = "mail", "Mail"
    PHONE = "phone", "Phone"
    PORTAL = "portal", "Portal"


class Tongue(models.TextChoices):
    """Languages that they speak with patients, by their BCP 47 tags."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    SIGN_LANGUAGE = "ase", "American Sign Language"
    ARABIC = "ar", "Arabic"
    CHINESE = "zh", "Chinese"
    FRENCH = "fr", "French"
    HAITIAN_CREOLE = "ht", "Haitian Creole"
    KOREAN = "ko", "Korean"
    POLISH = "pl", "Polish"
    PORTUGUESE = "pt", "Portuguese"
    RUSSIAN = "ru", "Russian"
    TAGALOG = "tl", "Tagalog"
    VIETNAMESE = "vi", "Vietnamese"


class Details(models.Model):
    """What an entry says. A blank column is unknown, never "none"."""

    resource = models.CharField(max_length=12, choices=Resource)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=40, blank=True)  # of a practitioner: "DPT"
    npi = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    direct_address = models.EmailField(blank=True)
    address = models.TextField(max_length=500, blank=True)
    languages = ArrayField(models.CharField(max_length=3, choices=Tongue), default=list, blank=True)
    receives_by = models.CharField(max_length=10, choices=Channel, blank=True)
    notes = models.TextField(max_length=1000, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.suffix]))

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """The database holds the constraints and the actions say them in words: a form asks nothing for each line."""

    @property
    def is_practice(self) -> bool:
        return self.resource == Resource.ORGANIZATION

    @property
    def languages_in_words(self) -> str:
        return ", ".join(Tongue(tag).label for tag in self.languages)


SAYS = [field.name for field in Details._meta.local_fields]
CHANGEABLE = [name for name in SAYS if name != "resource"]
FOUND_IN = Plain("name", "suffix", "address")


class Likeness(Func):
    """How alike two texts are by their groups of three letters (pg_trgm): 0 to 1."""

    function = "similarity"
    output_field = FloatField()


class EntryQuerySet(models.QuerySet["Entry"]):
    def standing(self) -> Self:
        """Without those that were merged into another one."""
        return self.filter(merged_into=None)

    def active(self) -> Self:
        return self.standing().filter(deactivated_at=None)

    def practices(self) -> Self:
        return self.filter(resource=Resource.ORGANIZATION)

    def found_by(self, typed: str) -> Self:
        """Which the words may mean: each is in the name or address or sounds like a part of it; digits of a number."""
        sought = read(typed)
        if sought.born:
            return self.none()
        found = self
        if sought.digits:
            numbers = self.alias(phone_digits=Digits("phone"), fax_digits=Digits("fax"))
            said = Q(phone_digits__contains=sought.digits) | Q(fax_digits__contains=sought.digits)
            found = numbers.filter(said | Q(npi__startswith=sought.digits))
        for word in sought.words:
            plain = Plain(Value(word))
            found = found.alias(found_in=FOUND_IN).filter(
                Q(found_in__contains=plain) | Q(found_in__trigram_word_similar=plain)
            )
        return found

    def alike(self, details: Details) -> Self:
        """Possible duplicates, most alike first: a name alike, and for practices the same phone or fax."""
        said = {name: Value(getattr(details, name)) for name in ("resource", "name", "phone", "fax")}
        return self._alike(**said).exclude(pk=details.pk or 0)

    def _alike(self, *, resource: Any, name: Any, phone: Any, fax: Any) -> Self:
        known = self.standing().alias(phone_digits=Digits("phone"), fax_digits=Digits("fax"), plain_name=Plain("name"))
        known = known.alias(likeness=Likeness("plain_name", Plain(name)))
        same = Q(plain_name__trigram_similar=Plain(name), likeness__gte=ALIKE)
        # Practitioners share the numbers of their practice: there, one number tells nothing.
        practice = Q(resource=Resource.ORGANIZATION)
        for column, number in (("phone_digits", phone), ("fax_digits", fax)):
            # No number is nobody's: asked as "", the index would hand out every entry that has none.
            same |= practice & Q((column, NullIf(Digits(number), Value(""))))
        return known.filter(same, resource=resource).order_by("-likeness", "pk")


class Entry(Details):
    """A practice or a practitioner. It is never deleted: it is deactivated, or leads to the one it was merged into."""

    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    deactivated_at = models.DateTimeField(null=True)
    deactivated_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["npi"], condition=~Q(npi="") & Q(merged_into=None), name="one_entry_an_npi"
            ),
            models.CheckConstraint(condition=Q(npi="") | Q(npi__regex=npi.SHAPE), name="entry_npi_shape"),
            models.CheckConstraint(condition=Q(resource__in=Resource.values), name="entry_resource_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(receives_by="") | Q(receives_by__in=Channel.values), name="entry_channel_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="entry_has_name"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="entry_not_own_merge"),
            models.CheckConstraint(
                condition=together("deactivated_at", "deactivated_by"), name="entry_deactivated_pair"
            ),
        ]
        indexes = [
            GinIndex(OpClass(FOUND_IN, name="gin_trgm_ops"), name="entry_found_in"),
            GinIndex(OpClass(Plain("name"), name="gin_trgm_ops"), name="entry_plain_name"),
            GinIndex(OpClass(Digits("phone"), name="gin_trgm_ops"), name="entry_phone_digits"),
            GinIndex(OpClass(Digits("fax"), name="gin_trgm_ops"), name="entry_fax_digits"),
            models.Index(OpClass("npi", name="varchar_pattern_ops"), name="entry_npi_start"),
        ]
        triggers = append_only(*CHANGEABLE, "deactivated_at", "deactivated_by", "merged_into")

    @property
    def works_at(self) -> "list[Entry]":
        """The practices of a practitioner, with what `EntryQuerySet` prefetched."""
        return [role.organization for role in self.roles.all() if role.ended_at is None]

    def letterhead(self) -> dict[str, str]:
        """To whom a letter goes: `practice`, `address`, `fax`, `phone`; what a practitioner lacks, the practice has."""
        practice = next(iter(self.works_at), None)
        reach = {name: getattr(self, name) or getattr(practice, name, "") for name in ("address", "fax", "phone")}
        return {"practice": ", ".join(str(part) for part in (self, practice) if part), **reach}


class PractitionerRoleQuerySet(models.QuerySet["PractitionerRole"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)


class PractitionerRole(models.Model):
    """A practitioner works at a practice, until it is ended."""

    practitioner = models.ForeignKey(Entry, models.PROTECT, related_name="roles")
    organization = models.ForeignKey(Entry, models.PROTECT, related_name="people")
    created_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = PractitionerRoleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "organization"], condition=Q(ended_at=None), name="one_open_role"
            ),
            models.CheckConstraint(condition=together("ended_at", "ended_by"), name="role_ended_pair"),
        ]
        triggers = [*append_only("ended_at", "ended_by"), said_once("ended_at", "ended_by")]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.organization}"


class Merge(models.Model):
    """Two entries were found to be one. `gone` keeps all that it said; `kept_said` is what the other said before."""

    gone = models.ForeignKey(Entry, models.PROTECT, related_name="merges")
    kept = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    filled = ArrayField(models.CharField(max_length=20))  # columns that `kept` took over from `gone`
    kept_said = models.JSONField()
    merged_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gone"], name="merged_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.gone} into {self.kept}"


class Import(models.Model):
    """A table that somebody read in: its rows are shown first, and stand in the directory when it is confirmed."""

    file_name = models.CharField(max_length=100)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    read_at = models.DateTimeField(db_default=DatabaseNow(), editable=False)
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=together("confirmed_at", "confirmed_by"), name="import_confirmed_pair")
        ]
        triggers = [*append_only("confirmed_at", "confirmed_by"), said_once("confirmed_at", "confirmed_by")]

    def __str__(self) -> str:
        return self.file_name


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def weighed(self) -> Self:
        """Each with `same_id`, the entry that has its NPI, and `alike_ids`, its possible duplicates, in one query."""
        named = {name: OuterRef(name) for name in ("resource", "name", "phone", "fax")}
        alike = Entry.objects.all()._alike(**named).values("pk")[:MOST_ALIKE]
        # An NPI may stand on an entry that was merged: then the one it leads to is meant.
        same = Entry.objects.filter(npi=OuterRef("npi")).order_by(F("merged_into").asc(nulls_first=True))
        leads_to = Coalesce("merged_into", "pk")
        found = Case(When(~Q(npi=""), then=Subquery(same.values(at=leads_to)[:1])))
        return self.annotate(same_id=found, alike_ids=ArraySubquery(alike))


class ImportRow(Details):
    """A line of a table that was read in, as an entry would say it."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["line"]
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="one_row_a_line")]
        triggers = append_only()


def snapshot(entry: Details, names: Iterable[str] = SAYS) -> dict[str, Any]:
    """What an entry says now, by column."""
    return {name: getattr(entry, name) for name in names}
