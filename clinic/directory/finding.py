"""What the list of the directory is narrowed to: all of it in the URL, so that a link shows the same list again."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Prefetch
from django.http import QueryDict

from .models import Entry, EntryQuerySet, Kind, PractitionerRole, Resource

MOST_OFFERED = 10


@dataclass(frozen=True)
class Narrowed:
    typed: str = ""
    kind: str = ""
    resource: str = ""
    inactive: bool = False

    @classmethod
    def by(cls, asked: QueryDict) -> Self:
        kind, resource = asked.get("kind", ""), asked.get("of", "")
        return cls(
            typed=asked.get("q", "").strip()[:200],
            kind=kind if kind in Kind.values else "",
            resource=resource if resource in Resource.values else "",
            inactive=asked.get("show") == "inactive",
        )

    @property
    def whether_active(self) -> EntryQuerySet:
        """Those that fit, active or not, without those that were merged."""
        found = Entry.objects.standing().found_by(self.typed)
        said = {"kind": self.kind, "resource": self.resource}
        return found.filter(**{column: value for column, value in said.items() if value})

    @property
    def rows(self) -> EntryQuerySet:
        return self.whether_active.filter(deactivated_at__isnull=not self.inactive)


def with_practices(entries: EntryQuerySet) -> EntryQuerySet:
    """Each with the practices where it works, in two queries."""
    roles = PractitionerRole.objects.open().select_related("organization")
    return entries.prefetch_related(Prefetch("roles", roles))


def offered(typed: str) -> EntryQuerySet:
    """A few active entries that the words may mean, to choose one; none while nothing is typed."""
    found = Entry.objects.active().found_by(typed) if typed.strip() else Entry.objects.none()
    return with_practices(found.order_by("name", "pk"))
