"""The left rail of staff pages: every list that this person works from, with what waits in it."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from clinic.people.models import Patient, Role, User
from clinic.record.models import Case, Stage


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    count: int | None = None
    urgent: bool = False
    current: bool = False


Group = list[Item]


def rail(request: HttpRequest) -> dict[str, object]:
    """Rail and search address of staff pages; patients and strangers have none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_staff_member:
        return {}
    groups = [group for group in (*_clinical(user), _administration(user)) if group]
    here = request.get_full_path()
    found = {"rail": [[_marked(item, here) for item in group] for group in groups]}
    return found | ({"find_url": reverse("people:patients")} if user.is_clinical else {})


def _marked(item: Item, here: str) -> Item:
    return Item(item.label, item.url, item.count, item.urgent, current=item.url == here)


def _clinical(user: User) -> list[Group]:
    if not user.is_clinical:
        return []
    waiting = Case.objects.exclude(stage__in=[Stage.DECIDED, Stage.WITHDRAWN]).visible_to(user)
    count = waiting.aggregate(
        review=Count("pk", Q(stage=Stage.REVIEW)),
        mine=Count("pk", Q(claimed_by=user)),
        asked=Count("pk", Q(stage=Stage.ASKED)),
        unfinished=Count("pk", Q(stage=Stage.INTAKE)),
    )
    queue = reverse("candidacy:queue")
    urgent = Case.objects.urgent().visible_to(user).count()
    to_match = Patient.objects.visible_to(user).to_match().count()
    return [
        [
            Item("Urgent", f"{queue}?tab=urgent", urgent, urgent=True),
            Item("To review", f"{queue}?tab=review", count["review"]),
            Item("Mine", f"{queue}?tab=mine", count["mine"]),
            Item("Waiting for the patient", f"{queue}?tab=asked", count["asked"]),
            Item("Decided", f"{queue}?tab=decided"),
        ],
        [
            Item("Not finished", reverse("intake:desk"), count["unfinished"]),
            Item("People to match", reverse("people:to_match"), to_match),
            Item("Patients", reverse("people:patients")),
        ],
    ]


def _administration(user: User) -> Group:
    if user.role != Role.ADMINISTRATOR:
        return []
    pages = {
        "Staff": "people:staff",
        "Clinic": "people:clinic",
        "Locations": "people:locations",
        "Mail": "post:messages",
        "Who did what": "people:events",
    }
    return [Item(label, reverse(name)) for label, name in pages.items()]
