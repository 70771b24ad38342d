"""The left rail of staff pages: every list that this person works from, with what waits in it."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse

from clinic.audit.clock import now
from clinic.candidacy.queue import TITLES, tab_condition
from clinic.outside.models import RecordRequest
from clinic.people.lists import counts
from clinic.people.models import Patient, Role, User
from clinic.record.models import Case, Stage
from clinic.treatment.checkins.due import to_call
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure.reading import booked
from education.library.cms import WRITERS
from education.reading.models import Worry
from education.upkeep.needs import to_do
from referrals.faxes.models import Fax
from referrals.loop.lifecycle import LIST_WORDS, Worklist
from referrals.window.models import Window
from referrals.work.listing import waiting_for


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    count: int | None = None
    urgent: bool = False
    current: bool = False


Group = list[Item]
# What is decided grows for ever and waits for nobody: it is not counted on every page.
WAITING = Q(stage__in=[Stage.INTAKE, Stage.REVIEW, Stage.ASKED]) | Q(urgent_since__isnull=False)


def rail(request: HttpRequest) -> dict[str, object]:
    """Rail and search address of staff pages; patients and strangers have none."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not user.is_staff_member:
        return {}
    own = [Item("My own page", reverse("my_page"))]
    groups = [group for group in (*_clinical(user), *_writing(user), _administration(user), own) if group]
    here = request.get_full_path()
    found = {"rail": [[_marked(item, here) for item in group] for group in groups]}
    return found | ({"find_url": reverse("people:patients")} if user.is_clinical else {})


def _marked(item: Item, here: str) -> Item:
    return Item(item.label, item.url, item.count, item.urgent, current=item.url == here)


def _clinical(user: User) -> list[Group]:
    if not user.is_clinical:
        return []
    count = (
        Case.objects.visible_to(user)
        .filter(WAITING)
        .aggregate(
            unfinished=Count("pk", Q(stage=Stage.INTAKE)),
            **{tab: Count("pk", tab_condition(tab, user)) for tab in TITLES},
        )
    )
    count["decided"] = None
    queue = reverse("candidacy:queue")
    lists = [Item(title, f"{queue}?tab={tab}", count[tab], urgent=tab == "urgent") for tab, title in TITLES.items()]
    waits = counts(
        user,
        records=RecordRequest.objects.visible_to(user).for_us_to_do(now()),
        faxes=Fax.objects.visible_to(user).waiting(),
        to_match=Patient.objects.visible_to(user).to_match(),
        booked=booked(user),
        worries=Worry.objects.visible_to(user).open(),
        pages=to_do(user),
        to_call=to_call().visible_to(user),
        candidates=Pathway.objects.visible_to(user).due(),
        to_begin=Window.windows.visible_to(user).not_asked_for(),
        late_visits=Window.windows.visible_to(user).awaited().late(),
        **waiting_for(user),
    )
    lists.append(Item("Worries", reverse("reading:worries"), waits["worries"]))
    library = [_library(waits["pages"])] if user.role in WRITERS else []
    return [lists, _treatment(waits), _referrals(waits), *library, _desk(count["unfinished"], waits)]


def _writing(user: User) -> list[Group]:
    """Of those who write and see no patients."""
    if user.is_clinical or user.role not in WRITERS:
        return []
    return [_library(counts(user, pages=to_do(user))["pages"])]


def _library(waits: int) -> Group:
    """The pages for patients, and what waits of them for whoever writes or approves them."""
    return [
        Item("Pages for patients", reverse("upkeep:report"), waits),
        Item("Write and edit", reverse("wagtailadmin_home")),
        Item("What readers look for", reverse("finding:report")),
    ]


def _treatment(waits: dict[str, int]) -> Group:
    """From the decision to the session and after it: what is due by today."""
    return [
        Item("Candidates", reverse("pathway:candidates"), waits["candidates"]),
        Item("Booked today", reverse("procedure:booked"), waits["booked"]),
        Item("Check-ins to call about", reverse("checkins:to_call"), waits["to_call"]),
        Item("Rehabilitation", reverse("window:to_begin"), waits["to_begin"] + waits["late_visits"]),
    ]


def _referrals(waits: dict[str, int]) -> Group:
    """What is due by today; a red flag that nobody has spoken about stands above it."""
    every = reverse("work:referrals")
    call_now = Item(LIST_WORDS[Worklist.CALL_NOW], f"{every}?list={Worklist.CALL_NOW}", waits["call_now"], urgent=True)
    measures = Item("Measures", reverse("measures:measures"))
    return [*([call_now] if call_now.count else []), Item("Referrals", every, waits["due"]), measures]


def _desk(unfinished: int, waits: dict[str, int]) -> Group:
    """What comes to the desk, and what it looks things up in."""
    return [
        Item("Not finished", reverse("intake:desk"), unfinished),
        Item("Records from outside", reverse("outside:records"), waits["records"]),
        Item("Scanned faxes", reverse("faxes:waiting"), waits["faxes"]),
        Item("Reminders", reverse("reminders:sent")),
        Item("People to match", reverse("people:to_match"), waits["to_match"]),
        Item("Patients", reverse("people:patients")),
        Item("Practices", reverse("directory:entries")),
        Item("Payers' rules", reverse("policies:sets")),
        Item("Payers' answers", reverse("authorization:answers")),
        Item("What injections did", reverse("outcomes:outcomes")),
    ]


def _administration(user: User) -> Group:
    if user.role != Role.ADMINISTRATOR:
        return []
    pages = {
        "Staff": "people:staff",
        "Clinic": "people:clinic",
        "Locations": "people:locations",
        "Practices": "directory:entries",
        "Payers' rules": "policies:sets",
        "Payers and plans": "policies:plans",
        "Measures of referrals": "measures:measures",
        "What injections did": "outcomes:outcomes",
        "Days to the first visit": "window:days",
        "When patients are asked": "checkins:plan",
        "Mail": "post:messages",
        "Who did what": "people:events",
    }
    return [Item(label, reverse(name)) for label, name in pages.items()]
