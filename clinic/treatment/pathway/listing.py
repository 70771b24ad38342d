"""The list of candidates: which stand in it, in which order, and what each row says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q

from clinic.authorization.lifecycle import ALLOWS, LABELS, Kind
from clinic.people.lists import number
from clinic.people.models import User
from clinic.record.models import BloodThinner, Injection, Statement, Study

from .models import Pathway, PathwayQuerySet
from .next_step import PLACES, REFUSES, WAITS, WORDS, Place, step
from .reading import hold_names

TABS = {"due": "Due", "mine": "Mine", "all": "All"}
STANDS_AT: Mapping[Place, Q] = {
    Place.ASK: Q(payer=None),
    Place.WAIT: Q(payer__in=WAITS),
    Place.REFUSED: Q(payer__in=REFUSES),
    Place.FIND_DAY: Q(payer__in=ALLOWS, booked_on=None),
    Place.BOOKED: Q(payer__in=ALLOWS, booked_on__isnull=False),
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for; anything that it cannot mean is left out."""

    tab: str = "due"
    place: str = ""
    location: int | None = None
    q: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        tab, place = asked.get("tab", ""), asked.get("place", "")
        return cls(
            tab=tab if tab in TABS else "due",
            place=place if place in PLACES else "",
            location=number(asked.get("location")),
            q=asked.get("q", "").replace("\x00", "").strip()[:100],
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.place or self.location or self.q)

    @property
    def cleared(self) -> str:
        return f"?tab={self.tab}"

    def query(self, **changed: Any) -> str:
        """The address of the same list with something changed, from its top."""
        other = replace(self, **changed)
        said = {"tab": other.tab, "place": other.place, "location": other.location, "q": other.q}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def narrow(self, rows: PathwayQuerySet) -> PathwayQuerySet:
        """The candidates that the filters leave."""
        if self.place:
            rows = rows.with_payer().filter(STANDS_AT[Place(self.place)])
        if self.location:
            rows = rows.filter(case__location=self.location)
        for word in self.q.split():
            name = Q(case__patient__family_name__icontains=word) | Q(case__patient__given_name__icontains=word)
            rows = rows.filter(name | Q(case__reference__istartswith=word))
        return rows


def tabs(user: User, filters: Filters) -> dict[str, PathwayQuerySet]:
    """What each tab holds for this person, as the filters narrow it."""
    open_ones = filters.narrow(Pathway.objects.visible_to(user).open())
    return {"due": open_ones.due(), "mine": open_ones.filter(owner=user), "all": open_ones}


def with_changes(rows: PathwayQuerySet) -> PathwayQuerySet:
    """With `said_since`: whether the record says something that it did not when the decision was signed."""
    signed = OuterRef("decision__signed_at")
    of_case = [
        Exists(model.objects.filter(case=OuterRef("case"), recorded_at__gt=signed))
        for model in (Statement, BloodThinner, Study)
    ]
    given = Exists(Injection.objects.filter(patient=OuterRef("case__patient"), recorded_at__gt=signed))
    said = Q(of_case[0]) | Q(of_case[1]) | Q(of_case[2]) | Q(given)
    return rows.annotate(said_since=said)  # type: ignore[no-redef]  # the plugin knows no declared name


@dataclass(frozen=True)
class Row:
    """One candidate as the list shows it."""

    pathway: Pathway
    words: str
    overdue: int
    payer: str
    holds: list[str]
    marks: list[str]


def rows_of(pathways: Iterable[Pathway], day: date) -> list[Row]:
    """The rows of candidates that were read with people and changes; no query."""
    return [
        Row(
            each,
            WORDS[step(each.standing, day)],
            max(0, (day - each.next_on).days),
            payer_words(each),
            hold_names(each.open_holds),
            _marks(each),
        )
        for each in pathways
    ]


def payer_words(pathway: Pathway) -> str:
    """ "Approved TEST-77, until 31 August 2026"."""
    if not pathway.payer:
        return "Not asked"
    said = LABELS[Kind(pathway.payer)].partition(":")[0]
    named = f"{said} {pathway.payer_number}".strip()
    last_day = pathway.payer_last_day
    return f"{named}, until {last_day:%-d %B %Y}" if last_day else named


def _marks(pathway: Pathway) -> list[str]:
    case = pathway.case
    said = {
        "Urgent sign": case.urgent_since,
        "Change reported": case.changed_since,
        case.get_stage_display(): case.stage != "decided",
        "Record changed": pathway.said_since,
    }
    return [words for words, stands in said.items() if stands]
