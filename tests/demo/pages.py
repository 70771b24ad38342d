"""The demo's pages: for every URL a few addresses that there are, and how many queries each may cost."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, product

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from clinic.candidacy.chart import GROUPS
from clinic.intake.questions import STEPS
from clinic.outside.models import RecordRequest
from clinic.people.models import Location, Role, User
from clinic.policies.models import Version
from clinic.record.models import Case, Document
from education.library.models import LibraryPage
from referrals.loop.models import Referral
from tests.house.doors import CMS, DOORS

USUAL = 18
# Pages that gather the whole record of a case, from its therapies to its scores, and weigh it; the case page also
# its worries with their answers, what was read and understood, and after an injection the session, the answers, the
# course of relief and the rehabilitation. Where a course of injections
# runs on, the page on other treatments comes with the plan and before the decision.
BUDGETS = dict.fromkeys(["compare", "ask", "queue", "request_record"], 28) | {"case": 56}
BUDGETS |= dict.fromkeys(["again", "chart", "decide"], 30)
BUDGETS = {f"candidacy:{page}": most for page, most in BUDGETS.items()}
BUDGETS["intake:status"] = 38  # referrals, records, worries, pages that fit the moment; after an injection its plan
BUDGETS |= {"pathway:way": 32, "pathway:too_early": 28}  # a case weighed, beside its sealed decision
BUDGETS["work:referral"] = 24  # the way, both sides, the reminders, other referrals, and what is asked next
BUDGETS["work:referrals"] = 18  # each list counted, the rows with both sides, whom a filter may name
BUDGETS |= {"procedure:check": 28, "procedure:record_session": 30}  # the same record, and what was signed
BUDGETS["outgoing:start"] = 28  # a letter is filled from the same record, and from the last session
BUDGETS["upkeep:report"] = 22  # every page in its class, reviews, sources, links, and which English the Spanish says
BUDGETS["upkeep:review"] = 44  # two versions held against each other, in two languages, with who wrote what is new
BUDGETS["upkeep:draft"] = 70  # a page as strangers get it from the cache, drawn anew, each page that it leads to asked
BUDGETS["measures:measures"] = 18  # four counts, the targets, and the names of what was counted
BUDGETS["handout"] = 24  # the sources of each kind of block, and the page's address
BUDGETS["policies:preview"] = 22  # how the set stands, and four counts over the whole preview
BUDGETS |= {"faxes:waiting": 17, "faxes:fax": 17}  # three counted lists, and how the folder stands; who has it open


def names(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every URL's name, with the words that its address needs; Wagtail's own screens are not ours to budget."""
    for entry in (resolver or get_resolver()).url_patterns:
        if str(entry.pattern) == CMS:
            continue
        if isinstance(entry, URLResolver):
            yield from names(entry, space + (f"{entry.namespace}:" if entry.namespace else ""))
        elif isinstance(entry, URLPattern) and entry.name:
            yield space + entry.name, tuple(entry.pattern.regex.groupindex)


def words(of: str) -> dict[str, list[object]]:
    """What may stand in an address: references, numbers and parts that the demo has."""
    case = Case.objects.select_related("patient").get(patient__family_name=of)
    doctors = User.objects.filter(role=Role.DOCTOR)
    numbered = [case.decisions, case.pathways, case.sessions, Location.objects, Document.objects, doctors]
    return {
        "reference": [case.reference, case.patient.reference],
        "pk": [pk for rows in numbered for pk in rows.order_by("pk").values_list("pk", flat=True)[:1]],
        "group": [group.key for group in GROUPS],
        "section": ["pain", "tried"],
        "slug": [step.slug for section, step in STEPS if section.key in ("pain", "tried")],
        "row": [uuid.uuid4()],
        "page": LibraryPage.objects.order_by("pk").values_list("pk", flat=True)[:2],
        "key": [*case.patient.therapies.values_list("key", flat=True)[:1], uuid.uuid4()],
        "listed": ["therapies"],
        "code": [
            *RecordRequest.objects.values_list("code", flat=True)[:1],
            *Referral.objects.filter(case=case).values_list("code", flat=True),
            *Referral.objects.filter(worklist__in=("to_send", "to_take_in")).values_list("code", flat=True),
        ],
        "set_key": ["medicare-lcd"],
        "sha256": _hashes("EV-B"),
        "other": _hashes("EV-A"),
    }


def _hashes(version: str) -> list[str]:
    return list(Version.objects.filter(version=version).values_list("sha256", flat=True))


def addresses(of: str) -> Iterator[tuple[str, str]]:
    known = words(of)
    for name, needed in names():
        if set(needed) <= known.keys():
            for said in islice(product(*(known[word] for word in needed)), 8):
                try:
                    yield name, reverse(name, kwargs=dict(zip(needed, said, strict=True)))
                except NoReverseMatch:
                    continue


def spent(user: User, of: str) -> dict[str, int]:
    """The most queries that each page took which opened to this user, on this patient's case."""
    most: dict[str, int] = defaultdict(int)
    client = Client()
    client.force_login(user)
    for name, address in addresses(of):
        if user.role in DOORS[name]:
            with CaptureQueriesContext(connection) as context:
                answer = client.get(address)
            if answer.status_code == 200:
                most[name] = max(most[name], len(context))
    return most
